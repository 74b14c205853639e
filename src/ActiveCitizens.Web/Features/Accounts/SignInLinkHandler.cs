using ActiveCitizens.Web.Features.Shared.Audit;
using ActiveCitizens.Web.Features.Shared.Cities;
using ActiveCitizens.Web.Features.Shared.Mail;
using ActiveCitizens.Web.Persistence;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;

namespace ActiveCitizens.Web.Features.Accounts;

public abstract record LinkState
{
    private LinkState() { }
    /// <summary>Unknown, used or too old: the three are not told apart.</summary>
    public sealed record Unusable : LinkState;
    public sealed record ForAccount(SignInLink Link, Account Account) : LinkState;
    public sealed record ForNewcomer(SignInLink Link) : LinkState;
}

/// <summary>Sends links to an e-mail address and takes them back. Opening the link changes nothing; the button behind it does, once.</summary>
public sealed class SignInLinkHandler(CityDbContext db, UserManager<Account> accounts, Outbox outbox, AuditTrail audit, TimeProvider clock, City city, IStringLocalizer<AccountsText> text)
{
    private const int LinksPerHour = 5;

    /// <summary>Sends a link whether or not the address has an account, so that nobody learns which have one.</summary>
    public async Task SendAsync(string email, string returnPath, Uri site, CancellationToken cancel)
    {
        var now = clock.GetUtcNow();
        var normalized = accounts.NormalizeEmail(email.Trim())!;
        if (await db.Set<SignInLink>().CountAsync(link => link.NormalizedEmail == normalized && link.CreatedAt > now - TimeSpan.FromHours(1), cancel) >= LinksPerHour)
        {
            return;
        }

        var token = SignInLink.NewToken();
        db.Add(new SignInLink
        {
            Id = Guid.CreateVersion7(now),
            Email = email.Trim(),
            NormalizedEmail = normalized,
            TokenHash = SignInLink.HashOf(token),
            ReturnPath = returnPath,
            CreatedAt = now,
            ExpiresAt = now + SignInLink.Lifetime,
            IsDemonstration = false,
        });
        var address = $"{site.AbsoluteUri.TrimEnd('/')}/account/sign-in/link?token={token}";
        outbox.Queue(email.Trim(), text["Your link to sign in – {0}", city.Name],
            $"""
            {text["Hello,"]}

            {text["Open this link to sign in to the site of {0}:", city.Name]}

            {address}

            {text["It works once, for {0} minutes. If you did not ask for it, ignore this message: nobody can sign in without it.", (int)SignInLink.Lifetime.TotalMinutes]}
            """);
        await db.SaveChangesAsync(cancel);
    }

    public async Task<LinkState> FindAsync(string token, CancellationToken cancel)
    {
        var now = clock.GetUtcNow();
        var hash = SignInLink.HashOf(token);
        var link = await db.Set<SignInLink>().AsNoTracking().SingleOrDefaultAsync(link => link.TokenHash == hash, cancel);
        if (link is null || link.UsedAt is not null || now >= link.ExpiresAt)
        {
            return new LinkState.Unusable();
        }

        return await accounts.FindByEmailAsync(link.Email) is { } account ? new LinkState.ForAccount(link, account) : new LinkState.ForNewcomer(link);
    }

    /// <summary>Uses up the link. Of two clicks at once the database lets one through.</summary>
    public async Task<bool> ConsumeAsync(SignInLink link, CancellationToken cancel)
    {
        var now = clock.GetUtcNow();
        return link.IsDemonstration || await db.Set<SignInLink>().Where(row => row.Id == link.Id && row.UsedAt == null)
            .ExecuteUpdateAsync(set => set.SetProperty(row => row.UsedAt, now), cancel) == 1;
    }

    /// <summary>The account of a newcomer who has proved an address; the existing one if another browser was faster.</summary>
    public async Task<Account> CreateAccountAsync(SignInLink link, string displayName, string language, CancellationToken cancel)
    {
        var account = Account.Create(link.Email, displayName, language, clock.GetUtcNow());
        audit.RecordAs(account.Id, "account.created", $"account:{account.Id}", new { by = nameof(SignInMethod.EmailLink) });
        try
        {
            var created = await accounts.CreateAsync(account);
            return created.Succeeded ? account : throw new InvalidOperationException(string.Join(' ', created.Errors.Select(error => error.Description)));
        }
        catch (DbUpdateException) when (!cancel.IsCancellationRequested)
        {
            db.ChangeTracker.Clear();
            if (await accounts.FindByEmailAsync(link.Email) is { } faster)
            {
                return faster;
            }

            throw;
        }
    }
}
