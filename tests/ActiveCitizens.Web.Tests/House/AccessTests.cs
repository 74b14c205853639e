using System.Net;
using ActiveCitizens.Web.Features.Accounts;
using ActiveCitizens.Web.Tests.Harness;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace ActiveCitizens.Web.Tests.House;

/// <summary>Every page against everybody: a page that is not in the table fails the test, so a new one cannot be forgotten.</summary>
public sealed class AccessTests
{
    private static readonly Role[] All = Enum.GetValues<Role>();

    private enum For { Everyone, SignedIn, Officer, Administrator }

    private static readonly Dictionary<string, For> Pages = new(StringComparer.Ordinal)
    {
        ["account"] = For.SignedIn,
        ["account/data"] = For.SignedIn,
        ["account/delete"] = For.SignedIn,
        ["account/deleted"] = For.Everyone,
        ["account/passkeys"] = For.SignedIn,
        ["account/password"] = For.SignedIn,
        ["account/profile"] = For.SignedIn,
        ["account/residence"] = For.SignedIn,
        ["account/second-factor"] = For.SignedIn,
        ["account/sessions"] = For.SignedIn,
        ["account/sign-in"] = For.Everyone,
        ["account/sign-in/again"] = For.SignedIn,
        ["account/sign-in/code"] = For.Everyone,
        ["account/sign-in/link"] = For.Everyone,
        ["account/sign-in/password"] = For.Everyone,
        ["account/sign-in/sent"] = For.Everyone,
        ["account/sign-out"] = For.Everyone,
        ["administration"] = For.Administrator,
        ["administration/audit"] = For.Administrator,
        ["administration/audit/download"] = For.Administrator,
        ["administration/messages"] = For.Administrator,
        ["administration/people"] = For.Administrator,
        ["administration/people/{id:guid}"] = For.Administrator,
        ["administration/people/{id:guid}/withdraw/{grantId:guid}"] = For.Administrator,
        ["desk/letters"] = For.Officer,
        ["desk/residence"] = For.Officer,
    };

    [Fact]
    public async Task Every_page_opens_for_those_it_is_for_and_for_nobody_else()
    {
        await using var city = new CityFactory(Database.Sqlite, demonstration: true);
        var anonymous = city.Anonymous();
        var resident = city.SignedIn();
        var everyRole = All.ToDictionary(role => role, role => city.SignedIn(role));
        var routes = city.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()
            .Where(endpoint => endpoint.Metadata.GetMetadata<IHttpMethodMetadata>()?.HttpMethods.Contains("GET") != false)
            .Select(endpoint => endpoint.RoutePattern.RawText!.TrimStart('/')).ToHashSet(StringComparer.Ordinal);
        routes.ExceptWith(["health/live", "health/ready"]);

        Assert.Empty(routes.Except(Pages.Keys).Order());
        Assert.Empty(Pages.Keys.Except(routes).Order());
        foreach (var (route, audience) in Pages)
        {
            var path = "/" + Sample(city, route);
            await ExpectAsync(anonymous, path, opens: audience == For.Everyone, signedIn: false);
            await ExpectAsync(resident, path, opens: audience is For.Everyone or For.SignedIn, signedIn: true);
            foreach (var (role, browser) in everyRole)
            {
                var opens = audience switch { For.Officer => role == Role.Officer, For.Administrator => role == Role.Administrator, _ => true };
                await ExpectAsync(browser, path, opens, signedIn: true);
            }
        }
    }

    private static string Sample(CityFactory city, string route) => route switch
    {
        "administration/people/{id:guid}" => $"administration/people/{city.AddAccount().Id}",
        "administration/people/{id:guid}/withdraw/{grantId:guid}" => GrantPath(city),
        _ => route,
    };

    private static string GrantPath(CityFactory city)
    {
        var account = city.AddAccount(roles: Role.Moderator);
        return $"administration/people/{account.Id}/withdraw/{city.InDb(db => Task.FromResult(db.Set<RoleGrant>().Single(grant => grant.AccountId == account.Id).Id))}";
    }

    // A page that is open may still send on ("you are signed in already"), but never to the sign-in page.
    private static async Task ExpectAsync(CityBrowser browser, string path, bool opens, bool signedIn)
    {
        using var answer = await browser.GetAsync(path);
        var led = answer.Headers.Location?.ToString() ?? "";
        var asExpected = opens
            ? answer.StatusCode is HttpStatusCode.OK || (answer.StatusCode is HttpStatusCode.Redirect && !led.Contains("/account/sign-in?ReturnUrl", StringComparison.OrdinalIgnoreCase) && !led.Contains("returnPath=%2F", StringComparison.Ordinal))
            : signedIn ? answer.StatusCode == HttpStatusCode.Forbidden : answer.StatusCode == HttpStatusCode.Redirect && led.Contains("/account/sign-in", StringComparison.Ordinal);
        Assert.True(asExpected, $"{path}: {(opens ? "should open" : "should not open")} for {(signedIn ? browser.Account!.Id.ToString() : "anonymous")}, got {(int)answer.StatusCode} {led}");
    }
}
