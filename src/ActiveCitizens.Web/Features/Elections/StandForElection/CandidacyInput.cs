using System.ComponentModel.DataAnnotations;
using ActiveCitizens.Web.Features.Shared.Components;
using Microsoft.AspNetCore.Mvc.ModelBinding;
using Microsoft.AspNetCore.Mvc.Rendering;
using Microsoft.Extensions.Localization;

namespace ActiveCitizens.Web.Features.Elections.StandForElection;

/// <summary>A candidacy as it is typed, by the candidate or at the desk.</summary>
public sealed class CandidacyInput
{
    public const long MaxPdfBytes = 3_000_000;

    // What stands on a ballot is read aloud and opened in spreadsheets: letters, and what joins names.
    private const string NamePattern = @"^\s*\p{L}[\p{L}\p{M} '’.\-]*$";

    [Required(ErrorMessage = "Enter the first names")]
    [StringLength(Candidate.NameMaxLength, ErrorMessage = "A name has at most {1} characters")]
    [RegularExpression(NamePattern, ErrorMessage = "A name has letters, spaces, hyphens and apostrophes only")]
    [Display(Name = "First names")]
    public string FirstNames { get; set; } = "";

    [Required(ErrorMessage = "Enter the last name")]
    [StringLength(Candidate.NameMaxLength, ErrorMessage = "A name has at most {1} characters")]
    [RegularExpression(NamePattern, ErrorMessage = "A name has letters, spaces, hyphens and apostrophes only")]
    [Display(Name = "Last name")]
    public string LastName { get; set; } = "";

    [Required(ErrorMessage = "Enter the date of birth")]
    [Display(Name = "Date of birth")]
    public DateOnly? BornOn { get; set; }

    [Display(Name = "Woman or man")]
    public Sex? Sex { get; set; }

    [EmailAddress(ErrorMessage = "Enter an e-mail address such as name@example.org")]
    [StringLength(Candidate.ContactMaxLength, ErrorMessage = "An address has at most {1} characters")]
    [Display(Name = "E-mail address")]
    public string? Email { get; set; }

    [RegularExpression(@"^[+0-9][0-9 .()\-]{4,28}$", ErrorMessage = "Enter a telephone number such as 05 53 00 00 00")]
    [Display(Name = "Telephone")]
    public string? Phone { get; set; }

    [Display(Name = "Profession of faith")]
    public string? Statement { get; set; }

    [Display(Name = "Picture")]
    public IFormFile? Photo { get; set; }

    [Display(Name = "Take the picture out")]
    public bool DropsPhoto { get; set; }

    [Display(Name = "Profession of faith as PDF")]
    public IFormFile? Pdf { get; set; }

    [Display(Name = "Take the PDF out")]
    public bool DropsPdf { get; set; }

    public static CandidacyInput Of(CandidacyLine candidate) => new()
    {
        FirstNames = candidate.FirstNames, LastName = candidate.LastName, BornOn = candidate.BornOn, Sex = candidate.Sex, Email = candidate.Email, Phone = candidate.Phone, Statement = candidate.Statement,
    };

    public static IReadOnlyList<SelectListItem> Sexes(IStringLocalizer<ElectionsText> text) => [.. Enum.GetValues<Sex>().Select(sex => new SelectListItem(text.CandidateSex(sex), sex.ToString()))];

    /// <summary>What was typed and sent; null when something must be corrected, which then stands beside its field.</summary>
    public async Task<CandidacyContent?> ReadAsync(ModelStateDictionary state, IStringLocalizer<ElectionsText> text, Format format, string email, DateOnly today, CancellationToken cancel)
    {
        var statement = (Statement ?? "").ReplaceLineEndings("\n").Trim();
        if (statement.Length > Candidate.StatementMaxLength)
        {
            state.AddModelError("Input.Statement", text["A profession of faith has at most {0} characters: take {1} out", format.Number(Candidate.StatementMaxLength), format.Number(statement.Length - Candidate.StatementMaxLength)]);
        }

        if (BornOn is { } born && (born.Year < 1900 || born > today))
        {
            state.AddModelError("Input.BornOn", text["Look at the year again"]);
        }

        var photo = await ReadPhotoAsync(state, text, format, cancel);
        var pdf = await ReadPdfAsync(state, text, format, cancel);
        if (state.IsValid)
        {
            return new(FirstNames.Trim(), LastName.Trim(), Sex, BornOn!.Value, email, string.IsNullOrWhiteSpace(Phone) ? null : Phone.Trim(), statement, photo, pdf, DropsPhoto, DropsPdf);
        }

        if (photo is not null)
        {
            state.AddModelError("Input.Photo", text["Choose the picture again: a browser does not keep it"]);
        }

        if (pdf is not null)
        {
            state.AddModelError("Input.Pdf", text["Choose the PDF again: a browser does not keep it"]);
        }

        return null;
    }

    private static async Task<byte[]> BytesAsync(IFormFile file, CancellationToken cancel)
    {
        using var bytes = new MemoryStream((int)file.Length);
        await file.CopyToAsync(bytes, cancel);
        return bytes.ToArray();
    }

    private async Task<byte[]?> ReadPhotoAsync(ModelStateDictionary state, IStringLocalizer<ElectionsText> text, Format format, CancellationToken cancel)
    {
        if (Photo is null)
        {
            return null;
        }

        if (Photo.Length > CandidatePicture.MaxSentBytes)
        {
            state.AddModelError("Input.Photo", text["A picture has at most {0}: choose a smaller one", format.FileSize(CandidatePicture.MaxSentBytes)]);
            return null;
        }

        switch (await CandidatePicture.MakeAsync(await BytesAsync(Photo, cancel), cancel))
        {
            case PictureResult.Made(var jpeg):
                return jpeg;
            case PictureResult.TooManyPixels:
                state.AddModelError("Input.Photo", text["This picture has too many pixels: make it smaller, then send it again"]);
                return null;
            default:
                state.AddModelError("Input.Photo", text["This file is no picture that we can read: send a JPEG, PNG or WebP file"]);
                return null;
        }
    }

    private async Task<byte[]?> ReadPdfAsync(ModelStateDictionary state, IStringLocalizer<ElectionsText> text, Format format, CancellationToken cancel)
    {
        if (Pdf is null)
        {
            return null;
        }

        if (Pdf.Length > MaxPdfBytes)
        {
            state.AddModelError("Input.Pdf", text["A PDF has at most {0}: make it smaller", format.FileSize(MaxPdfBytes)]);
            return null;
        }

        var bytes = await BytesAsync(Pdf, cancel);
        if (bytes.AsSpan().StartsWith("%PDF-"u8))
        {
            return bytes;
        }

        state.AddModelError("Input.Pdf", text["This file is no PDF: save your text as PDF, then send it again"]);
        return null;
    }
}
