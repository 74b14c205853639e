using System.ComponentModel.DataAnnotations;
using System.Globalization;
using System.Net.Mail;
using ActiveCitizens.Web.Features.Shared.Cities;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.Extensions.Localization;

namespace ActiveCitizens.Web.Features.Elections.CastBallot;

/// <summary>Takes a ballot file made by the standalone booth or by a program, from any browser.</summary>
[RequestSizeLimit(BoothEndpoints.MaxPostBytes), RequestFormLimits(MultipartBodyLengthLimit = BoothEndpoints.MaxPostBytes)]
public sealed class UploadBallotModel(ElectionDirectory contests, CastBallotHandler handler, CastWords words, VotingReceipt receipts, City city, TimeProvider clock, IStringLocalizer<ElectionsText> text) : PageModel
{
    public VotingPlace Place { get; private set; } = null!;
    public CastAnswer? Closed { get; private set; }
    public CastAnswer? Answer { get; private set; }
    public string? Tracker { get; private set; }

    [BindProperty]
    public InputModel Input { get; set; } = new();

    [BindProperty]
    public SecondSecretInput Secret { get; set; } = new();

    public async Task<IActionResult> OnGetAsync(string slug, string code, CancellationToken cancel) => await LoadAsync(slug, code, cancel) ? Page() : NotFound();

    public async Task<IActionResult> OnPostAsync(string slug, string code, CancellationToken cancel)
    {
        if (!await LoadAsync(slug, code, cancel))
        {
            return NotFound();
        }

        if (!int.TryParse(Input.Number?.Trim(), NumberStyles.None, CultureInfo.InvariantCulture, out var number) && ModelState["Input.Number"]?.Errors.Count is null or 0)
        {
            ModelState.AddModelError("Input.Number", text["Type the number of your letter in digits"]);
        }

        var secret = Secret.Read(Place.SecondSecret);
        if (secret is null)
        {
            ModelState.AddModelError(Place.SecondSecret == SecondSecret.DateOfBirth ? "Secret.Day" : "Secret.Code",
                Place.SecondSecret == SecondSecret.DateOfBirth ? text["This is no date. Type day, month and year of your birth in digits, such as 27 3 1956"] : text["Type the six digits of the e-mail"]);
        }

        var email = Input.Email?.Trim();
        if (!string.IsNullOrEmpty(email) && !MailAddress.TryCreate(email, out _))
        {
            ModelState.AddModelError("Input.Email", text["This is no e-mail address. Correct it, or leave the field empty"]);
        }

        if (!ModelState.IsValid)
        {
            return Page();
        }

        using var content = new MemoryStream();
        await Input.File!.CopyToAsync(content, cancel);
        // A newline that an editor or another tool wrote after the document does not belong to it.
        var ballot = content.ToArray().AsMemory();
        ballot = ballot.Span is [.., (byte)'\n'] ? ballot[..^1] : ballot;
        var page = BoothEndpoints.PublicPageOf(Place, city, Request);
        var place = Place;
        var result = await handler.CastAsync(new(Place.ContestId, number, secret!, ballot, string.IsNullOrEmpty(email) ? null : tracker => receipts.Of(email, tracker, place, page)), cancel);
        Answer = words.Of(result, Place);
        Tracker = (result as CastResult.Cast)?.Tracker;
        Response.StatusCode = Answer.StatusCode;
        if (Tracker is null)
        {
            ModelState.AddModelError("", $"{Answer.Title}. {Answer.Text}");
        }

        return Page();
    }

    private async Task<bool> LoadAsync(string slug, string code, CancellationToken cancel)
    {
        if (await contests.FindVotingPlaceAsync(slug, code, cancel) is not { } place)
        {
            return false;
        }

        Place = place;
        Closed = place.IsOpenAt(clock.GetUtcNow()) ? null : words.Closed(place);
        return true;
    }

    public sealed class InputModel
    {
        [Required(ErrorMessage = "Type the number of your letter in digits")]
        [Display(Name = "Number of your letter")]
        public string? Number { get; set; }

        [Required(ErrorMessage = "Choose the ballot file")]
        [Display(Name = "Ballot file")]
        public IFormFile? File { get; set; }

        [StringLength(Elector.EmailMaxLength, ErrorMessage = "An e-mail address has at most {1} characters")]
        [Display(Name = "Your e-mail address for a receipt")]
        public string? Email { get; set; }
    }
}
