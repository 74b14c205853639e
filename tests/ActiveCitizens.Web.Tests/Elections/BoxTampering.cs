using System.Text;
using ActiveCitizens.Voting.Archives;
using ActiveCitizens.Voting.Json;
using ActiveCitizens.Web.Features.Elections;
using ActiveCitizens.Web.Persistence;
using ActiveCitizens.Web.Tests.Harness;
using Microsoft.EntityFrameworkCore;

namespace ActiveCitizens.Web.Tests.Elections;

/// <summary>What somebody can do who owns the server and its database: takes the guards away and writes the box anew, every hash consistent.</summary>
internal static class BoxTampering
{
    public static void LiftGuards(CityFactory city) => city.InDb(async db =>
    {
        if (db is SqliteCityDbContext)
        {
            await db.Database.ExecuteSqlRawAsync("DROP TRIGGER box_events_follow; DROP TRIGGER box_events_hours; DROP TRIGGER box_events_stay; DROP TRIGGER box_events_remain; DROP INDEX ix_box_events_ballots;");
        }
        else
        {
            await db.Database.ExecuteSqlRawAsync("DROP TRIGGER box_events_guard ON box_events; DROP INDEX ix_box_events_ballots;");
        }
    });

    public static void Rewrite(SampleElection sample, SampleContest contest, Func<IReadOnlyList<(byte[] Content, string Credential)>, IReadOnlyList<(byte[] Content, string Credential)>> forge) => sample.City.InDb(async db =>
    {
        var id = contest.Contest.Id;
        var setup = await db.Set<BoxEvent>().AsNoTracking().SingleAsync(one => one.ContestId == id && one.Height == 0);
        var ballots = (await db.Set<BoxEvent>().AsNoTracking().Where(one => one.ContestId == id && one.Type == ArchiveEventType.Ballot).OrderBy(one => one.Height).ToListAsync()).ConvertAll(one => (one.Content, one.Credential!));
        await db.Set<BoxEvent>().Where(one => one.ContestId == id && one.Height > 0).ExecuteDeleteAsync();
        var head = BoxEvent.HeadOf(setup.EventHash, 1);
        foreach (var (content, credential) in forge(ballots))
        {
            var forged = BoxEvent.Ballot(id, head, content, credential);
            db.Add(forged);
            head = BoxEvent.HeadOf(forged.EventHash, forged.Height + 1);
        }

        await db.SaveChangesAsync();
        await db.Set<Contest>().Where(one => one.Id == id).ExecuteUpdateAsync(set => set.SetProperty(one => one.Height, head.Height).SetProperty(one => one.LastEvent, head.Last!.Value.Hex));
    });

    /// <summary>The ballot with one digit of a proof changed.</summary>
    public static byte[] Flip(byte[] ballot)
    {
        var changed = (byte[])ballot.Clone();
        var place = Array.FindIndex(changed, changed.Length / 2, one => one is >= (byte)'1' and <= (byte)'8');
        changed[place]++;
        return changed;
    }

    public static Digest HashOf(string hexadecimal) => Digest.TryParseHex(Encoding.ASCII.GetBytes(hexadecimal), out var digest) ? digest : throw new ArgumentException($"\"{hexadecimal}\" is no hash.", nameof(hexadecimal));

    public static Digest DigestOf(string tracker) => Digest.TryParseBase64(Encoding.ASCII.GetBytes(tracker), out var digest) ? digest : throw new ArgumentException($"\"{tracker}\" is no tracker.", nameof(tracker));
}
