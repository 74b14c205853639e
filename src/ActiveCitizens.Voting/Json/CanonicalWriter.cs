using System.Buffers;
using System.Globalization;
using System.Text;
using ActiveCitizens.Voting.Groups;
using ActiveCitizens.Voting.Proofs;

namespace ActiveCitizens.Voting.Json;

/// <summary>Writes the canonical form: PROTOCOL.md section 1. The caller writes the members in the order of the note.</summary>
internal sealed class CanonicalWriter
{
    /// <summary>The largest weight or count written as a number; larger ones stand in quotes.</summary>
    public const long MaxNumber = (1 << 30) - 1;

    private static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);
    private readonly ArrayBufferWriter<byte> _bytes = new(1024);

    /// <summary>By byte: how it is escaped, or null when it is written as it is.</summary>
    public static byte[]?[] Escapes { get; } = [.. Enumerable.Range(0, 128).Select(EscapeOf)];

    public ReadOnlySpan<byte> Written => _bytes.WrittenSpan;

    public byte[] ToArray() => _bytes.WrittenSpan.ToArray();

    /// <summary>Bytes that are canonical already.</summary>
    public CanonicalWriter Raw(ReadOnlySpan<byte> bytes)
    {
        _bytes.Write(bytes);
        return this;
    }

    /// <summary>ASCII that needs no escape, in quotes.</summary>
    public CanonicalWriter Quoted(string ascii)
    {
        var span = _bytes.GetSpan(ascii.Length + 2);
        span[0] = (byte)'"';
        Encoding.ASCII.GetBytes(ascii, span[1..]);
        span[ascii.Length + 1] = (byte)'"';
        _bytes.Advance(ascii.Length + 2);
        return this;
    }

    /// <exception cref="ArgumentException">The text holds half a surrogate pair.</exception>
    public CanonicalWriter String(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return String(Strict.GetBytes(text));
    }

    /// <param name="utf8">Unescaped text.</param>
    public CanonicalWriter String(ReadOnlySpan<byte> utf8)
    {
        Raw("\""u8);
        foreach (var b in utf8)
        {
            if (b < Escapes.Length && Escapes[b] is { } escape)
            {
                _bytes.Write(escape);
            }
            else
            {
                _bytes.Write([b]);
            }
        }

        return Raw("\""u8);
    }

    public CanonicalWriter Boolean(bool value) => Raw(value ? "true"u8 : "false"u8);

    public CanonicalWriter Integer(int value)
    {
        var span = _bytes.GetSpan(11);
        value.TryFormat(span, out var written, provider: CultureInfo.InvariantCulture);
        _bytes.Advance(written);
        return this;
    }

    public CanonicalWriter Weight(long value)
    {
        var text = value.ToString(CultureInfo.InvariantCulture);
        return value > MaxNumber ? Quoted(text) : Raw(Encoding.ASCII.GetBytes(text));
    }

    public CanonicalWriter Proof(Group group, Proof proof) => Raw("{\"challenge\":"u8).Quoted(group.Scalars.Format(proof.Challenge))
        .Raw(",\"response\":"u8).Quoted(group.Scalars.Format(proof.Response)).Raw("}"u8);

    public CanonicalWriter Proofs(Group group, IReadOnlyList<Proof> proofs) => List(proofs, proof => Proof(group, proof));

    public CanonicalWriter Ciphertext(string alpha, string beta) => Raw("{\"alpha\":"u8).Quoted(alpha).Raw(",\"beta\":"u8).Quoted(beta).Raw("}"u8);

    public CanonicalWriter List<T>(IReadOnlyList<T> items, Action<T> write)
    {
        Raw("["u8);
        for (var i = 0; i < items.Count; i++)
        {
            if (i > 0)
            {
                Raw(","u8);
            }

            write(items[i]);
        }

        return Raw("]"u8);
    }

    private static byte[]? EscapeOf(int value) => value switch
    {
        '"' => @"\"""u8.ToArray(),
        '\\' => @"\\"u8.ToArray(),
        '\b' => @"\b"u8.ToArray(),
        '\f' => @"\f"u8.ToArray(),
        '\n' => @"\n"u8.ToArray(),
        '\r' => @"\r"u8.ToArray(),
        '\t' => @"\t"u8.ToArray(),
        < 0x20 or 0x7f => Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture, $"\\u{value:x4}")),
        _ => null,
    };
}
