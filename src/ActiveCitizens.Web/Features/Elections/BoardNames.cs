using Microsoft.Extensions.Localization;

namespace ActiveCitizens.Web.Features.Elections;

/// <summary>Words for the duties on the board.</summary>
public static class BoardNames
{
    public static string Of(this IStringLocalizer<ElectionsText> text, BoardDuty duty) => duty switch
    {
        BoardDuty.President => text["President"],
        BoardDuty.Trustee => text["Trustee"],
        BoardDuty.CredentialAuthority => text["Credential authority"],
        _ => text["Assessor"],
    };
}
