using ActiveCitizens.Web.Features.Accounts;
using ActiveCitizens.Web.Persistence;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;

namespace ActiveCitizens.Web.Features.Elections.SitOnBoard;

[Authorize(Policy = Policies.SignedIn)]
public sealed class BoardModel(BoardDoor door, CityDbContext db) : PageModel
{
    public BoardSeat Seat { get; private set; } = null!;
    public IReadOnlyList<BoardMember> Members { get; private set; } = [];
    public int ContestsWithoutCodes { get; private set; }
    public int TalliesToDecrypt { get; private set; }

    public bool MakesKey => State == ElectionState.Called && Seat.Member is { TrusteeNumber: not null, PublicKey: null };
    public bool MakesCodes => State == ElectionState.Called && Seat.Member.Duty == BoardDuty.CredentialAuthority;
    public bool KeepsDesk => State == ElectionState.Sealed && Seat.Member.Duty is (BoardDuty.Assessor or BoardDuty.President);
    public bool CountsPaper => State == ElectionState.Closed && Seat.Member.Duty is (BoardDuty.Assessor or BoardDuty.President);
    public bool Proclaims => State == ElectionState.Closed && Seat.Member.Duty == BoardDuty.President;
    public bool HasTask => MakesKey || MakesCodes || KeepsDesk || TalliesToDecrypt > 0 || CountsPaper || Proclaims;
    public bool IsSealed => State is not (ElectionState.Draft or ElectionState.Called);
    public bool IsProclaimed => State is ElectionState.Proclaimed or ElectionState.Final;

    private ElectionState State => Seat.Election.State;

    public async Task<IActionResult> OnGetAsync(string slug, CancellationToken cancel)
    {
        if (await door.FindAsync(slug, User, cancel) is not { } seat)
        {
            return Forbid();
        }

        Seat = seat;
        Members = [.. (await db.Set<BoardMember>().AsNoTracking().Where(one => one.ElectionId == seat.Election.Id).ToListAsync(cancel)).OrderBy(one => one.Duty).ThenBy(one => one.TrusteeNumber)];
        ContestsWithoutCodes = await db.Set<Contest>().CountAsync(contest => contest.ElectionId == seat.Election.Id && contest.CredentialsDocument == null, cancel);
        TalliesToDecrypt = seat.Member.TrusteeNumber is not { } number ? 0 : await db.Set<Contest>().CountAsync(contest => contest.ElectionId == seat.Election.Id && contest.Box == BoxState.Closed
            && db.Set<BoxEvent>().Any(one => one.ContestId == contest.Id && one.Type == Voting.Archives.ArchiveEventType.EncryptedTally) && !db.Set<BoxEvent>().Any(one => one.ContestId == contest.Id && one.Owner == number), cancel);
        return Page();
    }
}
