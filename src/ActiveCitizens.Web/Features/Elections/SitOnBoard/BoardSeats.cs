using System.Security.Claims;
using ActiveCitizens.Web.Features.Accounts;
using ActiveCitizens.Web.Persistence;
using Microsoft.EntityFrameworkCore;

namespace ActiveCitizens.Web.Features.Elections.SitOnBoard;

/// <summary>Somebody's place on the board of an election.</summary>
public sealed record BoardSeat(Election Election, BoardMember Member);

/// <summary>Who sits on the board: the account that is signed in, by its e-mail address. No role of the city opens the board's pages.</summary>
public sealed class BoardSeats(CityDbContext db)
{
    /// <returns>Null when there is no such election, or the person is not on its board.</returns>
    public async Task<BoardSeat?> FindAsync(string slug, ClaimsPrincipal user, CancellationToken cancel)
    {
        if (user.AccountId() is not { } account || await db.Users.Where(one => one.Id == account && one.DeletedAt == null).Select(one => one.Email).SingleOrDefaultAsync(cancel) is not { } email)
        {
            return null;
        }

        var address = email.ToLowerInvariant();
        var election = await db.Set<Election>().AsNoTracking().SingleOrDefaultAsync(one => one.Slug == slug, cancel);
        var member = election is null ? null : await db.Set<BoardMember>().AsNoTracking().SingleOrDefaultAsync(one => one.ElectionId == election.Id && one.Email == address, cancel);
        return election is null || member is null ? null : new(election, member);
    }
}
