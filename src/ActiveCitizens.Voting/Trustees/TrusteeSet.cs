using ActiveCitizens.Voting.Groups;
using ActiveCitizens.Voting.Json;

namespace ActiveCitizens.Voting.Trustees;

/// <summary>The trustees file, as received: PROTOCOL.md sections 6 and 7.</summary>
public sealed class TrusteeSet
{
    /// <summary>Longer files are refused: 100 members in the widest group fit with a threshold of 60.</summary>
    public const int MaxBytes = 1 << 23;

    private const int MaxEntries = 100;

    private TrusteeSet(ReadOnlyMemory<byte> bytes, IReadOnlyList<Trustee> entries, IReadOnlyList<TrusteeKey> keys, Group group)
    {
        Bytes = bytes;
        Digest = Digest.Of(bytes.Span);
        Entries = entries;
        Keys = keys;
        Group = group;
    }

    public ReadOnlyMemory<byte> Bytes { get; }

    public Digest Digest { get; }

    public Group Group { get; }

    public IReadOnlyList<Trustee> Entries { get; }

    /// <summary>By trustee number, which counts from 1 through the entries and the members of threshold sets: number k is <c>Keys[k - 1]</c>.</summary>
    public IReadOnlyList<TrusteeKey> Keys { get; }

    /// <summary>Reads the shape; the proofs are <see cref="FindProblem"/>'s work.</summary>
    /// <exception cref="ProtocolFormatException">Not the canonical form, or an element outside the group.</exception>
    public static TrusteeSet Read(ReadOnlyMemory<byte> bytes, Group group)
    {
        ArgumentNullException.ThrowIfNull(group);
        var reader = new CanonicalReader(bytes.Span, "trustees", MaxBytes);
        var entries = new List<Trustee>();
        do
        {
            reader.Expect(entries.Count == 0 ? "[["u8 : ",["u8);
            entries.Add(ReadEntry(ref reader, group));
            reader.Expect("]"u8);
        }
        while (!reader.TryLiteral("]"u8) && entries.Count < MaxEntries);
        reader.End();
        List<TrusteeKey> keys = [.. entries.SelectMany(entry => entry switch
        {
            Trustee.Mandatory single => [single.Key],
            Trustee.Pedersen pedersen => pedersen.VerificationKeys,
            _ => throw new InvalidOperationException("An entry is mandatory or a Pedersen set."),
        })];
        return new(bytes, entries, keys, group);
    }

    /// <summary>Writes the file from its entries.</summary>
    public static TrusteeSet Of(Group group, params IReadOnlyList<Trustee> entries)
    {
        var writer = new CanonicalWriter();
        writer.List(entries, entry =>
        {
            switch (entry)
            {
                case Trustee.Mandatory single:
                    writer.Raw("[\"Single\","u8);
                    single.Key.Write(writer, group);
                    break;
                case Trustee.Pedersen pedersen:
                    writer.Raw("[\"Pedersen\","u8);
                    pedersen.Write(writer, group);
                    break;
                default:
                    throw new InvalidOperationException("An entry is mandatory or a Pedersen set.");
            }

            writer.Raw("]"u8);
        });
        return Read(writer.ToArray(), group);
    }

    /// <summary>The election's key y: the product of the mandatory keys and of the constant coefficients of the threshold sets.</summary>
    /// <exception cref="ProtocolFormatException">A signed polynomial of a threshold set is not the canonical form.</exception>
    public Element PublicKey()
    {
        var product = Group.Identity;
        foreach (var entry in Entries)
        {
            switch (entry)
            {
                case Trustee.Mandatory single:
                    product = Group.Multiply(product, single.Key.Key);
                    break;
                case Trustee.Pedersen pedersen:
                    foreach (var coefexps in pedersen.Coefexps)
                    {
                        product = Group.Multiply(product, Polynomial.Read(coefexps.Message.Span, Group, pedersen.Threshold, "polynomial")[0]);
                    }

                    break;
                default:
                    throw new InvalidOperationException("An entry is mandatory or a Pedersen set.");
            }
        }

        return product;
    }

    /// <summary>Checks every proof, signature and key of the file.</summary>
    /// <returns>What is wrong first, with the trustee's number; null when all holds.</returns>
    public string? FindProblem()
    {
        var first = 1;
        foreach (var entry in Entries)
        {
            var problem = entry switch
            {
                Trustee.Mandatory single when !single.Key.ProofHolds(Group) => FormattableString.Invariant($"trustee {first}: the proof of its key does not hold"),
                Trustee.Pedersen pedersen => PedersenChecks.FindProblem(Group, pedersen, first),
                _ => null,
            };
            if (problem is not null)
            {
                return problem;
            }

            first += entry.Count;
        }

        return null;
    }

    private static Trustee ReadEntry(ref CanonicalReader reader, Group group)
    {
        if (reader.TryLiteral("\"Single\","u8))
        {
            return new Trustee.Mandatory(TrusteeKey.Read(ref reader, group, signed: false));
        }

        reader.Expect("\"Pedersen\","u8);
        return Trustee.Pedersen.ReadRest(ref reader, group);
    }
}
