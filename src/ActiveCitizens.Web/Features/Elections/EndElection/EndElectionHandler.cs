using ActiveCitizens.Web.Features.Shared.Audit;
using ActiveCitizens.Web.Features.Shared.Operations;
using ActiveCitizens.Web.Persistence;
using Microsoft.EntityFrameworkCore;

namespace ActiveCitizens.Web.Features.Elections.EndElection;

public enum EndElectionResult { Ended, AlreadyEnded, NotProclaimed, AppealStillOpen }

/// <summary>
/// Ends an election when nobody can appeal any more: destroys the roll with its marks and the contacts of those without a seat, and leaves a record
/// of it. Boxes, journal, results and official record stay.
/// </summary>
public sealed class EndElectionHandler(CityDbContext db, ElectionCalendar calendar, AuditTrail audit, CurrentActor actor, PublicPages pages, TimeProvider clock)
{
    /// <summary>Code électoral, article R. 119: five days after the election.</summary>
    public static readonly TimeSpan Appeal = TimeSpan.FromDays(5);

    /// <summary>From when on it is possible; null before the proclamation. A rehearsal has nothing to appeal against.</summary>
    public async Task<DateTimeOffset?> PossibleFromAsync(Election election, CancellationToken cancel) =>
        (await calendar.StepsAsync(election.Id, cancel)).FirstOrDefault(step => step.Step == ElectionStep.Proclaimed)?.DoneAt is { } proclaimed ? proclaimed + (election.IsRehearsal ? TimeSpan.Zero : Appeal) : null;

    public async Task<EndElectionResult> EndAsync(Guid electionId, string by, CancellationToken cancel)
    {
        var election = await db.Set<Election>().SingleAsync(one => one.Id == electionId, cancel);
        if (election.State != ElectionState.Proclaimed)
        {
            return election.State == ElectionState.Final ? EndElectionResult.AlreadyEnded : EndElectionResult.NotProclaimed;
        }

        var now = clock.GetUtcNow();
        if (await PossibleFromAsync(election, cancel) is not { } from || now < from)
        {
            return EndElectionResult.AppealStillOpen;
        }

        await using (var transaction = await db.BeginDurableAsync(cancel))
        {
            election.End();
            try
            {
                await db.SaveChangesAsync(cancel);
            }
            catch (DbUpdateConcurrencyException)
            {
                db.ChangeTracker.Clear();
                return EndElectionResult.AlreadyEnded;
            }

            var marks = await db.Set<RollMark>().Where(mark => db.Set<Contest>().Any(contest => contest.Id == mark.ContestId && contest.ElectionId == electionId)).ExecuteDeleteAsync(cancel);
            var electors = await db.Set<Elector>().Where(elector => elector.ElectionId == electionId).ExecuteDeleteAsync(cancel);
            var contacts = await db.Set<Candidate>().Where(candidate => db.Set<Contest>().Any(contest => contest.Id == candidate.ContestId && contest.ElectionId == electionId) && !db.Set<Seat>().Any(seat => seat.CandidateId == candidate.Id))
                .ExecuteUpdateAsync(set => set.SetProperty(candidate => candidate.Email, "").SetProperty(candidate => candidate.Phone, (string?)null), cancel);
            db.Add(new DestructionRecord { ElectionId = electionId, At = now, ById = actor.AccountId, By = by, Electors = electors, RollMarks = marks, Contacts = contacts });
            await calendar.FinishAsync(electionId, ElectionStep.AppealEnded, cancel);
            await calendar.FinishAsync(electionId, ElectionStep.Destroyed, cancel);
            audit.Record("election.ended", $"election:{electionId}", new { election.Slug, electors, marks, contacts });
            await db.SaveChangesAsync(cancel);
            await transaction.CommitAsync(cancel);
        }

        // What was deleted must not stay readable in the database's files.
        await db.Database.ExecuteSqlRawAsync(db is SqliteCityDbContext ? "VACUUM" : "VACUUM FULL roll_marks, electors, candidates", cancel);
        await pages.ChangedAsync(ElectionsModule.CacheTag);
        return EndElectionResult.Ended;
    }
}
