using ActiveCitizens.Web.Features.Accounts;
using ActiveCitizens.Web.Features.Shared.Audit;
using ActiveCitizens.Web.Features.Shared.Cities;
using ActiveCitizens.Web.Persistence;
using Microsoft.AspNetCore.Identity;

namespace ActiveCitizens.Web.Features.Administration.AppointAdministrator;

/// <summary>The operator's command <c>appoint-administrator CITY EMAIL</c>: a city's first administrator, who then names the others on the site.</summary>
public static class AppointAdministrator
{
    public const string Verb = "appoint-administrator";

    /// <returns>0 when appointed; 2 when there is no such city or the address is not one.</returns>
    public static async Task<int> AppointAdministratorAsync(this IServiceProvider services, string cityId, string email, TextWriter output, CancellationToken cancel)
    {
        var cities = services.GetRequiredService<CityDirectory>().All;
        if (cities.FirstOrDefault(city => city.Id == cityId) is not { } city)
        {
            await output.WriteLineAsync($"No city is called {cityId}. Configured: {string.Join(", ", cities.Select(each => each.Id))}.");
            return 2;
        }

        if (!MimeKit.MailboxAddress.TryParse(email, out _))
        {
            await output.WriteLineAsync($"\"{email}\" is not an e-mail address.");
            return 2;
        }

        await using var scope = services.CreateCityScope(city);
        var (accounts, clock) = (scope.ServiceProvider.GetRequiredService<UserManager<Account>>(), scope.ServiceProvider.GetRequiredService<TimeProvider>());
        var account = await accounts.FindByEmailAsync(email);
        if (account is null)
        {
            account = Account.Create(email, email.Split('@')[0], city.DefaultLanguage, clock.GetUtcNow());
            scope.ServiceProvider.GetRequiredService<AuditTrail>().Record("account.created", $"account:{account.Id}", new { by = "operator" });
            var created = await accounts.CreateAsync(account);
            if (!created.Succeeded)
            {
                throw new InvalidOperationException(string.Join(' ', created.Errors.Select(error => error.Description)));
            }
        }

        var granted = await scope.ServiceProvider.GetRequiredService<RoleHandler>().GrantAsync(account.Id, Role.Administrator, "", clock.GetUtcNow(), until: null, "Appointed by the operator", cancel);
        await output.WriteLineAsync(granted == GrantRoleResult.AlreadyHeld ? $"{email} is an administrator already." : $"{email} is an administrator of {city.Name}: sign in by e-mail link and set up a second factor.");
        return 0;
    }
}
