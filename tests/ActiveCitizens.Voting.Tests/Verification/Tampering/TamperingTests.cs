using ActiveCitizens.Voting.Tests.Support;
using ActiveCitizens.Voting.Verification;

namespace ActiveCitizens.Voting.Tests.Verification.Tampering;

public sealed class TamperingTests
{
    private static readonly Dictionary<string, Cheat> Cheats = new[] { ArchiveCheats.All, SetupCheats.All, BallotCheats.All, TallyCheats.All }.SelectMany(c => c).ToDictionary(c => c.Name, StringComparer.Ordinal);

    public static TheoryData<string> Names => [.. Cheats.Keys];

    [Theory, MemberData(nameof(Names))]
    public void A_forged_archive_fails_exactly_the_checks_meant_for_it(string name)
    {
        var report = Verifier.Verify(new MemoryStream(Cheats[name].Forge()));
        Assert.Equal(VerificationVerdict.Invalid, report.Verdict);
        var failed = string.Join(',', report.Outcomes.Where(o => o.Status == VerificationStatus.Failed).Select(o => o.Check.Id));
        Assert.True(failed == Cheats[name].FailedChecks, $"Failed {failed} instead of {Cheats[name].FailedChecks}.{Environment.NewLine}{report.ToText()}");
    }

    [Fact]
    public void The_elections_that_forgers_start_from_are_valid_and_survive_being_taken_apart()
    {
        foreach (var forgery in new[] { Forgery.Plain, Forgery.Ranked, Forgery.Field })
        {
            WholeElectionTests.AssertValid(forgery.Made);
            Assert.Equal(forgery.Made.Archive, forgery.Parts.Write());
        }
    }

    [Fact]
    public void At_least_sixty_ways_to_cheat_are_tried_and_every_check_is_failed_by_some() =>
        Assert.Empty(VerificationCheck.Always.Select(c => c.Id).Except(Cheats.Values.SelectMany(c => c.FailedChecks.Split(',')), StringComparer.Ordinal).Except(["3.7"]).Concat(Cheats.Count >= 60 ? [] : ["sixty"]));
}
