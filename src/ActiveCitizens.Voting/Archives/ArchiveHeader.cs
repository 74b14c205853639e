using System.Globalization;
using System.Text;
using ActiveCitizens.Voting.Json;

namespace ActiveCitizens.Voting.Archives;

/// <summary>The header of a member: an old-style tar header of 512 bytes in the one form the reference tool writes.</summary>
internal static class ArchiveHeader
{
    public const int Length = 512;

    public const string FirstName = "BELENIOS";

    /// <summary>What 11 octal digits hold.</summary>
    public const long MaxNumber = (1L << 33) - 1;

    private const int SizeOffset = 124;
    private const int NumberLength = 11;

    public static byte[] Write(string name, long size, long timestamp)
    {
        var header = new byte[Length];
        Put(header, 0, name);
        Put(header, 100, "0000644");
        Put(header, 108, "0000000");
        Put(header, 116, "0000000");
        Put(header, SizeOffset, Octal(size, NumberLength));
        Put(header, 136, Octal(timestamp, NumberLength));
        Put(header, 148, "        ");
        Put(header, 156, "0");
        var sum = 0;
        foreach (var b in header)
        {
            sum += b;
        }

        Put(header, 148, Octal(sum, 6) + "\0 ");
        return header;
    }

    public static int Padding(long size) => (int)(-size & (Length - 1));

    /// <summary>The size that a header states; null when the field is not 11 octal digits and a NUL.</summary>
    public static long? ReadSize(ReadOnlySpan<byte> header)
    {
        var value = 0L;
        foreach (var digit in header.Slice(SizeOffset, NumberLength))
        {
            if (digit is < (byte)'0' or > (byte)'7')
            {
                return null;
            }

            value = (value << 3) | (uint)(digit - '0');
        }

        return header[SizeOffset + NumberLength] == 0 ? value : null;
    }

    /// <summary>The name as far as the first NUL.</summary>
    public static string ReadName(ReadOnlySpan<byte> header)
    {
        var name = header[..100];
        var end = name.IndexOf((byte)0);
        return Encoding.ASCII.GetString(end < 0 ? name : name[..end]);
    }

    public static byte[] WriteFirst(long timestamp) =>
        Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{{\"version\":1,\"timestamp\":\"{timestamp}\"}}"));

    /// <summary>Reads the content of the first member.</summary>
    /// <exception cref="ProtocolFormatException">Not its canonical form.</exception>
    public static long ReadFirst(ReadOnlySpan<byte> content)
    {
        var reader = new CanonicalReader(content, "first member", 64);
        reader.Expect("{\"version\":1,\"timestamp\":"u8);
        var start = reader.Position;
        var digits = reader.Token(10, "seconds since 1970");
        if (!long.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out var timestamp) || timestamp > MaxNumber || (digits[0] == '0' && digits.Length > 1))
        {
            throw reader.ErrorAt(start, FormatRule.Range, "seconds since 1970, without leading zero");
        }

        reader.Expect("}"u8);
        reader.End();
        return timestamp;
    }

    private static string Octal(long value, int digits) => Convert.ToString(value, 8).PadLeft(digits, '0');

    private static void Put(byte[] header, int offset, string text) => Encoding.ASCII.GetBytes(text, header.AsSpan(offset));
}
