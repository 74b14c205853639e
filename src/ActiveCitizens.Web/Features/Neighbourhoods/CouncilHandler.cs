using ActiveCitizens.Web.Features.Shared.Audit;
using ActiveCitizens.Web.Features.Shared.Cities;
using ActiveCitizens.Web.Features.Shared.Operations;
using ActiveCitizens.Web.Persistence;
using Microsoft.EntityFrameworkCore;

namespace ActiveCitizens.Web.Features.Neighbourhoods;

public enum ConstituteResult { Constituted, AlreadyConstituted, RnaTaken, NotAnRna, InFuture }

/// <summary>What came of a line written into a council's papers.</summary>
public enum CouncilPaperResult
{
    Saved,

    /// <summary>An office that is held, a meeting of that day, a member of that name: it is there already.</summary>
    AlreadyThere,

    /// <summary>Before the constitution, before the first day, or still to come.</summary>
    WrongDay,

    /// <summary>It had ended before.</summary>
    AlreadyEnded,
    Unknown,
}

/// <summary>Keeps a council's papers as an association. Names stay in the papers: the log holds ids only.</summary>
public sealed class CouncilHandler(CityDbContext db, AuditTrail audit, City city, PublicPages pages, TimeProvider clock)
{
    public DateOnly Today => DateOnly.FromDateTime(city.Local(clock.GetUtcNow()).DateTime);

    public async Task<ConstituteResult> ConstituteAsync(string code, string rnaTyped, DateOnly on, string statutes, DateOnly adoptedOn, string? illustrativeRemark, CancellationToken cancel)
    {
        if (CouncilAssociation.RnaOf(rnaTyped) is not { } rna)
        {
            return ConstituteResult.NotAnRna;
        }

        if (on > Today || adoptedOn > Today)
        {
            return ConstituteResult.InFuture;
        }

        var now = clock.GetUtcNow();
        var council = new CouncilAssociation { Id = Guid.CreateVersion7(now), NeighbourhoodCode = code, RnaNumber = rna, ConstitutedOn = on, RecordedAt = now, IllustrativeRemark = illustrativeRemark };
        db.Add(council);
        db.Add(new CouncilStatutes { AssociationId = council.Id, Version = 1, AdoptedOn = adoptedOn, Text = statutes.ReplaceLineEndings("\n").Trim() });
        audit.Record("council.constituted", Subject(code), new { rna, on });
        try
        {
            await db.SaveChangesAsync(cancel);
        }
        catch (DbUpdateException) when (!cancel.IsCancellationRequested)
        {
            db.ChangeTracker.Clear();
            if (await db.Set<CouncilAssociation>().AnyAsync(other => other.NeighbourhoodCode == code, cancel))
            {
                return ConstituteResult.AlreadyConstituted;
            }

            if (await db.Set<CouncilAssociation>().AnyAsync(other => other.RnaNumber == rna, cancel))
            {
                return ConstituteResult.RnaTaken;
            }

            throw;
        }

        await pages.ChangedAsync(NeighbourhoodsModule.CacheTag);
        return ConstituteResult.Constituted;
    }

    public async Task<CouncilPaperResult> AdoptStatutesAsync(CouncilAssociation council, DateOnly adoptedOn, string text, CancellationToken cancel)
    {
        var last = await db.Set<CouncilStatutes>().AsNoTracking().Where(statutes => statutes.AssociationId == council.Id).OrderByDescending(statutes => statutes.Version).FirstAsync(cancel);
        if (adoptedOn <= last.AdoptedOn || adoptedOn > Today)
        {
            return CouncilPaperResult.WrongDay;
        }

        db.Add(new CouncilStatutes { AssociationId = council.Id, Version = last.Version + 1, AdoptedOn = adoptedOn, Text = text.ReplaceLineEndings("\n").Trim() });
        audit.Record("council.statutes-adopted", Subject(council.NeighbourhoodCode), new { version = last.Version + 1, adoptedOn });
        return await SaveAsync(cancel);
    }

    public async Task<CouncilPaperResult> TakeOfficeAsync(CouncilAssociation council, CouncilOfficeKind office, string holder, DateOnly from, CancellationToken cancel)
    {
        if (from < council.ConstitutedOn || from > Today)
        {
            return CouncilPaperResult.WrongDay;
        }

        var taken = new CouncilOffice { Id = Guid.CreateVersion7(clock.GetUtcNow()), AssociationId = council.Id, Office = office, HolderName = holder.Trim(), From = from };
        db.Add(taken);
        audit.Record("council.office-taken", Subject(council.NeighbourhoodCode), new { id = taken.Id, office = office.ToString(), from });
        return await SaveAsync(cancel);
    }

    public async Task<CouncilPaperResult> LeaveOfficeAsync(CouncilAssociation council, Guid officeId, DateOnly lastDay, CancellationToken cancel)
    {
        if (await db.Set<CouncilOffice>().SingleOrDefaultAsync(office => office.Id == officeId && office.AssociationId == council.Id, cancel) is not { } office)
        {
            return CouncilPaperResult.Unknown;
        }

        if (lastDay < office.From || lastDay > Today)
        {
            return CouncilPaperResult.WrongDay;
        }

        if (!office.End(lastDay))
        {
            return CouncilPaperResult.AlreadyEnded;
        }

        audit.Record("council.office-left", Subject(council.NeighbourhoodCode), new { id = officeId, lastDay });
        return await SaveAsync(cancel);
    }

    public async Task<CouncilPaperResult> RecordMeetingAsync(CouncilAssociation council, DateOnly heldOn, int present, string minutes, CancellationToken cancel)
    {
        if (heldOn > Today)
        {
            return CouncilPaperResult.WrongDay;
        }

        var meeting = new CouncilMeeting { Id = Guid.CreateVersion7(clock.GetUtcNow()), AssociationId = council.Id, HeldOn = heldOn, PresentCount = present, Minutes = minutes.ReplaceLineEndings("\n").Trim() };
        db.Add(meeting);
        audit.Record("council.meeting-recorded", Subject(council.NeighbourhoodCode), new { id = meeting.Id, heldOn, present });
        return await SaveAsync(cancel);
    }

    public async Task<CouncilPaperResult> AddMemberAsync(CouncilAssociation council, string name, DateOnly from, CancellationToken cancel)
    {
        if (from > Today)
        {
            return CouncilPaperResult.WrongDay;
        }

        var member = new CouncilMember { Id = Guid.CreateVersion7(clock.GetUtcNow()), AssociationId = council.Id, Name = name.Trim(), From = from };
        db.Add(member);
        audit.Record("council.member-added", Subject(council.NeighbourhoodCode), new { id = member.Id, from });
        return await SaveAsync(cancel);
    }

    public async Task<CouncilPaperResult> EndMembershipAsync(CouncilAssociation council, Guid memberId, DateOnly lastDay, CancellationToken cancel)
    {
        if (await db.Set<CouncilMember>().SingleOrDefaultAsync(member => member.Id == memberId && member.AssociationId == council.Id, cancel) is not { } member)
        {
            return CouncilPaperResult.Unknown;
        }

        if (lastDay < member.From || lastDay > Today)
        {
            return CouncilPaperResult.WrongDay;
        }

        if (!member.End(lastDay))
        {
            return CouncilPaperResult.AlreadyEnded;
        }

        audit.Record("council.member-left", Subject(council.NeighbourhoodCode), new { id = memberId, lastDay });
        return await SaveAsync(cancel);
    }

    private static string Subject(string code) => $"council:{code}";

    // The unique indexes decide what is there already; each save writes one line, so a refusal means that line.
    private async Task<CouncilPaperResult> SaveAsync(CancellationToken cancel)
    {
        try
        {
            await db.SaveChangesAsync(cancel);
        }
        catch (DbUpdateConcurrencyException)
        {
            return CouncilPaperResult.AlreadyEnded;
        }
        catch (DbUpdateException failure) when (!cancel.IsCancellationRequested && failure.IsDuplicate())
        {
            db.ChangeTracker.Clear();
            return CouncilPaperResult.AlreadyThere;
        }

        await pages.ChangedAsync(NeighbourhoodsModule.CacheTag);
        return CouncilPaperResult.Saved;
    }
}
