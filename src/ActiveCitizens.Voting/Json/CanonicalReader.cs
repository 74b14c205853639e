using System.Buffers;
using System.Buffers.Text;
using System.Globalization;
using System.Text;
using System.Text.Unicode;
using ActiveCitizens.Voting.Groups;
using ActiveCitizens.Voting.Proofs;

namespace ActiveCitizens.Voting.Json;

/// <summary>Reads the canonical form and nothing else: PROTOCOL.md section 1. A caller asks for the bytes that must come next, so unknown, missing or moved members cannot pass.</summary>
/// <remarks>Every member throws <see cref="ProtocolFormatException"/> when something else stands there; nothing is allocated before its size is bounded.</remarks>
internal ref struct CanonicalReader
{
    private static readonly SearchValues<byte> NotPlain = SearchValues.Create([.. Enumerable.Range(0, 256).Select(b => (byte)b).Where(b => b is < 0x21 or > 0x7e or (byte)'"' or (byte)'\\')]);
    private static readonly SearchValues<byte> DecimalDigits = SearchValues.Create("0123456789"u8);
    private readonly ReadOnlySpan<byte> _text;
    private readonly string _document;

    /// <param name="text">The whole document.</param>
    /// <param name="document">Its name in messages.</param>
    /// <param name="maxBytes">Longer documents are refused unread.</param>
    public CanonicalReader(ReadOnlySpan<byte> text, string document, int maxBytes)
    {
        _document = document;
        _text = text;
        if (text.Length > maxBytes)
        {
            throw new ProtocolFormatException(FormatRule.Canonical, document, 0, string.Create(CultureInfo.InvariantCulture, $"{text.Length} bytes"), string.Create(CultureInfo.InvariantCulture, $"at most {maxBytes}"));
        }
    }

    public int Position { get; private set; }

    private readonly ReadOnlySpan<byte> Rest => _text[Position..];

    public void Expect(ReadOnlySpan<byte> literal)
    {
        if (!TryLiteral(literal))
        {
            throw Error(FormatRule.Canonical, Encoding.UTF8.GetString(literal));
        }
    }

    public bool TryLiteral(ReadOnlySpan<byte> literal)
    {
        var found = Rest.StartsWith(literal);
        Position += found ? literal.Length : 0;
        return found;
    }

    public readonly void End()
    {
        if (Position != _text.Length)
        {
            throw Error(FormatRule.Canonical, "the end");
        }
    }

    /// <summary>A string of printable ASCII without blank, quote or backslash: numbers, elements, hashes, identifiers.</summary>
    public ReadOnlySpan<byte> Token(int maxLength, string expected)
    {
        var start = Position;
        Expect("\""u8);
        var window = Rest[..Math.Min(Rest.Length, maxLength + 1)];
        var length = window.IndexOfAny(NotPlain);
        if (length < 0 || window[length] != '"')
        {
            Position = start;
            throw Error(FormatRule.Canonical, expected);
        }

        Position += length + 1;
        return window[..length];
    }

    /// <summary>Any text, unescaped to UTF-8.</summary>
    /// <param name="maxBytes">Bound of the escaped form.</param>
    public byte[] StringBytes(int maxBytes)
    {
        Expect("\""u8);
        var start = Position;
        var bytes = new ArrayBufferWriter<byte>(64);
        while (true)
        {
            if (Position - start > maxBytes || Position >= _text.Length)
            {
                throw Error(FormatRule.Canonical, string.Create(CultureInfo.InvariantCulture, $"a text of at most {maxBytes} bytes in quotes"));
            }

            var b = _text[Position];
            if (b == '"')
            {
                Position++;
                break;
            }

            bytes.Write([b == '\\' ? Escape() : Plain(b)]);
        }

        return Utf8.IsValid(bytes.WrittenSpan) ? bytes.WrittenSpan.ToArray() : throw Error(FormatRule.Canonical, "UTF-8 before this");
    }

    public string String(int maxBytes) => Encoding.UTF8.GetString(StringBytes(maxBytes));

    public bool Boolean()
    {
        if (TryLiteral("true"u8))
        {
            return true;
        }

        Expect("false"u8);
        return false;
    }

    /// <summary>A JSON number without sign, leading zero, fraction or exponent.</summary>
    public int Integer(int min, int max)
    {
        var digits = Digits(10);
        return Utf8Parser.TryParse(digits, out int value, out var read) && read == digits.Length && value >= min && value <= max
            ? value
            : throw ErrorAt(Position - digits.Length, FormatRule.Range, string.Create(CultureInfo.InvariantCulture, $"a number from {min} to {max}"));
    }

    /// <summary>A weight or count: a number up to 2^30-1, a decimal in quotes above: PROTOCOL.md section 1.</summary>
    public long Weight()
    {
        var start = Position;
        var quoted = TryLiteral("\""u8);
        var digits = Digits(19);
        var valid = Utf8Parser.TryParse(digits, out long value, out var read) && read == digits.Length && quoted == value > CanonicalWriter.MaxNumber;
        if (quoted)
        {
            Expect("\""u8);
        }

        return valid ? value : throw ErrorAt(start, FormatRule.Range, "a count: a number up to 1073741823, above that in quotes, below 2^63");
    }

    public Digest Hex()
    {
        var start = Position;
        return Digest.TryParseHex(Token(Digest.HexLength, "64 hexadecimal digits in quotes"), out var digest) ? digest : throw ErrorAt(start, FormatRule.Canonical, "64 lower-case hexadecimal digits");
    }

    public Scalar Scalar(Group group)
    {
        var start = Position;
        return group.Scalars.TryParse(Token(group.Scalars.MaxTextLength, "a scalar in quotes"), out var scalar) ? scalar : throw ErrorAt(start, FormatRule.Range, "a decimal below the group's order, without leading zero");
    }

    public Element Element(Group group)
    {
        var start = Position;
        return group.TryDecode(Token(group.MaxTextLength, "an element of the group in quotes"), out Element? element) ? element : throw NotAnElement(start, group);
    }

    public Proof Proof(Group group)
    {
        Expect("{\"challenge\":"u8);
        var challenge = Scalar(group);
        Expect(",\"response\":"u8);
        var response = Scalar(group);
        Expect("}"u8);
        return new(challenge, response);
    }

    public Proof[] Proofs(Group group, int count)
    {
        var proofs = new Proof[count];
        for (var i = 0; i < count; i++)
        {
            Expect(i == 0 ? "["u8 : ","u8);
            proofs[i] = Proof(group);
        }

        Expect(count == 0 ? "[]"u8 : "]"u8);
        return proofs;
    }

    public Ciphertext Ciphertext(Group group)
    {
        Expect("{\"alpha\":"u8);
        var alpha = Element(group);
        Expect(",\"beta\":"u8);
        var beta = Element(group);
        Expect("}"u8);
        return new(alpha, beta);
    }

    public readonly ProtocolFormatException Error(FormatRule rule, string expected) => ErrorAt(Position, rule, expected);

    public readonly ProtocolFormatException ErrorAt(int position, FormatRule rule, string expected) =>
        new(rule, _document, position, ProtocolFormatException.Show(_text[position..]), expected);

    public readonly ProtocolFormatException NotAnElement(int position, Group group) =>
        ErrorAt(position, FormatRule.Element, $"an element of the group {group.Name} in its one spelling");

    private ReadOnlySpan<byte> Digits(int max)
    {
        var window = Rest[..Math.Min(Rest.Length, max + 1)];
        var length = window.IndexOfAnyExcept(DecimalDigits);
        length = length < 0 ? window.Length : length;
        if (length == 0 || length > max || (length > 1 && window[0] == '0'))
        {
            throw Error(FormatRule.Canonical, string.Create(CultureInfo.InvariantCulture, $"a number of at most {max} digits without leading zero"));
        }

        Position += length;
        return window[..length];
    }

    private byte Plain(byte b)
    {
        if (b < 0x20 || b == 0x7f)
        {
            throw Error(FormatRule.Canonical, "an escape instead of a control character");
        }

        Position++;
        return b;
    }

    private byte Escape()
    {
        for (var i = 0; i < CanonicalWriter.Escapes.Length; i++)
        {
            if (CanonicalWriter.Escapes[i] is { } escape && TryLiteral(escape))
            {
                return (byte)i;
            }
        }

        throw Error(FormatRule.Canonical, "a canonical escape");
    }
}
