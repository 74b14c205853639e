using System.Security.Cryptography;
using ActiveCitizens.Voting.Elections;
using ActiveCitizens.Voting.Groups;
using ActiveCitizens.Voting.Proofs;

namespace ActiveCitizens.Voting.Shuffles;

/// <summary>Shuffles the ranked answers and proves it, with the names of PROTOCOL.md section 11.</summary>
public static class Shuffler
{
    /// <summary>Reorders at random and encrypts anew. About 12 powers per ciphertext.</summary>
    /// <param name="input">The lists of the encrypted tally (<see cref="Shuffle.Input"/>), or the output of the shuffle before.</param>
    /// <returns>The document's bytes. Nobody, the caller included, can tell from them who is who.</returns>
    public static byte[] Make(Election election, IReadOnlyList<IReadOnlyList<Ciphertext>> input, RandomNumberGenerator random)
    {
        ArgumentNullException.ThrowIfNull(election);
        ArgumentNullException.ThrowIfNull(input);
        var shuffled = input.Select(list => Make(election, list, random)).ToList();
        return Shuffle.Write(election.Group, [.. shuffled.Select(s => s.Output)], [.. shuffled.Select(s => s.Proof)]);
    }

    private static (Ciphertext[] Output, ShuffleProof Proof) Make(Election election, IReadOnlyList<Ciphertext> input, RandomNumberGenerator random)
    {
        var group = election.Group;
        var n = input.Count;
        var j = Permutation(n, random);
        var rPrime = Randoms(group, n, random);
        Ciphertext[] output = [.. j.Select(from => new Ciphertext(
            group.Multiply(input[from].Alpha, group.GeneratorPower(rPrime[from])),
            group.Multiply(input[from].Beta, group.Power(election.PublicKey, rPrime[from]))))];
        var generators = Enumerable.Range(0, n).Select(group.ShuffleGenerator).ToArray();
        var r = Randoms(group, n, random);
        var c = new Element[n];
        for (var i = 0; i < n; i++)
        {
            c[j[i]] = group.Multiply(group.GeneratorPower(r[j[i]]), generators[i]);
        }

        var hashes = new ShuffleChallenges(election, input, output, c);
        Scalar[] uPrime = [.. j.Select(from => hashes.U[from])];
        var secrets = new Secrets(r, rPrime, hashes.U, uPrime, Randoms(group, n, random));
        return (output, Prove(election, output, generators, c, hashes, secrets, random));
    }

    private static ShuffleProof Prove(Election election, Ciphertext[] output, Element[] generators, Element[] c, ShuffleChallenges hashes, Secrets secrets, RandomNumberGenerator random)
    {
        var group = election.Group;
        var field = group.Scalars;
        var n = output.Length;
        var w = Randoms(group, 4, random);
        var wHat = Randoms(group, n, random);
        var wPrime = Randoms(group, n, random);
        var cHat = new Element[n];
        var tHat = new Element[n];
        var before = group.ShuffleGenerator(-1);
        for (var i = 0; i < n; i++)
        {
            cHat[i] = group.Multiply(group.GeneratorPower(secrets.RHat[i]), group.Power(before, secrets.UPrime[i]));
            tHat[i] = group.Multiply(group.GeneratorPower(wHat[i]), group.Power(before, wPrime[i]));
            before = cHat[i];
        }

        var minusW4 = field.Negate(w[3]);
        Element[] t =
        [
            group.GeneratorPower(w[0]),
            group.GeneratorPower(w[1]),
            group.Multiply(group.GeneratorPower(w[2]), ProductOfPowers(group, generators, wPrime)),
            group.Multiply(group.Power(election.PublicKey, minusW4), ProductOfPowers(group, [.. output.Select(e => e.Beta)], wPrime)),
            group.Multiply(group.GeneratorPower(minusW4), ProductOfPowers(group, [.. output.Select(e => e.Alpha)], wPrime)),
        ];
        var challenge = hashes.Challenge(t, tHat, cHat);
        Scalar Respond(Scalar nonce, Scalar secret) => field.Add(nonce, field.Multiply(challenge, secret));
        Scalar[] s =
        [
            Respond(w[0], secrets.R.Aggregate(field.Zero, field.Add)),
            Respond(w[1], SumAlongChain(field, secrets)),
            Respond(w[2], Dot(field, secrets.R, secrets.U)),
            Respond(w[3], Dot(field, secrets.RPrime, secrets.U)),
        ];
        return new(t, tHat, s, [.. wHat.Select((x, i) => Respond(x, secrets.RHat[i]))], [.. wPrime.Select((x, i) => Respond(x, secrets.UPrime[i]))], c, cHat);
    }

    /// <summary>The sum of rhat_i * v_i, with v_N = 1 and v_i = u'_(i+1) * v_(i+1).</summary>
    private static Scalar SumAlongChain(ScalarField field, Secrets secrets)
    {
        var sum = field.Zero;
        var v = field.One;
        for (var i = secrets.RHat.Length - 1; i >= 0; i--)
        {
            sum = field.Add(sum, field.Multiply(secrets.RHat[i], v));
            v = field.Multiply(v, secrets.UPrime[i]);
        }

        return sum;
    }

    private static Scalar Dot(ScalarField field, Scalar[] left, Scalar[] right) =>
        left.Zip(right, field.Multiply).Aggregate(field.Zero, field.Add);

    private static Element ProductOfPowers(Group group, Element[] bases, Scalar[] exponents) =>
        bases.Zip(exponents, group.Power).Aggregate(group.Identity, group.Multiply);

    private static Scalar[] Randoms(Group group, int count, RandomNumberGenerator random) =>
        [.. Enumerable.Range(0, count).Select(_ => group.Scalars.Random(random))];

    /// <summary>Uniform: Fisher and Yates; numbers that would favour some places are drawn again.</summary>
    private static int[] Permutation(int n, RandomNumberGenerator random)
    {
        var permutation = Enumerable.Range(0, n).ToArray();
        Span<byte> drawn = stackalloc byte[8];
        for (var i = n - 1; i > 0; i--)
        {
            var bound = (ulong)i + 1;
            var fair = ulong.MaxValue - (ulong.MaxValue % bound);
            ulong value;
            do
            {
                random.GetBytes(drawn);
                value = BitConverter.ToUInt64(drawn);
            }
            while (value >= fair);
            var other = (int)(value % bound);
            (permutation[i], permutation[other]) = (permutation[other], permutation[i]);
        }

        return permutation;
    }

    private sealed record Secrets(Scalar[] R, Scalar[] RPrime, Scalar[] U, Scalar[] UPrime, Scalar[] RHat);
}
