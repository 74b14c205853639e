using Microsoft.Extensions.Localization;

namespace ActiveCitizens.Web.Features.Accounts;

/// <summary>Roles and ways of signing in, in the reader's words.</summary>
public static class AccountNames
{
    public static string Of(this IStringLocalizer<AccountsText> text, Role role) => role switch
    {
        Role.VerifiedResident => text["Verified resident"],
        Role.Councillor => text["Neighbourhood councillor"],
        Role.Officer => text["Civil servant"],
        Role.ElectedOfficial => text["Elected official"],
        Role.Mayor => text["Mayor"],
        Role.Facilitator => text["Facilitator"],
        Role.LeadExpert => text["Lead expert"],
        Role.Moderator => text["Moderator"],
        Role.Administrator => text["Administrator"],
        _ => throw new ArgumentOutOfRangeException(nameof(role), role, null),
    };

    public static string Of(this IStringLocalizer<AccountsText> text, SignInMethod method) => method switch
    {
        SignInMethod.EmailLink => text["E-mail link"],
        SignInMethod.Password => text["Password"],
        SignInMethod.Passkey => text["Passkey"],
        SignInMethod.Demonstration => text["Demonstration link"],
        _ => throw new ArgumentOutOfRangeException(nameof(method), method, null),
    };
}
