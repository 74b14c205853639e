using System.ComponentModel.DataAnnotations;
using System.Globalization;

namespace ActiveCitizens.Web.Features.Elections.CastBallot;

/// <summary>What an elector types besides the code of the letter: a date in three fields, which everybody can fill, or the code from an e-mail.</summary>
public sealed class SecondSecretInput
{
    [Display(Name = "Day")]
    public string? Day { get; set; }

    [Display(Name = "Month")]
    public string? Month { get; set; }

    [Display(Name = "Year")]
    public string? Year { get; set; }

    [Display(Name = "Code received by e-mail")]
    public string? Code { get; set; }

    /// <summary>As <see cref="CastRequest.SecondSecret"/> wants it; null when it cannot be one.</summary>
    public string? Read(SecondSecret kind)
    {
        if (kind == SecondSecret.EmailCode)
        {
            var digits = string.Concat((Code ?? "").Where(c => !char.IsWhiteSpace(c)));
            return digits.Length == ElectorCodes.Length && digits.All(char.IsAsciiDigit) ? digits : null;
        }

        var typed = $"{Year?.Trim()}-{Month?.Trim().PadLeft(2, '0')}-{Day?.Trim().PadLeft(2, '0')}";
        return DateOnly.TryParseExact(typed, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out _) ? typed : null;
    }
}
