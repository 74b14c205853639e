using System.Globalization;
using System.Numerics;
using ActiveCitizens.Voting.Ballots;
using ActiveCitizens.Voting.Elections;
using ActiveCitizens.Voting.Groups;
using ActiveCitizens.Voting.Proofs;

namespace ActiveCitizens.Voting.Tallies;

/// <summary>Adds up ballots one by one, and takes superseded ones away: PROTOCOL.md section 10. Holds one ciphertext per answer, and all ciphertexts of ranked questions.</summary>
/// <remarks>Products and quotients are kept apart: one inversion at the end, however many ballots are superseded.</remarks>
public sealed class TallyAccumulator
{
    private readonly Election _election;
    private readonly Ciphertext[][] _added;
    private readonly Ciphertext[][] _removed;
    private readonly Dictionary<Json.Digest, Ciphertext>?[] _ranked;
    private int _count;
    private long _weight;
    private bool _hasRemoved;

    public TallyAccumulator(Election election)
    {
        ArgumentNullException.ThrowIfNull(election);
        _election = election;
        var one = new Ciphertext(election.Group.Identity, election.Group.Identity);
        Ciphertext[][] Ones() => [.. election.Questions.Select(q => q is HomomorphicQuestion h ? Enumerable.Repeat(one, h.CiphertextCount).ToArray() : [])];
        _added = Ones();
        _removed = Ones();
        _ranked = [.. election.Questions.Select(q => q is NonHomomorphicQuestion ? new Dictionary<Json.Digest, Ciphertext>() : null)];
    }

    /// <summary>Keeps a ballot.</summary>
    /// <param name="weight">Of its credential; must be 1 when a question is ranked.</param>
    public void Add(Ballot ballot, long weight) => Add(TallyContribution.Of(_election, ballot, weight));

    /// <summary>Takes a ballot away that was added with the same weight and is superseded.</summary>
    public void Remove(Ballot ballot, long weight) => Remove(TallyContribution.Of(_election, ballot, weight));

    /// <summary>The tally of the ballots kept so far.</summary>
    public EncryptedTally Finish()
    {
        var lists = new List<IReadOnlyList<Ciphertext>>();
        for (var i = 0; i < _added.Length; i++)
        {
            lists.Add(_ranked[i] is { } ranked ? Sorted(ranked.Values) : _hasRemoved ? [.. _added[i].Zip(_removed[i], Divide)] : _added[i]);
        }

        return EncryptedTally.Of(_election, lists, _count, _weight);
    }

    internal void Add(TallyContribution contribution)
    {
        Multiply(_added, contribution);
        for (var i = 0; i < _ranked.Length; i++)
        {
            _ranked[i]?.Add(contribution.Ballot, contribution.Ciphertexts[i][0]);
        }

        _count++;
        _weight += contribution.Weight;
    }

    internal void Remove(TallyContribution contribution)
    {
        _hasRemoved = true;
        Multiply(_removed, contribution);
        foreach (var ranked in _ranked)
        {
            _ = ranked?.Remove(contribution.Ballot);
        }

        _count--;
        _weight -= contribution.Weight;
    }

    private void Multiply(Ciphertext[][] products, TallyContribution contribution)
    {
        var group = _election.Group;
        for (var i = 0; i < products.Length; i++)
        {
            for (var k = 0; k < products[i].Length; k++)
            {
                var factor = contribution.Ciphertexts[i][k];
                products[i][k] = new(group.Multiply(products[i][k].Alpha, factor.Alpha), group.Multiply(products[i][k].Beta, factor.Beta));
            }
        }
    }

    private Ciphertext Divide(Ciphertext left, Ciphertext right) =>
        new(_election.Group.Divide(left.Alpha, right.Alpha), _election.Group.Divide(left.Beta, right.Beta));

    /// <summary>By alpha, then beta: numerically in a finite field; on the curve by the 32 bytes in little-endian order.</summary>
    private List<Ciphertext> Sorted(ICollection<Ciphertext> ciphertexts)
    {
        var texts = _election.Group.Encode([.. ciphertexts.SelectMany(c => new[] { c.Alpha, c.Beta })]);
        Func<string, string> key = _election.Group.Name == "Ed25519" ? ReverseBytes : text => text.PadLeft(_election.Group.MaxTextLength, '0');
        return [.. ciphertexts.Select((ciphertext, i) => (ciphertext, Alpha: key(texts[2 * i]), Beta: key(texts[(2 * i) + 1])))
            .OrderBy(c => c.Alpha, StringComparer.Ordinal).ThenBy(c => c.Beta, StringComparer.Ordinal).Select(c => c.ciphertext)];
    }

    private static string ReverseBytes(string hex)
    {
        var bytes = Convert.FromHexString(hex);
        Array.Reverse(bytes);
        return Convert.ToHexStringLower(bytes);
    }
}

/// <summary>What a ballot adds to the tally: its ciphertexts to the power of its weight, ready to multiply.</summary>
/// <param name="Ballot">Digest of its bytes.</param>
/// <param name="Ciphertexts">By question.</param>
internal sealed record TallyContribution(Json.Digest Ballot, Ciphertext[][] Ciphertexts, long Weight)
{
    public static TallyContribution Of(Election election, Ballot ballot, long weight) => new(ballot.Digest, [.. ballot.Answers.Select(answer => answer switch
    {
        BallotAnswer.Homomorphic homomorphic => homomorphic.Choices.Select(c => Power(election.Group, c, weight)).ToArray(),
        BallotAnswer.NonHomomorphic ranked => weight == 1 ? [ranked.Choices.Ciphertext] : throw new ArgumentException(string.Create(CultureInfo.InvariantCulture, $"A ranked answer with weight {weight}."), nameof(weight)),
        _ => throw new InvalidOperationException("An answer is homomorphic or ranked."),
    })], weight);

    private static Ciphertext Power(Group group, BallotCiphertext choice, long weight)
    {
        if (weight == 1)
        {
            return choice.Ciphertext;
        }

        var exponent = group.Scalars.Of(new BigInteger(weight));
        return new(group.ProductOfPowersVariableTime((choice.Alpha, exponent)), group.ProductOfPowersVariableTime((choice.Beta, exponent)));
    }
}
