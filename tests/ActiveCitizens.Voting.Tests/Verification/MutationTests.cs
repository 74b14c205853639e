using ActiveCitizens.Voting.Tests.Support;
using ActiveCitizens.Voting.Verification;
using CsCheck;

namespace ActiveCitizens.Voting.Tests.Verification;

public sealed class MutationTests
{
    private static readonly MadeElection Small = MadeElection.Make(
        "Ed25519", [new ActiveCitizens.Voting.Elections.HomomorphicQuestion("?", ["a"], Blank: false, 0, 1)], null, 2, [TrusteePlan.Mandatory], [new(0, [1]), new(1, [0])], seed: 200);

    [Fact]
    public void No_single_changed_byte_leaves_an_archive_valid() => Gen.Select(Gen.Int[0, Small.Archive.Length - 1], Gen.Byte[1, 255]).Sample(
        (position, change) =>
        {
            var archive = Small.Archive.ToArray();
            archive[position] ^= change;
            return Verifier.Verify(new MemoryStream(archive)).Verdict == VerificationVerdict.Invalid;
        },
        iter: 3000,
        threads: 1);

    [Fact]
    public void No_archive_cut_short_is_valid()
    {
        // Cut between two events, what is there is right but not complete; cut elsewhere, it is wrong.
        for (var length = 0; length < Small.Archive.Length; length += 256)
        {
            Assert.NotEqual(VerificationVerdict.Valid, Verifier.Verify(new MemoryStream(Small.Archive, 0, length)).Verdict);
        }
    }

    [Fact]
    public void No_single_byte_left_out_or_put_in_leaves_an_archive_valid() => Gen.Select(Gen.Int[0, Small.Archive.Length - 1], Gen.Byte, Gen.Bool).Sample(
        (position, value, leaveOut) =>
        {
            byte[] archive = leaveOut
                ? [.. Small.Archive[..position], .. Small.Archive[(position + 1)..]]
                : [.. Small.Archive[..position], value, .. Small.Archive[position..]];
            return Verifier.Verify(new MemoryStream(archive)).Verdict == VerificationVerdict.Invalid;
        },
        iter: 500,
        threads: 1);
}
