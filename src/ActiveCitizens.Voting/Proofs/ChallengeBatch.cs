using System.Runtime.InteropServices;
using ActiveCitizens.Voting.Groups;

namespace ActiveCitizens.Voting.Proofs;

/// <summary>Collects the commitments to recompute of many proofs, so that all are computed and encoded together, then hashes each proof.</summary>
/// <typeparam name="TLabel">Says which proof it was, in the answer of <see cref="FindFailure"/>.</typeparam>
internal sealed class ChallengeBatch<TLabel>(Group group)
    where TLabel : struct
{
    private readonly List<(PublicBase Base, Scalar Exponent)[]> _commitments = [];
    private readonly List<Pending> _pending = [];
    private byte[] _prefixes = new byte[4096];
    private int _length;

    /// <summary>Starts a proof; its prefix and commitments follow.</summary>
    /// <param name="expected">What the hash must be: the challenge, or the sum of the challenges of a disjunction.</param>
    public void Begin(TLabel label, Scalar expected) => _pending.Add(new(label, expected, _length, _commitments.Count));

    public void Prefix(ReadOnlySpan<byte> text)
    {
        if (_length + text.Length > _prefixes.Length)
        {
            Array.Resize(ref _prefixes, Math.Max(_length + text.Length, 2 * _prefixes.Length));
        }

        text.CopyTo(_prefixes.AsSpan(_length));
        _length += text.Length;
    }

    /// <summary>The next commitment of the proof: the product of the powers.</summary>
    public void Commit(params (PublicBase Base, Scalar Exponent)[] factors) => _commitments.Add(factors);

    /// <summary>g^response * key^challenge, the commitment of a proof that somebody knows the exponent of <paramref name="key"/>.</summary>
    public void CommitSchnorr(PublicBase key, Proof proof) => Commit((group.FixedGenerator, proof.Response), (key, proof.Challenge));

    /// <summary>The first proof, in the order added, whose hash is not what it must be; null when all hold.</summary>
    public TLabel? FindFailure()
    {
        var texts = group.Encode(group.ProductsOfPowersVariableTime(CollectionsMarshal.AsSpan(_commitments)));
        for (var i = 0; i < _pending.Count; i++)
        {
            var pending = _pending[i];
            var last = i == _pending.Count - 1;
            var prefix = _prefixes.AsSpan(pending.PrefixStart..(last ? _length : _pending[i + 1].PrefixStart));
            var own = texts.AsSpan(pending.FirstCommitment..(last ? texts.Length : _pending[i + 1].FirstCommitment));
            if (!Challenge.Of(group, prefix, own).Equals(pending.Expected))
            {
                return pending.Label;
            }
        }

        return null;
    }

    private readonly record struct Pending(TLabel Label, Scalar Expected, int PrefixStart, int FirstCommitment);
}
