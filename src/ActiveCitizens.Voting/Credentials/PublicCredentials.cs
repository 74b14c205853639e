using System.Buffers.Text;
using System.Globalization;
using System.Text;
using ActiveCitizens.Voting.Groups;
using ActiveCitizens.Voting.Json;

namespace ActiveCitizens.Voting.Credentials;

/// <summary>The public credential list, as received: PROTOCOL.md section 4. Holds about 60 bytes per voter besides the bytes themselves.</summary>
public sealed class PublicCredentials
{
    /// <summary>Longer lists are refused: room for 600 000 voters in the widest group.</summary>
    public const int MaxBytes = 1 << 29;

    private const int MaxWeightDigits = 18;
    private const int BatchLength = 64;
    private readonly Dictionary<Digest, int> _indexByKey = [];
    private readonly List<Range> _keys = [];
    private readonly List<long> _weights = [];

    private PublicCredentials(ReadOnlyMemory<byte> bytes)
    {
        Bytes = bytes;
        Digest = Digest.Of(bytes.Span);
    }

    public ReadOnlyMemory<byte> Bytes { get; }

    /// <summary>What the credential authority publishes, as <see cref="Digest.Base64"/> or <see cref="Digest.Hex"/>.</summary>
    public Digest Digest { get; }

    /// <summary>Number of voters.</summary>
    public int Count => _keys.Count;

    /// <summary>Every entry carries a weight.</summary>
    public bool IsWeighted { get; private set; }

    /// <summary>Of all voters; fits, or the list was refused.</summary>
    public long TotalWeight { get; private set; }

    /// <summary>Reads a list. Whether its keys are in the group takes long for many voters and is <see cref="FindForeignKey"/>'s work.</summary>
    /// <exception cref="ProtocolFormatException">Not the canonical form, a key twice, weights for some only, or weights that add up to 2^63 or more.</exception>
    public static PublicCredentials Read(ReadOnlyMemory<byte> bytes, Group group)
    {
        ArgumentNullException.ThrowIfNull(group);
        var list = new PublicCredentials(bytes);
        var reader = new CanonicalReader(bytes.Span, "public credentials", MaxBytes);
        reader.Expect("["u8);
        if (!reader.TryLiteral("]"u8))
        {
            do
            {
                list.ReadEntry(ref reader, group);
            }
            while (reader.TryLiteral(","u8));
            reader.Expect("]"u8);
        }

        reader.End();
        return list;
    }

    /// <summary>Writes a list, sorted so that its order says nothing about the voters.</summary>
    /// <param name="keys">str(g^s) of each voter, all distinct, in any order.</param>
    /// <param name="weights">0 to 10^18 - 1, in the order of <paramref name="keys"/>; null when all count once.</param>
    public static byte[] Write(IReadOnlyList<string> keys, IReadOnlyList<long>? weights)
    {
        ArgumentNullException.ThrowIfNull(keys);
        if (weights is not null && weights.Count != keys.Count)
        {
            throw new ArgumentException(string.Create(CultureInfo.InvariantCulture, $"{weights.Count} weights for {keys.Count} keys."), nameof(weights));
        }

        var writer = new CanonicalWriter();
        // Shorter decimals are smaller numbers; texts of one length compare as the numbers do.
        var order = Enumerable.Range(0, keys.Count).OrderBy(i => keys[i].Length).ThenBy(i => keys[i], StringComparer.Ordinal).ToList();
        return writer.List(order, i => writer.Quoted(weights is null ? keys[i] : string.Create(CultureInfo.InvariantCulture, $"{keys[i]},{weights[i]}"))).ToArray();
    }

    /// <summary>Where a public credential stands on the list, from 0; null when it does not.</summary>
    public int? Find(ReadOnlySpan<byte> key) => Find(Digest.Of(key));

    public int? Find(string key) => Find(Encoding.ASCII.GetBytes(key));

    internal int? Find(Digest keyDigest) => _indexByKey.TryGetValue(keyDigest, out var index) ? index : null;

    public long Weight(int index) => IsWeighted ? _weights[index] : 1;

    /// <summary>str(g^s) of one voter.</summary>
    public string Key(int index) => Encoding.ASCII.GetString(Bytes.Span[_keys[index]]);

    /// <summary>The first key that is no element of the group, from 0; null when all are. One membership test per voter.</summary>
    /// <param name="group">The election's.</param>
    /// <param name="degreeOfParallelism">1 or more threads.</param>
    public int? FindForeignKey(Group group, int degreeOfParallelism, CancellationToken cancel = default)
    {
        ArgumentNullException.ThrowIfNull(group);
        var first = int.MaxValue;
        Parallel.For(0, (Count + BatchLength - 1) / BatchLength, new ParallelOptions { MaxDegreeOfParallelism = degreeOfParallelism, CancellationToken = cancel }, batch =>
        {
            var start = batch * BatchLength;
            var foreign = Array.IndexOf(group.DecodeAll([.. _keys.Skip(start).Take(BatchLength).Select(range => Bytes[range])]), null);
            if (foreign >= 0)
            {
                for (var seen = Volatile.Read(ref first); start + foreign < seen; seen = Volatile.Read(ref first))
                {
                    Interlocked.CompareExchange(ref first, start + foreign, seen);
                }
            }
        });
        return first == int.MaxValue ? null : first;
    }

    private void ReadEntry(ref CanonicalReader reader, Group group)
    {
        var start = reader.Position;
        var token = reader.Token(group.MaxTextLength + 1 + MaxWeightDigits, "a public credential in quotes");
        var comma = token.IndexOf((byte)',');
        var key = comma < 0 ? token : token[..comma];
        if (_keys.Count == 0)
        {
            IsWeighted = comma >= 0;
        }
        else if (IsWeighted != comma >= 0)
        {
            throw reader.ErrorAt(start, FormatRule.Canonical, IsWeighted ? "a weight, as the first entry has one" : "no weight, as the first entry has none");
        }

        var weight = 1L;
        if (comma >= 0)
        {
            var digits = token[(comma + 1)..];
            if (!Utf8Parser.TryParse(digits, out weight, out var read) || read != digits.Length || digits.Length > MaxWeightDigits || digits[0] is (byte)'+' or (byte)'-' || (digits[0] == '0' && digits.Length > 1))
            {
                throw reader.ErrorAt(start, FormatRule.Range, FormattableString.Invariant($"a weight of at most {MaxWeightDigits} digits without leading zero"));
            }

            _weights.Add(weight);
        }

        TotalWeight = TotalWeight <= long.MaxValue - weight ? TotalWeight + weight : throw reader.ErrorAt(start, FormatRule.Range, "weights that add up to less than 2^63");
        if (!_indexByKey.TryAdd(Digest.Of(key), _keys.Count))
        {
            throw reader.ErrorAt(start, FormatRule.Range, "a public credential that is not on the list already");
        }

        _keys.Add(new(start + 1, start + 1 + key.Length));
    }
}
