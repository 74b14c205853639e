using ActiveCitizens.Web.Persistence;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;

namespace ActiveCitizens.Web.Features.Accounts.MyAccount;

[Authorize(Policy = Policies.SignedIn)]
public sealed class MyAccountModel(CityDbContext db, TimeProvider clock) : PageModel
{
    public Account Account { get; private set; } = null!;
    public string? Residence { get; private set; }
    public IReadOnlyList<RoleGrant> Grants { get; private set; } = [];
    public int Passkeys { get; private set; }
    public int Sessions { get; private set; }

    public async Task OnGetAsync(CancellationToken cancel)
    {
        var now = clock.GetUtcNow();
        var id = User.AccountId();
        Account = await db.Users.AsNoTracking().SingleAsync(account => account.Id == id, cancel);
        Residence = await db.Set<ResidenceVerification>().Where(proof => proof.AccountId == id && proof.EndedAt == null).Select(proof => proof.NeighbourhoodCode).SingleOrDefaultAsync(cancel);
        Grants = [.. (await db.Set<RoleGrant>().AsNoTracking().Where(grant => grant.AccountId == id && grant.WithdrawnAt == null).ToListAsync(cancel)).Where(grant => grant.HoldsAt(now))];
        Passkeys = await db.Set<IdentityUserPasskey<Guid>>().CountAsync(passkey => passkey.UserId == id, cancel);
        Sessions = await db.Set<SignInSession>().CountAsync(session => session.AccountId == id && session.EndedAt == null && session.ExpiresAt > now, cancel);
    }
}
