using System.Globalization;
using ActiveCitizens.Voting.Json;

namespace ActiveCitizens.Voting.Archives;

/// <summary>Reads the members of a <c>.bel</c> archive one by one; what is in memory is one member. Hostile input: nothing is allocated that the stream has not delivered.</summary>
public sealed class ArchiveReader
{
    private const int ChunkBytes = 1 << 20;
    private readonly Stream _stream;
    private readonly byte[] _header = new byte[ArchiveHeader.Length];
    private long _offset;

    /// <summary>Reads the first member.</summary>
    /// <param name="stream">Read from its current position, which counts as offset 0, and left open.</param>
    /// <exception cref="ArchiveFormatException">It is not the first member of an archive.</exception>
    /// <exception cref="IOException">The stream itself failed.</exception>
    public ArchiveReader(Stream stream)
    {
        ArgumentNullException.ThrowIfNull(stream);
        _stream = stream;
        if (!ReadHeader())
        {
            throw Error(ArchiveRule.Members, 0, "nothing", "an archive");
        }

        var name = ArchiveHeader.ReadName(_header);
        if (name != ArchiveHeader.FirstName)
        {
            throw Error(ArchiveRule.Members, 0, $"a member named {Shorten(name)}", ArchiveHeader.FirstName);
        }

        var content = ReadContent(64);
        try
        {
            Timestamp = ArchiveHeader.ReadFirst(content.Span);
        }
        catch (ProtocolFormatException e)
        {
            throw Error(ArchiveRule.Header, ArchiveHeader.Length, e.Message, "the canonical header");
        }

        CheckHeader(0, name, content.Length);
    }

    /// <summary>Seconds since 1970; every member bears it.</summary>
    public long Timestamp { get; }

    /// <summary>Of the next member, from the start of the archive.</summary>
    public long Offset => _offset;

    /// <summary>Larger members are refused before they are read.</summary>
    public long MaxContentBytes { get; set; } = 1 << 29;

    /// <summary>The next member; null at the end of the stream.</summary>
    /// <exception cref="ArchiveFormatException">It is not what the reference tool would have written, or its name is not the hash of its content.</exception>
    /// <exception cref="IOException">The stream itself failed.</exception>
    public ArchiveMember? Read()
    {
        var start = _offset;
        if (!ReadHeader())
        {
            return null;
        }

        var name = ArchiveHeader.ReadName(_header);
        var isEvent = name.EndsWith(".event.json", StringComparison.Ordinal);
        var content = ReadContent(MaxContentBytes);
        CheckHeader(start, name, content.Length);
        var hash = Digest.Of(content.Span);
        var expected = hash.Hex + (isEvent ? ".event.json" : ".data.json");
        return name == expected
            ? new(hash, content, start + ArchiveHeader.Length, isEvent)
            : throw Error(ArchiveRule.Names, start, $"a member named {Shorten(name)}", $"{hash.Hex}.data.json or .event.json, the hash of its content");
    }

    private static ArchiveFormatException Error(ArchiveRule rule, long offset, string found, string expected) => new(rule, offset, found, expected);

    private static string Shorten(string name) => ProtocolFormatException.Show(System.Text.Encoding.ASCII.GetBytes(name));

    /// <returns>False at the end of the stream.</returns>
    private bool ReadHeader()
    {
        var read = _stream.ReadAtLeast(_header, _header.Length, throwOnEndOfStream: false);
        if (read == 0)
        {
            return false;
        }

        if (read < _header.Length)
        {
            throw Error(ArchiveRule.Members, _offset, string.Create(CultureInfo.InvariantCulture, $"{read} bytes"), "a header of 512 bytes, or the end");
        }

        _offset += read;
        return true;
    }

    private ReadOnlyMemory<byte> ReadContent(long maxBytes)
    {
        var size = ArchiveHeader.ReadSize(_header) ?? throw Error(ArchiveRule.Members, _offset - ArchiveHeader.Length, "a header without a size", "11 octal digits at 124");
        if (size > Math.Min(maxBytes, Array.MaxLength - ArchiveHeader.Length))
        {
            throw Error(ArchiveRule.Members, _offset - ArchiveHeader.Length, string.Create(CultureInfo.InvariantCulture, $"a member of {size} bytes"), string.Create(CultureInfo.InvariantCulture, $"at most {maxBytes} bytes at this point"));
        }

        var padding = ArchiveHeader.Padding(size);
        var content = new byte[Math.Min(size + padding, ChunkBytes)];
        for (var filled = 0; filled < size + padding;)
        {
            if (filled == content.Length)
            {
                Array.Resize(ref content, (int)Math.Min(size + padding, 2L * content.Length));
            }

            var read = _stream.Read(content, filled, content.Length - filled);
            if (read == 0)
            {
                throw Error(ArchiveRule.Members, _offset + filled, "the end of the file", string.Create(CultureInfo.InvariantCulture, $"{size + padding - filled} more bytes of a member"));
            }

            filled += read;
        }

        var nonZero = content.AsSpan((int)size).IndexOfAnyExcept((byte)0);
        if (nonZero >= 0)
        {
            throw Error(ArchiveRule.Members, _offset + size + nonZero, "a byte that is not zero", "zero bytes up to a multiple of 512");
        }

        _offset += content.Length;
        return content.AsMemory(0, (int)size);
    }

    private void CheckHeader(long start, string name, long size)
    {
        var expected = ArchiveHeader.Write(name, size, Timestamp).AsSpan();
        var same = expected.CommonPrefixLength(_header);
        if (same == expected.Length)
        {
            return;
        }

        // The time has its own rule; when everything else is as it should be, the checksum differs for no other reason.
        var ownTime = _header.AsSpan(136, 12);
        var withOwnTime = TryReadOctal(ownTime[..11], out var time) ? ArchiveHeader.Write(name, size, time) : null;
        throw withOwnTime is not null && withOwnTime.AsSpan().SequenceEqual(_header)
            ? Error(ArchiveRule.Header, start + 136, string.Create(CultureInfo.InvariantCulture, $"the time {time}"), string.Create(CultureInfo.InvariantCulture, $"the archive's, {Timestamp}"))
            : Error(ArchiveRule.Members, start + same, $"a header byte {_header[same]:x2}", $"{expected[same]:x2}");
    }

    private static bool TryReadOctal(ReadOnlySpan<byte> digits, out long value)
    {
        value = 0;
        foreach (var digit in digits)
        {
            if (digit is < (byte)'0' or > (byte)'7')
            {
                return false;
            }

            value = (value << 3) | (uint)(digit - '0');
        }

        return true;
    }
}
