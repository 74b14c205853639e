using System.Text.Json;
using ActiveCitizens.Voting.Archives;
using ActiveCitizens.Voting.Json;
using ActiveCitizens.Voting.Tests.Support;
using ActiveCitizens.Voting.Tests.Verification.Tampering;
using ActiveCitizens.Voting.Verification;

namespace ActiveCitizens.Voting.Tests.Verification;

public sealed class ReportTests
{
    private static readonly byte[] Archive = Forgery.Plain.Made.Archive;

    public static TheoryData<string> Comparisons => ["10.1", "10.2", "10.3", "10.4", "10.5", "10.6", "10.7"];

    [Theory, MemberData(nameof(Comparisons))]
    public void What_differs_from_the_announcement_fails_its_own_check_only(string id)
    {
        var other = Digest.Of("other"u8);
        var options = id switch
        {
            "10.1" => new VerificationOptions { EarlierCopy = new MemoryStream(Forgery.Ranked.Made.Archive) },
            "10.2" => new() { Election = other },
            "10.3" => new() { Credentials = other },
            "10.4" => new() { TrusteeChecksums = [.. Forgery.Plain.Made.Trustees.Keys.Select(k => k.Checksum).Reverse()] },
            "10.5" => new() { VoterCount = 7 },
            "10.6" => new() { LastEvent = other },
            _ => new() { Tracker = other },
        };
        var report = Verify(Archive, options);
        Assert.Equal(id, Assert.Single(report.Outcomes, o => o.Status == VerificationStatus.Failed).Check.Id);
        Assert.Equal(VerificationVerdict.Invalid, report.Verdict);
    }

    [Fact]
    public void A_superseded_ballot_dropped_is_noticed_by_the_last_event_the_earlier_copy_and_its_voter()
    {
        // Nothing inside the archive tells: that is what publishing the last event hash is for.
        var forged = Forgery.Plain.Rearranged(events => events.RemoveAt(2));
        Assert.Equal(VerificationVerdict.Valid, Verify(forged, new()).Verdict);
        var report = Verify(forged, new() { LastEvent = Verify(Archive, new()).Facts.LastEvent, EarlierCopy = new MemoryStream(Archive), Tracker = Digest.Of(Forgery.Plain.Events[2].Documents[0]) });
        Assert.Equal(["10.1", "10.6", "10.7"], report.Outcomes.Where(o => o.Status == VerificationStatus.Failed).Select(o => o.Check.Id));
    }

    [Fact]
    public void A_tracker_of_a_superseded_ballot_fails_and_the_later_one_passes()
    {
        var failed = Assert.Single(Verify(Archive, new() { Tracker = Digest.Of(Forgery.Plain.Events[2].Documents[0]) }).Outcomes, o => o.Status == VerificationStatus.Failed);
        Assert.Contains("it is ballot 2, but", failed.Failures[0].Reason, StringComparison.Ordinal);
        Assert.Equal(VerificationVerdict.Valid, Verify(Archive, new() { Tracker = Digest.Of(Forgery.Plain.Events[6].Documents[0]) }).Verdict);
    }

    [Fact]
    public void An_earlier_copy_of_the_same_archive_is_its_beginning_at_any_length()
    {
        foreach (var length in new[] { 0, 1, 511, 65536, 65537, Archive.Length })
        {
            Assert.Equal(VerificationVerdict.Valid, Verify(Archive, new() { EarlierCopy = new MemoryStream(Archive, 0, Math.Min(length, Archive.Length)) }).Verdict);
        }

        var report = Verify(Archive[..^1536], new() { EarlierCopy = new MemoryStream(Archive) });
        Assert.Contains(report.Outcomes, o => o.Check.Id == "10.1" && o.Failures[0].Reason.Contains("before the earlier copy does", StringComparison.Ordinal));
    }

    [Fact]
    public void An_election_under_way_is_incomplete_at_every_event_and_nothing_fails()
    {
        var reader = new EventReader(new MemoryStream(Forgery.Ranked.Made.Archive));
        var ends = new List<ArchiveEvent>();
        for (var next = reader.Read(); next is not null; next = reader.Read())
        {
            ends.Add(next);
        }

        foreach (var end in ends.SkipLast(1))
        {
            var report = Verify(Forgery.Ranked.Made.Archive[..(int)end.End], new() { LastEvent = end.Hash });
            Assert.True(report.Verdict == VerificationVerdict.Incomplete, report.ToText());
            Assert.Equal(end.Type, report.Facts.LastEventType);
            Assert.Contains(report.Outcomes, o => o.Status == VerificationStatus.NotReached && o.Check.Id == "9.2");
        }

        Assert.Equal(VerificationVerdict.Incomplete, Verify(Forgery.Ranked.Made.Archive[..1024], new()).Verdict);
    }

    [Fact]
    public void A_certificate_of_the_credentials_is_not_called_verified()
    {
        var forgery = Forgery.Plain;
        var setup = forgery.Events[0];
        setup.Documents.Add("{}"u8.ToArray());
        setup.Data = data => data[..^1] + $",\"credentials_certificate\":\"{Digest.Of("{}"u8).Hex}\"}}";
        var report = Verify(forgery.Parts.Write(), new());
        Assert.Equal(VerificationVerdict.Incomplete, report.Verdict);
        Assert.Equal("3.7", Assert.Single(report.Outcomes, o => o.Status != VerificationStatus.Passed).Check.Id);
        Assert.Equal(VerificationStatus.NotImplemented, report.Outcomes.Single(o => o.Check.Id == "3.7").Status);
    }

    [Fact]
    public void A_report_names_every_check_once_as_JSON_and_as_text()
    {
        var forged = Forgery.Plain.Rearranged(events => events.Insert(2, events[1].Copy()));
        var report = Verify(forged, new());
        var json = JsonDocument.Parse(report.ToJson()).RootElement;
        Assert.Equal("Invalid", json.GetProperty("verdict").GetString());
        Assert.Equal(report.Outcomes.Select(o => o.Check.Id), json.GetProperty("checks").EnumerateArray().Select(c => c.GetProperty("id").GetString()));
        Assert.Equal(report.Outcomes.Count, report.Outcomes.Select(o => o.Check.Id).Distinct(StringComparer.Ordinal).Count());
        var twice = json.GetProperty("checks").EnumerateArray().Single(c => c.GetProperty("id").GetString() == "4.10");
        Assert.Equal("Failed", twice.GetProperty("status").GetString());
        Assert.Equal("ballot 2 (event 3)", twice.GetProperty("failures")[0].GetProperty("subject").GetString());
        Assert.Equal("the same bytes are in the box as ballot 1", twice.GetProperty("failures")[0].GetProperty("reason").GetString());
        var text = report.ToText();
        Assert.StartsWith("INVALID", text, StringComparison.Ordinal);
        Assert.All(report.Outcomes, o => Assert.Contains(o.Check.Title, text, StringComparison.Ordinal));
        Assert.Contains("ballot 2 (event 3): the same bytes are in the box as ballot 1", text, StringComparison.Ordinal);
        Assert.Contains("not reached      5.1", text, StringComparison.Ordinal);
    }

    [Fact]
    public void A_valid_report_tells_the_facts_and_the_result()
    {
        var report = Verify(Archive, new());
        var facts = JsonDocument.Parse(report.ToJson()).RootElement.GetProperty("facts");
        Assert.Equal(Forgery.Plain.Election.Fingerprint, facts.GetProperty("fingerprint").GetString());
        Assert.Equal(6, facts.GetProperty("ballotCount").GetInt32());
        Assert.Equal(5, facts.GetProperty("keptBallotCount").GetInt32());
        Assert.Equal(8, facts.GetProperty("totalWeight").GetInt64());
        Assert.Equal("[[2,4,3,3],[0,6,4,1],[7,1]]", string.Concat(facts.GetProperty("result").GetRawText().Where(c => !char.IsWhiteSpace(c))));
        Assert.Contains(Forgery.Plain.Election.Fingerprint, report.ToText(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_name_with_control_characters_does_not_reach_the_terminal()
    {
        var text = Verify(Forgery.Plain.Replace(0, "\"name\":\"", "\"name\":\"Vote\\u001b[2J\\nVALID\u202e"), new()).ToText();
        Assert.Contains("Vote·[2J·VALID·", text, StringComparison.Ordinal);
        Assert.DoesNotContain('\u001b', text);
    }

    [Fact]
    public void The_number_of_threads_never_changes_a_report()
    {
        var forged = Forgery.Plain.Rearranged(events => { events.Insert(2, events[1].Copy()); events.Insert(4, events[3].Copy()); });
        Assert.Equal(Verify(forged, new()).ToJson(), Verify(forged, new() { DegreeOfParallelism = 4 }).ToJson());
    }

    [Fact]
    public void Progress_ends_at_the_end_and_cancelling_stops()
    {
        var progress = new Collected();
        Verifier.Verify(new MemoryStream(Archive), null, progress);
        Assert.Equal(new(Archive.Length, Archive.Length, 6), progress.Reports[^1]);
        Assert.Equal(progress.Reports.OrderBy(r => r.BytesRead), progress.Reports);
        Assert.Throws<OperationCanceledException>(() => Verifier.Verify(new MemoryStream(Archive), cancel: new CancellationToken(canceled: true)));
    }

    [Fact]
    public void An_archive_may_stand_inside_a_longer_stream()
    {
        var stream = new MemoryStream([1, 2, 3, .. Archive]) { Position = 3 };
        Assert.Equal(VerificationVerdict.Valid, Verifier.Verify(stream).Verdict);
    }

    [Fact]
    public void Many_failures_of_one_check_are_counted_and_the_first_hundred_told()
    {
        var forged = Forgery.Plain.Rearranged(events => events.InsertRange(2, Enumerable.Repeat(events[1].Copy(), 150)));
        var twice = Verify(forged, new() { DegreeOfParallelism = 2 }).Outcomes.Single(o => o.Check.Id == "4.10");
        Assert.Equal((150, 100), (twice.FailureCount, twice.Failures.Count));
    }

    private static VerificationReport Verify(byte[] archive, VerificationOptions options) => Verifier.Verify(new MemoryStream(archive), options);

    private sealed class Collected : IProgress<VerificationProgress>
    {
        public List<VerificationProgress> Reports { get; } = [];

        public void Report(VerificationProgress value) => Reports.Add(value);
    }
}
