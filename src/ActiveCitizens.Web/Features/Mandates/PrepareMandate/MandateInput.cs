using System.ComponentModel.DataAnnotations;
using System.Globalization;
using Microsoft.AspNetCore.Mvc.ModelBinding;
using Microsoft.Extensions.Localization;

namespace ActiveCitizens.Web.Features.Mandates.PrepareMandate;

/// <summary>A mandate as it is typed; the same form prepares and corrects.</summary>
public sealed class MandateInput
{
    [Required(ErrorMessage = "Choose the first day")]
    [Display(Name = "First day")]
    public DateOnly? StartsOn { get; set; }

    [Display(Name = "Day on which it is over")]
    public DateOnly? EndsOn { get; set; }

    [Required(ErrorMessage = "Enter the number of seats")]
    [Range(1, 99, ErrorMessage = "Enter a number from {1} to {2}")]
    [Display(Name = "Seats per council")]
    public int? SeatsPerCouncil { get; set; }

    [Required(ErrorMessage = "Enter the envelope in euros, 0 if there is none")]
    [Range(0, 100_000_000, ErrorMessage = "Enter an amount from {1} to {2} euros")]
    [Display(Name = "Envelope per council for the mandate")]
    public decimal? EnvelopeEuros { get; set; }

    [StringLength(Mandate.RemarkMaxLength, ErrorMessage = "A remark has at most {1} characters")]
    [Display(Name = "How the envelope comes about")]
    public string? EnvelopeRemark { get; set; }

    [Required(ErrorMessage = "Say in two sentences what this mandate is about")]
    [StringLength(Mandate.RemarkMaxLength, ErrorMessage = "A summary has at most {1} characters")]
    [Display(Name = "Summary")]
    public string Summary { get; set; } = "";

    [Required(ErrorMessage = "Write the powers of the councils")]
    [StringLength(Mandate.TextMaxLength, ErrorMessage = "A text has at most {1} characters")]
    [Display(Name = "Powers")]
    public string Powers { get; set; } = "";

    [Required(ErrorMessage = "Write the limits of these powers")]
    [StringLength(Mandate.TextMaxLength, ErrorMessage = "A text has at most {1} characters")]
    [Display(Name = "Limits")]
    public string Limits { get; set; } = "";

    public static MandateInput Of(Mandate mandate) => new()
    {
        StartsOn = mandate.StartsOn, EndsOn = mandate.EndsOn, SeatsPerCouncil = mandate.SeatsPerCouncil, EnvelopeEuros = mandate.EnvelopePerCouncilCents / 100m, EnvelopeRemark = mandate.EnvelopeRemark,
        Summary = mandate.Summary, Powers = mandate.Powers, Limits = mandate.Limits,
    };

    /// <summary>The content typed; call when the form is valid. Without an end it lasts six years.</summary>
    public MandateContent Content() => new(
        StartsOn!.Value, EndsOn ?? Mandate.UsualEnd(StartsOn.Value), SeatsPerCouncil!.Value, (long)Math.Round(EnvelopeEuros!.Value * 100), EnvelopeRemark, Summary, Powers, Limits);

    public static void Explain(PrepareMandateResult result, ModelStateDictionary state, IStringLocalizer<MandatesText> text)
    {
        switch (result)
        {
            case PrepareMandateResult.DatesReversed:
                state.AddModelError("Input.EndsOn", text["A mandate must be over after its first day"]);
                break;
            case PrepareMandateResult.Overlaps(var year):
                state.AddModelError("Input.StartsOn", text["The mandate of {0} holds on some of these days. A mandate may start on the day another is over.", year.ToString(CultureInfo.InvariantCulture)]);
                break;
            case PrepareMandateResult.YearTaken:
                state.AddModelError("Input.StartsOn", text["Another mandate starts in this year"]);
                break;
            case PrepareMandateResult.NotADraft:
                state.AddModelError("", text["A deliberation opened this mandate meanwhile: nothing was saved. Only another deliberation can change it."]);
                break;
        }
    }
}
