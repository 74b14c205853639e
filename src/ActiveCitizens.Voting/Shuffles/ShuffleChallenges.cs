using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using ActiveCitizens.Voting.Elections;
using ActiveCitizens.Voting.Groups;
using ActiveCitizens.Voting.Json;
using ActiveCitizens.Voting.Proofs;

namespace ActiveCitizens.Voting.Shuffles;

/// <summary>The hashes of a shuffle's proof: PROTOCOL.md section 11.</summary>
internal sealed class ShuffleChallenges
{
    private readonly Election _election;
    private readonly string[] _statement;

    /// <param name="input">e.</param>
    /// <param name="output">e'.</param>
    /// <param name="c">c_1 … c_N.</param>
    public ShuffleChallenges(Election election, IReadOnlyList<Ciphertext> input, IReadOnlyList<Ciphertext> output, Element[] c)
    {
        _election = election;
        _statement = election.Group.Encode([.. input.Concat(output).SelectMany(e => new[] { e.Alpha, e.Beta }), .. c]);
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        Append(hash, $"shuffle-challenges|{election.Fingerprint}|");
        AppendList(hash, _statement);
        var prefix = Convert.ToHexStringLower(hash.GetHashAndReset());
        U = new Scalar[c.Length];
        for (var i = 0; i < U.Length; i++)
        {
            Append(hash, prefix);
            Append(hash, Digest.Of(i.ToString(CultureInfo.InvariantCulture)).Hex);
            U[i] = election.Group.Scalars.Reduce(hash.GetHashAndReset());
        }
    }

    /// <summary>u_1 … u_N.</summary>
    public Scalar[] U { get; }

    /// <summary>The main challenge.</summary>
    public Scalar Challenge(Element[] t, Element[] tHat, Element[] cHat)
    {
        var group = _election.Group;
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        Append(hash, $"shuffle-challenge|{_election.Fingerprint}|");
        AppendList(hash, group.Encode([.. t, .. tHat]));
        AppendList(hash, _statement);
        AppendList(hash, group.Encode(cHat));
        Append(hash, _election.PublicKeyText);
        return group.Scalars.Reduce(hash.GetHashAndReset());
    }

    private static void AppendList(IncrementalHash hash, string[] texts)
    {
        foreach (var text in texts)
        {
            Append(hash, text);
            hash.AppendData(","u8);
        }
    }

    private static void Append(IncrementalHash hash, string text) => hash.AppendData(Encoding.ASCII.GetBytes(text));
}
