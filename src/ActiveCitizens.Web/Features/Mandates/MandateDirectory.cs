using System.Security.Claims;
using ActiveCitizens.Web.Features.Accounts;
using ActiveCitizens.Web.Persistence;
using Microsoft.EntityFrameworkCore;

namespace ActiveCitizens.Web.Features.Mandates;

public enum MandateActKind { Opens, Renews, Closes }

/// <summary>What a deliberation does to a mandate.</summary>
public sealed record MandateAct(MandateActKind Kind, int Year, DateOnly StartsOn, DateOnly OverOn);

/// <summary>A subject of a mandate, and who has which part in it.</summary>
public sealed record DelegatedSubject(Competence Competence, bool IsNew, ILookup<DelegationPart, DelegationActor> Actors);

/// <summary>How pages and other areas learn of mandates; drafts are for administrators.</summary>
public sealed class MandateDirectory(CityDbContext db)
{
    /// <summary>The mandates this reader may see, in the order of time.</summary>
    public async Task<IReadOnlyList<Mandate>> ListAsync(ClaimsPrincipal reader, CancellationToken cancel)
    {
        var drafts = reader.Holds(Role.Administrator);
        return await db.Set<Mandate>().AsNoTracking().Where(mandate => drafts || mandate.OpenedById != null).OrderBy(mandate => mandate.StartsOn).ToListAsync(cancel);
    }

    public async Task<Mandate?> FindAsync(int year, ClaimsPrincipal reader, CancellationToken cancel) =>
        await db.Set<Mandate>().AsNoTracking().SingleOrDefaultAsync(mandate => mandate.Year == year, cancel) is { } found && (!found.IsDraft || reader.Holds(Role.Administrator)) ? found : null;

    /// <summary>The mandate that holds on a day; null between two.</summary>
    public async Task<Mandate?> FindAsync(DateOnly day, CancellationToken cancel) =>
        await db.Set<Mandate>().AsNoTracking().SingleOrDefaultAsync(mandate => mandate.OpenedById != null && mandate.StartsOn <= day && (mandate.ClosedOn ?? mandate.EndsOn) > day, cancel);

    /// <summary>Mandates whose councils can still be elected: drafts, and those that are not over on a day; the latest first.</summary>
    public async Task<IReadOnlyList<Mandate>> ElectableAsync(DateOnly day, CancellationToken cancel) =>
        await db.Set<Mandate>().AsNoTracking().Where(mandate => mandate.OpenedById == null || (mandate.ClosedOn ?? mandate.EndsOn) > day).OrderByDescending(mandate => mandate.StartsOn).ToListAsync(cancel);

    /// <summary>The subjects of a mandate, those of earlier mandates first, with the matrix of who does what.</summary>
    public async Task<IReadOnlyList<DelegatedSubject>> SubjectsAsync(Mandate mandate, CancellationToken cancel)
    {
        var subjects = await db.Set<Competence>().AsNoTracking()
            .Join(db.Set<Mandate>(), competence => competence.FromMandateId, from => from.Id, (competence, from) => new { Competence = competence, from.StartsOn })
            .Where(subject => subject.StartsOn <= mandate.StartsOn).OrderBy(subject => subject.StartsOn).ThenBy(subject => subject.Competence.Code).ToListAsync(cancel);
        var crosses = (await db.Set<Delegation>().AsNoTracking().Where(cross => cross.MandateId == mandate.Id).ToListAsync(cancel)).OrderBy(cross => cross.Actor).ToLookup(cross => cross.CompetenceId);
        return [.. subjects.Select(subject => new DelegatedSubject(subject.Competence, subject.Competence.FromMandateId == mandate.Id, crosses[subject.Competence.Id].ToLookup(cross => cross.Part, cross => cross.Actor)))];
    }

    /// <summary>What a deliberation opens, renews and closes.</summary>
    public async Task<IReadOnlyList<MandateAct>> ActsOfAsync(Guid deliberationId, CancellationToken cancel)
    {
        var touched = await db.Set<Mandate>().AsNoTracking().Where(mandate => mandate.OpenedById == deliberationId || mandate.ClosedById == deliberationId).OrderBy(mandate => mandate.StartsOn).ToListAsync(cancel);
        return
        [
            .. touched.Where(mandate => mandate.ClosedById == deliberationId).Select(mandate => new MandateAct(MandateActKind.Closes, mandate.Year, mandate.StartsOn, mandate.OverOn)),
            .. touched.Where(mandate => mandate.OpenedById == deliberationId).Select(mandate => new MandateAct(mandate.IsRenewal ? MandateActKind.Renews : MandateActKind.Opens, mandate.Year, mandate.StartsOn, mandate.OverOn)),
        ];
    }
}

/// <summary>What the mandate in force says about a subject: asked by every area in which something is decided.</summary>
public sealed class MandateRules(CityDbContext db, MandateDirectory mandates)
{
    /// <summary>Whether an actor has a part in a subject on a day; false when no mandate holds then, or the subject is not one of its own.</summary>
    /// <param name="competence">The <see cref="Competence.Code"/>.</param>
    public async Task<bool> HasPartAsync(DelegationActor actor, DelegationPart part, string competence, DateOnly day, CancellationToken cancel) =>
        await mandates.FindAsync(day, cancel) is { } mandate
        && await db.Set<Delegation>().Join(db.Set<Competence>(), cross => cross.CompetenceId, subject => subject.Id, (cross, subject) => new { cross, subject.Code })
            .AnyAsync(found => found.Code == competence && found.cross.MandateId == mandate.Id && found.cross.Part == part && found.cross.Actor == actor, cancel);

    /// <summary>Whether nothing on this subject can be decided or closed without the neighbourhood council.</summary>
    public Task<bool> CouncilCoDecidesAsync(string competence, DateOnly day, CancellationToken cancel) =>
        HasPartAsync(DelegationActor.NeighbourhoodCouncil, DelegationPart.CoDecides, competence, day, cancel);
}
