using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using ActiveCitizens.Web.Features.Shared.Audit;
using ActiveCitizens.Web.Features.Shared.Cities;
using ActiveCitizens.Web.Persistence;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;

namespace ActiveCitizens.Web.Features.Accounts.MyData;

[Authorize(Policy = Policies.RecentlySignedIn)]
public sealed class MyDataModel(CityDbContext db, City city, AuditTrail audit, TimeProvider clock) : PageModel
{
    private static readonly JsonSerializerOptions Readable = new(JsonSerializerDefaults.Web)
    {
        WriteIndented = true,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        Converters = { new JsonStringEnumConverter() },
    };

    public void OnGet()
    {
    }

    public async Task<IActionResult> OnPostAsync(CancellationToken cancel)
    {
        var id = User.AccountId()!.Value;
        var subject = $"account:{id}";
        var account = await db.Users.AsNoTracking().SingleAsync(account => account.Id == id, cancel);
        var data = new
        {
            City = city.Name,
            At = clock.GetUtcNow(),
            Account = new { account.Id, account.Email, account.DisplayName, account.Language, account.CreatedAt, HasPassword = account.PasswordHash is not null, account.TwoFactorEnabled },
            Passkeys = await db.Set<IdentityUserPasskey<Guid>>().AsNoTracking().Where(passkey => passkey.UserId == id).Select(passkey => new { passkey.Data.Name, passkey.Data.CreatedAt }).ToListAsync(cancel),
            Roles = await db.Set<RoleGrant>().AsNoTracking().Where(grant => grant.AccountId == id).ToListAsync(cancel),
            Residence = await db.Set<ResidenceVerification>().AsNoTracking().Where(proof => proof.AccountId == id).ToListAsync(cancel),
            ResidenceLetters = await db.Set<ResidenceLetter>().AsNoTracking().Where(letter => letter.AccountId == id)
                .Select(letter => new { letter.RecipientName, letter.Address, letter.NeighbourhoodCode, letter.RequestedAt, letter.PrintedAt, letter.ClosedAt }).ToListAsync(cancel),
            Sessions = await db.Set<SignInSession>().AsNoTracking().Where(session => session.AccountId == id).ToListAsync(cancel),
            Acts = await db.Set<AuditEntry>().AsNoTracking().Where(entry => entry.ActorId == id || entry.Subject == subject)
                .OrderBy(entry => entry.Sequence).Select(entry => new { entry.At, entry.Action, entry.Subject, entry.Details }).ToListAsync(cancel),
        };
        audit.Record("data.downloaded", subject, new { });
        await db.SaveChangesAsync(cancel);
        Response.Headers.CacheControl = "no-store";
        return File(JsonSerializer.SerializeToUtf8Bytes(data, Readable), "application/json", $"{city.Id}-{clock.GetUtcNow():yyyy-MM-dd}.json");
    }
}
