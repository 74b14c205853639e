using System.Security.Claims;
using ActiveCitizens.Web.Features.Accounts;
using ActiveCitizens.Web.Persistence;
using Microsoft.EntityFrameworkCore;

namespace ActiveCitizens.Web.Features.Neighbourhoods;

/// <summary>A council's association with what everybody may read of it.</summary>
public sealed record PublicCouncil(CouncilAssociation Association, IReadOnlyList<CouncilStatutes> Statutes, IReadOnlyList<CouncilOffice> Offices, IReadOnlyList<CouncilMeeting> Meetings);

/// <summary>How other areas learn of councils as associations, by their neighbourhood's code.</summary>
public sealed class CouncilDirectory(CityDbContext db)
{
    public async Task<CouncilAssociation?> FindAsync(string code, CancellationToken cancel) =>
        await db.Set<CouncilAssociation>().AsNoTracking().SingleOrDefaultAsync(council => council.NeighbourhoodCode == code, cancel);

    /// <summary>Whether the council can sign on a day: not before its association is constituted.</summary>
    public Task<bool> CanSignAsync(string code, DateOnly day, CancellationToken cancel) =>
        db.Set<CouncilAssociation>().AnyAsync(council => council.NeighbourhoodCode == code && council.ConstitutedOn <= day, cancel);

    /// <summary>Latest statutes and meetings first; offices held first.</summary>
    public async Task<PublicCouncil?> ReadAsync(string code, CancellationToken cancel) => await FindAsync(code, cancel) is not { } found
        ? null
        : new PublicCouncil(
            found,
            await db.Set<CouncilStatutes>().AsNoTracking().Where(statutes => statutes.AssociationId == found.Id).OrderByDescending(statutes => statutes.Version).ToListAsync(cancel),
            [.. (await db.Set<CouncilOffice>().AsNoTracking().Where(office => office.AssociationId == found.Id).ToListAsync(cancel)).OrderBy(office => office.Until is not null).ThenBy(office => office.Office).ThenByDescending(office => office.From)],
            await db.Set<CouncilMeeting>().AsNoTracking().Where(meeting => meeting.AssociationId == found.Id).OrderByDescending(meeting => meeting.HeldOn).ToListAsync(cancel));

    /// <summary>Whether somebody keeps this council's papers: its own councillors, and administrators with their second factor.</summary>
    public static bool Keeps(ClaimsPrincipal reader, string code) =>
        reader.HasClaim(SessionClaims.CouncillorOf, code) || (reader.Holds(Role.Administrator) && reader.HasClaim(SecondFactorRequirement.Claim, "true"));
}
