using ActiveCitizens.Web.Features.Shared.Cities;
using ActiveCitizens.Web.Persistence;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using QRCoder;

namespace ActiveCitizens.Web.Features.Accounts.PrintLetters;

[Authorize(Policy = Policies.Officer)]
public sealed class PrintLettersModel(CityDbContext db, ResidenceHandler handler, City city) : PageModel
{
    /// <summary>What stands on one letter.</summary>
    public sealed record PrintedLetter(string Recipient, string Address, string Code, string Link, string QrCode, DateTimeOffset ExpiresAt, string Language);

    public City City => city;
    public IReadOnlyList<ResidenceLetter> Letters { get; private set; } = [];
    public PrintedLetter? Printed { get; private set; }

    public async Task OnGetAsync(CancellationToken cancel) =>
        Letters = await db.Set<ResidenceLetter>().AsNoTracking().Where(letter => letter.ClosedAt == null).OrderBy(letter => letter.PrintedAt != null).ThenBy(letter => letter.RequestedAt).Take(500).ToListAsync(cancel);

    // The answer to the post is the letter itself: a page that could be opened again would need the code to be kept.
    public async Task<IActionResult> OnPostAsync(Guid id, CancellationToken cancel)
    {
        var letter = await db.Set<ResidenceLetter>().SingleOrDefaultAsync(letter => letter.Id == id, cancel);
        if (letter is null)
        {
            return NotFound();
        }

        if (await handler.PrintLetterAsync(letter, User.AccountId()!.Value, cancel) is not { } code)
        {
            return RedirectToPage();
        }

        Response.Headers.CacheControl = "no-store";
        var link = $"{ReturnPath.SiteAddress(city, Request).AbsoluteUri.TrimEnd('/')}/account/residence";
        using var qr = QRCodeGenerator.GenerateQrCode(link, QRCodeGenerator.ECCLevel.M);
        Printed = new PrintedLetter(letter.RecipientName, letter.Address, code, link, $"data:image/png;base64,{Convert.ToBase64String(new PngByteQRCode(qr).GetGraphic(6))}", letter.CodeExpiresAt!.Value,
            System.Globalization.CultureInfo.CurrentUICulture.TwoLetterISOLanguageName);
        return Page();
    }
}
