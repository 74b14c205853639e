namespace ActiveCitizens.Web.Features.Accounts;

/// <summary>Texts of signing in, of one's own account and of verified residence.</summary>
public sealed class AccountsText;
