using ActiveCitizens.Voting.Archives;
using ActiveCitizens.Voting.Decryption;
using ActiveCitizens.Voting.Elections;
using ActiveCitizens.Voting.Groups;
using ActiveCitizens.Voting.Shuffles;
using ActiveCitizens.Voting.Tests.Support;
using ActiveCitizens.Voting.Tests.Verification.Tampering;
using ActiveCitizens.Voting.Verification;

namespace ActiveCitizens.Voting.Tests.Verification;

public sealed class StepByStepTests
{
    [Fact]
    public void Everyone_goes_on_from_the_verified_archive_and_needs_nothing_else()
    {
        using var random = new SeededRandom(41);
        var made = MadeElection.SetUp(
            Group.Find("Ed25519")!, [new HomomorphicQuestion("?", ["a", "b"], Blank: false, 0, 2), new NonHomomorphicQuestion("?", ["x", "y"], null)], null, 3, [TrusteePlan.Mandatory, new(2, 3, 1, 3)], random);
        using var archive = new MemoryStream();
        ArchiveWriter.Create(archive, DateTimeOffset.UnixEpoch).AddSetup(made.Election, made.Trustees.Bytes.Span, made.Issued.PublicList.Span);
        Continue(archive, (writer, contents) =>
        {
            Assert.Null(contents.Tally);
            writer.AddBallot(made.Ballot(new(0, [1, 1], [1, 2]), random));
            writer.AddBallot(made.Ballot(new(1, [0, 1], [2, 1]), random));
            writer.AddBallot(made.Ballot(new(0, [0, 1], [2, 2]), random));
        });
        Continue(archive, (writer, _) => writer.AddEndBallots());
        Continue(archive, (writer, contents) =>
        {
            Assert.Null(contents.ToShuffle);
            writer.AddEncryptedTally(contents.Tally!.Bytes.Span, contents.Tally.NumTallied, contents.Tally.TotalWeight);
        });
        foreach (var owner in new[] { 1, 2 })
        {
            Continue(archive, (writer, contents) =>
            {
                Assert.Null(contents.ToDecrypt);
                writer.AddShuffle(owner, Shuffler.Make(contents.Election, contents.ToShuffle!, random));
            });
        }

        Continue(archive, (writer, _) => writer.AddEndShuffles());
        foreach (var (owner, key) in made.Keys)
        {
            Continue(archive, (writer, contents) =>
            {
                Assert.NotNull(Combination.FindMissing(contents.Trustees, contents.Decryptions.Keys.ToHashSet()));
                writer.AddPartialDecryption(owner, PartialDecryption.Make(contents.Election, contents.ToDecrypt!, key, random));
            });
        }

        Continue(archive, (writer, contents) =>
        {
            Assert.Null(Combination.FindMissing(contents.Trustees, contents.Decryptions.Keys.ToHashSet()));
            writer.AddResult(ElectionResult.Compute(contents.Election, contents.Trustees, contents.ToDecrypt!, contents.Tally!.TotalWeight, contents.Decryptions).ToBytes());
        });
        archive.Position = 0;
        var report = Verifier.Verify(archive);
        Assert.Equal(VerificationVerdict.Valid, report.Verdict);
        Assert.Equal([0, 2], Assert.IsType<QuestionResult.Counts>(report.Contents!.Result!.Questions[0]).Values);
        Assert.Equal(["2,1", "2,2"], Assert.IsType<QuestionResult.Ranked>(report.Contents.Result.Questions[1]).Ballots.Select(b => string.Join(',', b)).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Nobody_goes_on_from_an_archive_that_failed() =>
        Assert.Null(Verifier.Verify(new MemoryStream(Forgery.Plain.Rearranged(events => events.RemoveAt(1)))).Contents);

    private static void Continue(MemoryStream archive, Action<ArchiveWriter, ArchiveContents> step)
    {
        archive.Position = 0;
        var report = Verifier.Verify(archive);
        Assert.Equal(VerificationVerdict.Incomplete, report.Verdict);
        archive.Position = 0;
        step(ArchiveWriter.Resume(archive), report.Contents!);
    }
}
