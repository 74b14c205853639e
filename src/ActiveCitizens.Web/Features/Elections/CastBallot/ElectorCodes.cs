using System.Globalization;
using System.Security.Cryptography;
using ActiveCitizens.Web.Features.Shared.Cities;
using ActiveCitizens.Web.Features.Shared.Mail;
using ActiveCitizens.Web.Persistence;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;

namespace ActiveCitizens.Web.Features.Elections.CastBallot;

/// <summary>
/// Mails codes to electors whose election chose them as second secret. Nobody learns whether a number or an address exists: there is no answer. Only
/// the last code counts, and one elector gets at most one a minute.
/// </summary>
public sealed class ElectorCodes(CityDbContext db, City city, Outbox outbox, TimeProvider clock, IStringLocalizer<ElectionsText> text)
{
    public const int Length = 6;
    public static readonly TimeSpan Between = TimeSpan.FromMinutes(1);

    public async Task SendAsync(VotingPlace place, int electorNumber, CancellationToken cancel)
    {
        var now = clock.GetUtcNow();
        var elector = await db.Set<Elector>().Where(one => one.ContestId == place.ContestId && one.Number == electorNumber).Select(one => new { one.Id, one.Email }).SingleOrDefaultAsync(cancel);
        if (place.SecondSecret != SecondSecret.EmailCode || !place.IsOpenAt(now) || elector?.Email is not { Length: > 0 } email)
        {
            return;
        }

        var code = RandomNumberGenerator.GetInt32(1_000_000).ToString($"D{Length}", CultureInfo.InvariantCulture);
        var kept = await db.Set<ElectorCode>().SingleOrDefaultAsync(one => one.ElectorId == elector.Id, cancel);
        if (kept is null)
        {
            db.Add(new ElectorCode { ElectorId = elector.Id, CodeHash = ElectorCode.HashOf(elector.Id, code), SentAt = now });
        }
        else if (kept.SentAt > now - Between)
        {
            return;
        }
        else
        {
            (kept.CodeHash, kept.SentAt) = (ElectorCode.HashOf(elector.Id, code), now);
        }

        outbox.Queue(email, text["Your code to vote – {0}", city.Name],
            $"""
            {text["Hello,"]}

            {text["This is your code to vote in: {0}", $"{place.ElectionName} – {place.Name}"]}

            {code[..3]} {code[3..]}

            {text["It counts for {0} minutes, together with the code of your letter. We never ask for it by telephone.", (int)ElectorCode.ValidFor.TotalMinutes]}
            """);
        try
        {
            await db.SaveChangesAsync(cancel);
        }
        catch (DbUpdateException failure) when (failure.IsDuplicate())
        {
            // Two clicks at once: the other one's code is on its way.
            db.ChangeTracker.Clear();
        }
    }
}
