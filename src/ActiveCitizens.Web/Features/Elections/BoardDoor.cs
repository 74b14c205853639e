using System.Security.Claims;
using ActiveCitizens.Web.Features.Accounts;
using ActiveCitizens.Web.Persistence;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;

namespace ActiveCitizens.Web.Features.Elections;

/// <summary>What somebody finds behind the door of an election's board.</summary>
/// <param name="Refusal">The page's answer to who must not come in; null for members with the duty asked for.</param>
public sealed record BoardEntry(Election Election, BoardMember Member, IActionResult? Refusal);

/// <summary>Lets the members of an election board into its rooms: whoever is signed in with the address that the office wrote down, and has the duty.</summary>
public sealed class BoardDoor(CityDbContext db)
{
    /// <param name="duties">Those who may come in.</param>
    public async Task<BoardEntry> OpenAsync(string slug, ClaimsPrincipal user, CancellationToken cancel, params BoardDuty[] duties)
    {
        if (await db.Set<Election>().SingleOrDefaultAsync(one => one.Slug == slug && one.State != ElectionState.Draft, cancel) is not { } election)
        {
            return new(null!, null!, new NotFoundResult());
        }

        var accountId = user.AccountId();
        var email = await db.Users.Where(account => account.Id == accountId && account.DeletedAt == null).Select(account => account.Email).SingleOrDefaultAsync(cancel);
        var lower = email?.ToLowerInvariant();
        var member = lower is null ? null : await db.Set<BoardMember>().AsNoTracking().SingleOrDefaultAsync(one => one.ElectionId == election.Id && one.Email == lower, cancel);
        return member is not null && duties.Contains(member.Duty) ? new(election, member, null) : new(election, null!, new ForbidResult());
    }
}
