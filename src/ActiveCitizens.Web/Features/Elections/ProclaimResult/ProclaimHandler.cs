using System.Text.Json;
using ActiveCitizens.Web.Features.Elections.CountSeats;
using ActiveCitizens.Web.Features.Shared.Audit;
using ActiveCitizens.Web.Features.Shared.Operations;
using ActiveCitizens.Web.Persistence;
using Microsoft.EntityFrameworkCore;

namespace ActiveCitizens.Web.Features.Elections.ProclaimResult;

public enum FixLotResult { Fixed, AlreadyFixed, NotNow }

public enum ProclaimAnswer { Proclaimed, AlreadyProclaimed, NotClosed, NotDecrypted, PaperNotComplete, TieOpen }

/// <summary>Gives the seats: once, for all neighbourhoods together, when everything is counted and every tie resolved.</summary>
public sealed class ProclaimHandler(CityDbContext db, SeatCounter counter, StatisticsReader statistics, ElectionCalendar calendar, AuditTrail audit, PublicPages pages, TimeProvider clock, CurrentActor actor)
{
    /// <summary>Fixes the seed of the lot; never again, and only while the boxes are closed and nothing is proclaimed.</summary>
    public async Task<FixLotResult> FixLotAsync(Election election, string seed, string source, CancellationToken cancel)
    {
        if (election.State != ElectionState.Closed)
        {
            return FixLotResult.NotNow;
        }

        db.Add(new PublicLot { ElectionId = election.Id, Seed = seed.Trim(), Source = source.Trim(), FixedById = actor.AccountId, FixedAt = clock.GetUtcNow() });
        audit.Record("election.lot-fixed", $"election:{election.Id}", new { seed = seed.Trim() });
        try
        {
            await db.SaveChangesAsync(cancel);
        }
        catch (DbUpdateException failure) when (failure.IsDuplicate())
        {
            db.ChangeTracker.Clear();
            return FixLotResult.AlreadyFixed;
        }

        await pages.ChangedAsync(ElectionsModule.CacheTag);
        return FixLotResult.Fixed;
    }

    public async Task<ProclaimAnswer> ProclaimAsync(Guid electionId, CancellationToken cancel)
    {
        var election = await db.Set<Election>().SingleAsync(one => one.Id == electionId, cancel);
        if (election.State != ElectionState.Closed)
        {
            return election.State is ElectionState.Proclaimed or ElectionState.Final ? ProclaimAnswer.AlreadyProclaimed : ProclaimAnswer.NotClosed;
        }

        if (await db.Set<Contest>().AnyAsync(contest => contest.ElectionId == electionId && contest.Box != BoxState.Decrypted && contest.Box != BoxState.Uncontested, cancel))
        {
            return ProclaimAnswer.NotDecrypted;
        }

        if ((await calendar.StepsAsync(electionId, cancel)).All(step => step.Step != ElectionStep.PaperCounted || !step.IsOver))
        {
            return ProclaimAnswer.PaperNotComplete;
        }

        var outcomes = await counter.CountAsync(election, cancel);
        if (outcomes.Any(outcome => !outcome.IsFinal))
        {
            return ProclaimAnswer.TieOpen;
        }

        var now = clock.GetUtcNow();
        foreach (var outcome in outcomes)
        {
            for (var number = 1; number <= outcome.Contest.Seats; number++)
            {
                db.Add(number <= outcome.Elected.Count ? Seat.Give(outcome.Contest.Id, number, 1, outcome.Elected[number - 1].Id, now) : Seat.LeaveVacant(outcome.Contest.Id, number, 1, now));
            }
        }

        List<Candidate> elected = [.. outcomes.SelectMany(outcome => outcome.Elected)];
        db.Add(new KeptStatistics { ElectionId = electionId, Document = JsonSerializer.Serialize(await statistics.ComputeAsync(election, elected, cancel)), ComputedAt = now });
        election.Proclaim();
        await calendar.FinishAsync(electionId, ElectionStep.Proclaimed, cancel);
        audit.Record("election.proclaimed", $"election:{electionId}", new { election.Slug, seats = elected.Count, vacant = outcomes.Sum(outcome => outcome.Contest.Seats) - elected.Count });
        try
        {
            await db.SaveChangesAsync(cancel);
        }
        catch (DbUpdateException failure) when (failure is DbUpdateConcurrencyException || failure.IsDuplicate())
        {
            db.ChangeTracker.Clear();
            return ProclaimAnswer.AlreadyProclaimed;
        }

        await pages.ChangedAsync(ElectionsModule.CacheTag);
        return ProclaimAnswer.Proclaimed;
    }
}
