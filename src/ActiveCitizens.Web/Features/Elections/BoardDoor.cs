using System.Security.Claims;
using ActiveCitizens.Web.Features.Accounts;
using ActiveCitizens.Web.Persistence;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;

namespace ActiveCitizens.Web.Features.Elections;

/// <summary>What somebody finds behind the door of an election's board.</summary>
/// <param name="Refusal">The page's answer to who must not come in; null for members with the duty asked for.</param>
public sealed record BoardEntry(Election Election, BoardMember Member, IActionResult? Refusal);

/// <summary>Somebody's place on the board of an election.</summary>
public sealed record BoardSeat(Election Election, BoardMember Member);

/// <summary>Lets the members of an election board into its rooms: whoever is signed in with the address that the office wrote down, and has the duty. No role of the city opens them.</summary>
public sealed class BoardDoor(CityDbContext db)
{
    /// <param name="duties">Those who may come in.</param>
    public async Task<BoardEntry> OpenAsync(string slug, ClaimsPrincipal user, CancellationToken cancel, params BoardDuty[] duties)
    {
        if (await db.Set<Election>().SingleOrDefaultAsync(one => one.Slug == slug && one.State != ElectionState.Draft, cancel) is not { } election)
        {
            return new(null!, null!, new NotFoundResult());
        }

        var member = await MemberAsync(election.Id, user, cancel);
        return member is not null && duties.Contains(member.Duty) ? new(election, member, null) : new(election, null!, new ForbidResult());
    }

    /// <returns>Null when there is no such election, or the person is not on its board.</returns>
    public async Task<BoardSeat?> FindAsync(string slug, ClaimsPrincipal user, CancellationToken cancel) =>
        await db.Set<Election>().AsNoTracking().SingleOrDefaultAsync(one => one.Slug == slug, cancel) is { } election && await MemberAsync(election.Id, user, cancel) is { } member ? new(election, member) : null;

    private async Task<BoardMember?> MemberAsync(Guid electionId, ClaimsPrincipal user, CancellationToken cancel)
    {
        var accountId = user.AccountId();
        var email = await db.Users.Where(account => account.Id == accountId && account.DeletedAt == null).Select(account => account.Email).SingleOrDefaultAsync(cancel);
        var address = email?.ToLowerInvariant();
        return address is null ? null : await db.Set<BoardMember>().AsNoTracking().SingleOrDefaultAsync(one => one.ElectionId == electionId && one.Email == address, cancel);
    }
}
