using ActiveCitizens.Voting.Archives;
using ActiveCitizens.Voting.Tests.Support;
using ActiveCitizens.Voting.Tests.Verification.Tampering;

namespace ActiveCitizens.Voting.Tests.Archives;

public sealed class ArchiveWriterTests
{
    [Theory, InlineData("a-small-ed25519"), InlineData("b-threshold-legacy-belenios2048")]
    public void An_archive_of_the_reference_tool_is_written_again_byte_for_byte(string name)
    {
        var fixture = FixtureElection.Open(name);
        using var stream = new MemoryStream();
        var writer = ArchiveWriter.Create(stream, DateTimeOffset.FromUnixTimeSeconds(new ArchiveReader(new MemoryStream(fixture.Archive)).Timestamp));
        foreach (var read in fixture.Events)
        {
            Append(writer, read, fixture);
        }

        Assert.Equal(fixture.Archive, stream.ToArray());
    }

    [Fact]
    public void An_archive_is_continued_where_it_ended_after_any_event()
    {
        var fixture = FixtureElection.Open("a-small-ed25519");
        for (var count = 0; count < fixture.Events.Count; count++)
        {
            using var stream = new MemoryStream();
            stream.Write(fixture.Archive, 0, count == 0 ? 1024 : (int)fixture.Events[count - 1].End);
            stream.Position = 0;
            var writer = ArchiveWriter.Resume(stream);
            Assert.Equal(count, writer.Height);
            Append(writer, fixture.Events[count], fixture);
            Assert.Equal(fixture.Archive[..(int)fixture.Events[count].End], stream.ToArray());
            Assert.Equal(fixture.Events[count].Hash, writer.LastEvent);
        }
    }

    [Fact]
    public void A_broken_tail_is_named_by_the_place_where_it_starts_to_be_wrong()
    {
        var fixture = FixtureElection.Open("a-small-ed25519");
        var whole = (int)fixture.Events[3].End;
        var error = Assert.Throws<ArchiveFormatException>(() => ArchiveWriter.Resume(new MemoryStream(fixture.Archive[..(whole + 700)])));
        Assert.True(error.Offset >= whole);
    }

    [Fact]
    public void Events_out_of_order_are_a_mistake_of_the_caller()
    {
        using var stream = new MemoryStream();
        var writer = ArchiveWriter.Create(stream, DateTimeOffset.UnixEpoch);
        Assert.Throws<InvalidOperationException>(writer.AddEndBallots);
        writer.AddSetup(Forgery.Ranked.Election, "[]"u8, "[]"u8);
        writer.AddEndBallots();
        Assert.Throws<InvalidOperationException>(() => writer.AddBallot("{}"u8));
        writer.AddEncryptedTally("[]"u8, 0, 0);
        Assert.Throws<InvalidOperationException>(() => writer.AddPartialDecryption(1, "{}"u8));
        writer.AddShuffle(1, "{}"u8);
        writer.AddEndShuffles();
        writer.AddPartialDecryption(1, "{}"u8);
        writer.AddResult("{}"u8);
        Assert.Throws<InvalidOperationException>(() => writer.AddResult("{}"u8));
        Assert.Equal(ArchiveEventType.Result, writer.LastType);
    }

    [Fact]
    public void A_time_before_1970_is_refused() =>
        Assert.Throws<ArgumentOutOfRangeException>(() => ArchiveWriter.Create(Stream.Null, DateTimeOffset.UnixEpoch.AddSeconds(-1)));

    private static void Append(ArchiveWriter writer, ArchiveEvent read, FixtureElection fixture)
    {
        switch (read.Data)
        {
            case EventData.Setup setup:
                writer.AddSetup(fixture.Election, setup.Trustees.Content.Span, setup.Credentials.Content.Span);
                break;
            case EventData.Document document when read.Type == ArchiveEventType.Ballot:
                writer.AddBallot(document.Payload.Content.Span);
                break;
            case EventData.Document document:
                writer.AddResult(document.Payload.Content.Span);
                break;
            case EventData.EncryptedTally tally:
                writer.AddEncryptedTally(tally.Tally.Content.Span, tally.NumTallied, tally.TotalWeight);
                break;
            case EventData.Owned owned:
                writer.AddPartialDecryption(owned.Owner, owned.Payload.Content.Span);
                break;
            default:
                writer.AddEndBallots();
                break;
        }
    }
}
