using System.Globalization;
using System.Text;

namespace ActiveCitizens.Voting.Json;

/// <summary>Which kind of rule a document breaks.</summary>
public enum FormatRule
{
    /// <summary>The canonical form: spelling, order and presence of members, sizes.</summary>
    Canonical,

    /// <summary>A value outside its range.</summary>
    Range,

    /// <summary>A text that is not the canonical spelling of an element of the election's group.</summary>
    Element,

    /// <summary>It was made for another election.</summary>
    Election,
}

/// <summary>A received document that cannot be read; the only exception that readers of this library throw about their input.</summary>
public class ProtocolFormatException : FormatException
{
    /// <param name="rule">Which kind of rule is broken.</param>
    /// <param name="document">What was read: <c>ballot</c>, <c>election</c>…</param>
    /// <param name="offset">Where, in bytes from the start of the document.</param>
    /// <param name="found">What stands there, shortened.</param>
    /// <param name="expected">What was expected instead.</param>
    public ProtocolFormatException(FormatRule rule, string document, long offset, string found, string expected)
        : base(string.Create(CultureInfo.InvariantCulture, $"{document}, byte {offset}: found {found}, expected {expected}"))
    {
        Rule = rule;
        Document = document;
        Offset = offset;
        Expected = expected;
    }

    public ProtocolFormatException()
        : this("unknown error")
    {
    }

    public ProtocolFormatException(string message)
        : base(message)
    {
    }

    public ProtocolFormatException(string message, Exception innerException)
        : base(message, innerException)
    {
    }

    public FormatRule Rule { get; }

    public string Document { get; } = "";

    public long Offset { get; }

    public string Expected { get; } = "";

    /// <summary>The first 24 bytes, printable, for a message.</summary>
    internal static string Show(ReadOnlySpan<byte> bytes)
    {
        if (bytes.IsEmpty)
        {
            return "the end";
        }

        var shown = new StringBuilder("«");
        foreach (var b in bytes[..Math.Min(bytes.Length, 24)])
        {
            shown.Append(b is >= 0x20 and < 0x7f ? (char)b : '·');
        }

        return shown.Append(bytes.Length > 24 ? "…»" : "»").ToString();
    }
}
