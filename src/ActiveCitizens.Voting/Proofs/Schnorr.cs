using System.Security.Cryptography;
using ActiveCitizens.Voting.Groups;

namespace ActiveCitizens.Voting.Proofs;

/// <summary>Proofs that one knows the exponent of a public element: the signatures and proofs of possession of PROTOCOL.md sections 6, 7 and 8.3.</summary>
internal static class Schnorr
{
    /// <param name="prefix">With its tag and final bar.</param>
    public static Proof Prove(Group group, Scalar secret, ReadOnlySpan<byte> prefix, RandomNumberGenerator random)
    {
        var nonce = group.Scalars.Random(random);
        var challenge = Challenge.Of(group, prefix, group.GeneratorPower(nonce));
        return new(challenge, group.Scalars.Subtract(nonce, group.Scalars.Multiply(secret, challenge)));
    }

    public static bool Holds(Group group, Element key, ReadOnlySpan<byte> prefix, Proof proof) =>
        Challenge.Of(group, prefix, group.ProductOfPowersVariableTime((group.FixedGenerator, proof.Response), (group.Prepare(key), proof.Challenge))).Equals(proof.Challenge);
}
