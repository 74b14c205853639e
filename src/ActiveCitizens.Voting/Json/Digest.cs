using System.Buffers;
using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;

namespace ActiveCitizens.Voting.Json;

/// <summary>A SHA-256 of stored bytes: PROTOCOL.md section 1.</summary>
[StructLayout(LayoutKind.Auto)]
public readonly struct Digest : IEquatable<Digest>
{
    public const int HexLength = 64;

    /// <summary>Characters of <see cref="Base64"/>.</summary>
    public const int Base64Length = 43;

    private static readonly SearchValues<byte> HexDigits = SearchValues.Create("0123456789abcdef"u8);
    private readonly ulong _a;
    private readonly ulong _b;
    private readonly ulong _c;
    private readonly ulong _d;

    private Digest(ReadOnlySpan<byte> bytes)
    {
        _a = BinaryPrimitives.ReadUInt64BigEndian(bytes);
        _b = BinaryPrimitives.ReadUInt64BigEndian(bytes[8..]);
        _c = BinaryPrimitives.ReadUInt64BigEndian(bytes[16..]);
        _d = BinaryPrimitives.ReadUInt64BigEndian(bytes[24..]);
    }

    /// <summary>64 lower-case hexadecimal digits.</summary>
    public string Hex => Convert.ToHexStringLower(ToArray());

    /// <summary>43 characters of standard base64, without padding.</summary>
    public string Base64 => Convert.ToBase64String(ToArray()).TrimEnd('=');

    public static bool operator ==(Digest left, Digest right) => left.Equals(right);

    public static bool operator !=(Digest left, Digest right) => !left.Equals(right);

    public static Digest Of(ReadOnlySpan<byte> bytes)
    {
        Span<byte> hash = stackalloc byte[32];
        SHA256.HashData(bytes, hash);
        return new(hash);
    }

    /// <summary>Of the UTF-8 form of a text.</summary>
    public static Digest Of(string text) => Of(Encoding.UTF8.GetBytes(text));

    /// <summary>Reads <see cref="Hex"/>; no other spelling.</summary>
    public static bool TryParseHex(ReadOnlySpan<byte> text, out Digest digest)
    {
        Span<byte> bytes = stackalloc byte[32];
        if (text.Length != HexLength || text.ContainsAnyExcept(HexDigits)
            || Convert.FromHexString(text, bytes, out _, out _) != OperationStatus.Done)
        {
            digest = default;
            return false;
        }

        digest = new(bytes);
        return true;
    }

    /// <summary>Reads <see cref="Base64"/>; no other spelling.</summary>
    public static bool TryParseBase64(ReadOnlySpan<byte> text, out Digest digest)
    {
        digest = default;
        Span<byte> padded = stackalloc byte[Base64Length + 1];
        Span<byte> bytes = stackalloc byte[33];
        if (text.Length != Base64Length)
        {
            return false;
        }

        text.CopyTo(padded);
        padded[Base64Length] = (byte)'=';
        if (Base64Decode(padded, bytes) != 32)
        {
            return false;
        }

        digest = new(bytes);
        return Encoding.ASCII.GetBytes(digest.Base64).AsSpan().SequenceEqual(text);
    }

    public void CopyTo(Span<byte> destination)
    {
        BinaryPrimitives.WriteUInt64BigEndian(destination, _a);
        BinaryPrimitives.WriteUInt64BigEndian(destination[8..], _b);
        BinaryPrimitives.WriteUInt64BigEndian(destination[16..], _c);
        BinaryPrimitives.WriteUInt64BigEndian(destination[24..], _d);
    }

    /// <summary>The 32 bytes.</summary>
    public byte[] ToArray()
    {
        var bytes = new byte[32];
        CopyTo(bytes);
        return bytes;
    }

    public bool Equals(Digest other) => _a == other._a && _b == other._b && _c == other._c && _d == other._d;

    public override bool Equals(object? obj) => obj is Digest other && Equals(other);

    // Whoever chooses the hashed bytes could choose some of the hash's bits, so a table mixes in a secret of its own process.
    public override int GetHashCode() => HashCode.Combine(_a, _b, _c, _d);

    public override string ToString() => Hex;

    private static int Base64Decode(ReadOnlySpan<byte> padded, Span<byte> bytes) =>
        System.Buffers.Text.Base64.DecodeFromUtf8(padded, bytes, out _, out var written) == OperationStatus.Done ? written : -1;
}
