using ActiveCitizens.Voting.Archives;
using ActiveCitizens.Web.Persistence;
using Microsoft.EntityFrameworkCore;
using ProtocolElection = ActiveCitizens.Voting.Elections.Election;

namespace ActiveCitizens.Web.Features.Elections.DownloadArchive;

/// <summary>Writes a box as the archive that anybody can verify: the same bytes at every download, and each later one continues an earlier one.</summary>
public sealed class ArchiveCopy(CityDbContext db)
{
    private const int EventsAtOnce = 200;

    /// <summary>Writes all events of a sealed contest; of a box in use, those that are there when it starts.</summary>
    /// <returns>The hash of the last event written; null when the contest is not sealed.</returns>
    public async Task<string?> WriteAsync(Guid contestId, Stream destination, CancellationToken cancel)
    {
        var setup = await db.Set<Contest>().Where(contest => contest.Id == contestId && contest.ElectionDocument != null)
            .Join(db.Set<Election>(), contest => contest.ElectionId, election => election.Id, (contest, election) => new { contest.ElectionDocument, contest.CredentialsDocument, election.TrusteesDocument, contest.SealedAt, contest.Height, contest.LastEvent })
            .SingleOrDefaultAsync(cancel);
        if (setup is null)
        {
            return null;
        }

        using var piece = new MemoryStream();
        var writer = ArchiveWriter.Create(piece, setup.SealedAt!.Value);
        writer.AddSetup(ProtocolElection.Read(setup.ElectionDocument), setup.TrusteesDocument, setup.CredentialsDocument);
        await HandOnAsync(piece, destination, cancel);
        for (var next = 1; next < setup.Height;)
        {
            var events = await db.Set<BoxEvent>().AsNoTracking().Where(one => one.ContestId == contestId && one.Height >= next && one.Height < setup.Height).OrderBy(one => one.Height).Take(EventsAtOnce).ToListAsync(cancel);
            foreach (var one in events)
            {
                Add(writer, one);
            }

            next += events.Count;
            await HandOnAsync(piece, destination, cancel);
        }

        return writer.LastEvent?.Hex == setup.LastEvent ? setup.LastEvent : throw new InvalidOperationException($"The events of contest {contestId} do not lead to {setup.LastEvent}.");
    }

    private static void Add(ArchiveWriter writer, BoxEvent one)
    {
        switch (one.Type)
        {
            case ArchiveEventType.Ballot:
                writer.AddBallot(one.Content);
                break;
            case ArchiveEventType.EndBallots:
                writer.AddEndBallots();
                break;
            case ArchiveEventType.EncryptedTally:
                writer.AddEncryptedTally(one.Content, one.NumTallied!.Value, one.TotalWeight!.Value);
                break;
            case ArchiveEventType.PartialDecryption:
                writer.AddPartialDecryption(one.Owner!.Value, one.Content);
                break;
            case ArchiveEventType.Result:
                writer.AddResult(one.Content);
                break;
            default:
                throw new InvalidOperationException($"A box holds no event of type {one.Type}.");
        }
    }

    private static async Task HandOnAsync(MemoryStream piece, Stream destination, CancellationToken cancel)
    {
        await destination.WriteAsync(piece.GetBuffer().AsMemory(0, (int)piece.Length), cancel);
        piece.SetLength(0);
    }
}
