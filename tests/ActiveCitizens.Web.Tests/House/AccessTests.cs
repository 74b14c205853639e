using System.Net;
using ActiveCitizens.Web.Features.Accounts;
using ActiveCitizens.Web.Features.Budgets.ImportRound;
using ActiveCitizens.Web.Features.Elections;
using ActiveCitizens.Web.Features.Neighbourhoods;
using ActiveCitizens.Web.Features.Neighbourhoods.ImportAddresses;
using ActiveCitizens.Web.Tests.Elections;
using ActiveCitizens.Web.Tests.Harness;
using ActiveCitizens.Web.Tests.Mandates;
using ActiveCitizens.Web.Tests.MunicipalCouncil;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace ActiveCitizens.Web.Tests.House;

/// <summary>Every page against everybody: a page that is not in the table fails the test, so a new one cannot be forgotten.</summary>
public sealed class AccessTests
{
    private static readonly Role[] All = Enum.GetValues<Role>();

    private enum For { Everyone, SignedIn, Officer, Register, Council, ElectionOffice, ElectionBoard, Administrator }

    private static readonly Dictionary<string, For> Pages = new(StringComparer.Ordinal)
    {
        // Whoever is named, by address: no role opens them. BoardTests lets the members in.
        [""] = For.Everyone,
        ["about"] = For.Everyone,
        ["accessibility"] = For.Everyone,
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
        ["administration/addresses"] = For.Administrator,
        ["administration/addresses/{id:guid}"] = For.Administrator,
        ["administration/audit"] = For.Administrator,
        ["administration/audit/download"] = For.Administrator,
        ["administration/budgets"] = For.Administrator,
        ["administration/budgets/{id:guid}"] = For.Administrator,
        ["administration/deliberations"] = For.Register,
        ["administration/deliberations/record"] = For.Register,
        ["administration/deliberations/{id:guid}"] = For.Register,
        ["administration/deliberations/{id:guid}/edit"] = For.Register,
        ["administration/deliberations/{id:guid}/end/{authorisationId:guid}"] = For.Register,
        ["administration/elections"] = For.ElectionOffice,
        ["administration/elections/create"] = For.ElectionOffice,
        ["administration/elections/{id:guid}"] = For.ElectionOffice,
        ["administration/elections/{id:guid}/board"] = For.ElectionOffice,
        ["administration/elections/{id:guid}/calendar"] = For.ElectionOffice,
        ["administration/elections/{id:guid}/candidacies"] = For.ElectionOffice,
        ["administration/elections/{id:guid}/candidacies/enter"] = For.ElectionOffice,
        ["administration/elections/{id:guid}/candidacies/{candidacyId:guid}"] = For.ElectionOffice,
        ["administration/elections/{id:guid}/edit"] = For.ElectionOffice,
        ["administration/elections/{id:guid}/end"] = For.ElectionOffice,
        ["administration/elections/{id:guid}/order"] = For.ElectionOffice,
        ["administration/elections/{id:guid}/roll"] = For.ElectionOffice,
        ["administration/elections/{id:guid}/roll/add"] = For.ElectionOffice,
        ["administration/elections/{id:guid}/roll/electors/{electorId:guid}"] = For.ElectionOffice,
        ["administration/elections/{id:guid}/roll/imports/{importId:guid}"] = For.ElectionOffice,
        ["administration/elections/{id:guid}/seal"] = For.ElectionOffice,
        ["administration/elections/{id:guid}/seats"] = For.ElectionOffice,
        ["administration/mandates"] = For.Administrator,
        ["administration/mandates/prepare"] = For.Administrator,
        ["administration/mandates/{id:guid}"] = For.Administrator,
        ["administration/mandates/{id:guid}/delegations/{competenceId:guid}"] = For.Administrator,
        ["administration/mandates/{id:guid}/edit"] = For.Administrator,
        ["administration/messages"] = For.Administrator,
        ["administration/people"] = For.Administrator,
        ["administration/people/{id:guid}"] = For.Administrator,
        ["administration/people/{id:guid}/withdraw/{grantId:guid}"] = For.Administrator,
        ["administration/territories"] = For.Administrator,
        ["administration/territories/{id:guid}"] = For.Administrator,
        ["board/{slug}"] = For.ElectionBoard,
        ["board/{slug}/codes"] = For.ElectionBoard,
        ["board/{slug}/decrypt"] = For.ElectionBoard,
        ["board/{slug}/desk"] = For.ElectionBoard,
        ["board/{slug}/key"] = For.ElectionBoard,
        ["board/{slug}/paper"] = For.ElectionBoard,
        ["board/{slug}/paper/{code}"] = For.ElectionBoard,
        ["board/{slug}/proclaim"] = For.ElectionBoard,
        ["board/{slug}/watch"] = For.ElectionBoard,
        ["budgets"] = For.Everyone,
        ["budgets/{slug}"] = For.Everyone,
        ["budgets/{slug}/projects.csv"] = For.Everyone,
        ["budgets/{slug}/projects.geojson"] = For.Everyone,
        ["budgets/{slug}/projects/{number:int}"] = For.Everyone,
        ["budgets/{slug}/projects/{number:int}/needed/{rule}"] = For.Everyone,
        ["budgets/{slug}/result.json"] = For.Everyone,
        ["budgets/{slug}/result/{rule?}"] = For.Everyone,
        ["budgets/{slug}/{file}.pb"] = For.Everyone,
        ["city"] = For.Everyone,
        ["deliberations"] = For.Everyone,
        ["deliberations/{year:int}/{number:int}"] = For.Everyone,
        ["deliberations/{year:int}/{number:int}/text.txt"] = For.Everyone,
        ["desk/letters"] = For.Officer,
        ["desk/residence"] = For.Officer,
        ["elections"] = For.Everyone,
        ["elections/{slug}"] = For.Everyone,
        ["elections/{slug}/fingerprints.atom"] = For.Everyone,
        ["elections/{slug}/fingerprints.json"] = For.Everyone,
        ["elections/{slug}/order"] = For.Everyone,
        ["elections/{slug}/record"] = For.Everyone,
        ["elections/{slug}/record.docx"] = For.Everyone,
        ["elections/{slug}/record.pdf"] = For.Everyone,
        ["elections/{slug}/results"] = For.Everyone,
        ["elections/{slug}/roll"] = For.Everyone,
        ["elections/{slug}/verify"] = For.Everyone,
        ["elections/{slug}/{code}"] = For.Everyone,
        ["elections/{slug}/{code}/archive.bel"] = For.Everyone,
        ["elections/{slug}/{code}/board"] = For.Everyone,
        ["elections/{slug}/{code}/candidates"] = For.Everyone,
        ["elections/{slug}/{code}/candidates/sheet"] = For.Everyone,
        ["elections/{slug}/{code}/candidates/{id:guid}"] = For.Everyone,
        ["elections/{slug}/{code}/candidates/{id:guid}/picture.jpg"] = For.Everyone,
        ["elections/{slug}/{code}/candidates/{id:guid}/statement.pdf"] = For.Everyone,
        ["elections/{slug}/{code}/record"] = For.Everyone,
        ["elections/{slug}/{code}/record.docx"] = For.Everyone,
        ["elections/{slug}/{code}/record.pdf"] = For.Everyone,
        ["elections/{slug}/{code}/result"] = For.Everyone,
        ["elections/{slug}/{code}/stand"] = For.SignedIn,
        ["elections/{slug}/{code}/stand/check"] = For.SignedIn,
        ["legal-notice"] = For.Everyone,
        ["mandates"] = For.Everyone,
        ["mandates/{year:int}"] = For.Everyone,
        ["neighbourhoods"] = For.Everyone,
        ["neighbourhoods/find"] = For.Everyone,
        ["neighbourhoods/{slug}"] = For.Everyone,
        ["neighbourhoods/{slug}/council"] = For.Everyone,
        ["neighbourhoods/{slug}/council/keep"] = For.Council,
        ["neighbourhoods/{slug}/map.geojson"] = For.Everyone,
        ["open-data/deliberations.csv"] = For.Everyone,
        ["open-data/deliberations.json"] = For.Everyone,
        ["open-data/neighbourhoods.csv"] = For.Everyone,
        ["open-data/neighbourhoods.geojson"] = For.Everyone,
        ["personal-data"] = For.Everyone,
        ["signing-authorisations"] = For.Everyone,
        ["vote/standalone.html"] = For.Everyone,
        ["vote/{slug}/{code}"] = For.Everyone,
        ["vote/{slug}/{code}/code"] = For.Everyone,
        ["vote/{slug}/{code}/credentials.json"] = For.Everyone,
        ["vote/{slug}/{code}/election.json"] = For.Everyone,
        ["vote/{slug}/{code}/upload"] = For.Everyone,
    };

    [Fact]
    public async Task Every_page_opens_for_those_it_is_for_and_for_nobody_else()
    {
        await using var city = new CityFactory(Database.Sqlite, demonstration: true);
        var election = ProclaimedElection(city);
        var anonymous = city.Anonymous();
        var resident = city.SignedIn();
        var everyRole = All.ToDictionary(role => role, role => city.SignedIn(role));
        var routes = city.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()
            .Where(endpoint => endpoint.Metadata.GetMetadata<IHttpMethodMetadata>()?.HttpMethods.Contains("GET") != false)
            .Select(endpoint => endpoint.RoutePattern.RawText!.TrimStart('/')).ToHashSet(StringComparer.Ordinal);
        routes.ExceptWith(["health/live", "health/ready"]);
        // The design pages are 404 outside Development and the error pages answer only when something went wrong: tests of their own hold them.
        routes.RemoveWhere(route => route.StartsWith("design", StringComparison.Ordinal) || route.StartsWith("errors/", StringComparison.Ordinal));

        Assert.Empty(routes.Except(Pages.Keys).Order());
        Assert.Empty(Pages.Keys.Except(routes).Order());
        foreach (var (route, audience) in Pages)
        {
            var path = "/" + (OfElection(city, election, route) ?? Sample(city, route));
            await ExpectAsync(anonymous, path, opens: audience == For.Everyone, signedIn: false);
            await ExpectAsync(resident, path, opens: audience is For.Everyone or For.SignedIn, signedIn: true);
            foreach (var (role, browser) in everyRole)
            {
                var opens = audience switch { For.Officer => role == Role.Officer, For.ElectionOffice => role is Role.Officer or Role.Administrator, For.Register => role is Role.Administrator or Role.Mayor, For.Council => role is Role.Administrator or Role.Councillor, For.ElectionBoard => false, For.Administrator => role == Role.Administrator, _ => true };
                await ExpectAsync(browser, path, opens, signedIn: true);
            }
        }
    }

    private static string Sample(CityFactory city, string route) => route switch
    {
        "administration/people/{id:guid}" => $"administration/people/{city.AddAccount().Id}",
        "administration/people/{id:guid}/withdraw/{grantId:guid}" => GrantPath(city),
        "administration/addresses/{id:guid}" => $"administration/addresses/{city.InDb(db => Task.FromResult(db.Set<AddressImport>().First().Id))}",
        "administration/budgets/{id:guid}" => $"administration/budgets/{city.InDb(db => Task.FromResult(db.Set<RoundImport>().First().Id))}",
        "administration/deliberations/{id:guid}/end/{authorisationId:guid}" => Acts.AuthorisationPath(city),
        _ when route.StartsWith("administration/deliberations/{id:guid}", StringComparison.Ordinal) => route.Replace("{id:guid}", Acts.Add(city, Acts.Content(number: 1, day: new DateOnly(1999, 2, 1))).Id.ToString(), StringComparison.Ordinal),
        _ when route.StartsWith("deliberations/{year:int}", StringComparison.Ordinal) => route.Replace("{year:int}/{number:int}", Acts.AddPosted(city).Reference.Replace('-', '/'), StringComparison.Ordinal),
        _ when route.StartsWith("administration/mandates/{id:guid}", StringComparison.Ordinal) => SampleMandates.Path(city, route),
        "mandates/{year:int}" => $"mandates/{SampleMandates.AnOpened(city).Year}",
        // A draft is its owner's alone: for everybody else, administrators too, it is not found.
        "administration/territories/{id:guid}" => $"administration/territories/{Guid.NewGuid()}",
        // The councillors of these tests are those of Q14.
        "neighbourhoods/{slug}/council/keep" => "neighbourhoods/q14/council/keep",
        _ when route.StartsWith("neighbourhoods/{slug}", StringComparison.Ordinal) => route.Replace("{slug}", city.InDb(db => Task.FromResult(db.Set<Neighbourhood>().First().Slug)), StringComparison.Ordinal),
        _ => route.Replace("{slug}", "toulouse-2019", StringComparison.Ordinal).Replace("{number:int}", "1", StringComparison.Ordinal)
            .Replace("/{rule?}", "", StringComparison.Ordinal).Replace("{rule}", "city_greedy_skip", StringComparison.Ordinal).Replace("{file}", "toulouse-2019", StringComparison.Ordinal),
    };

    /// <summary>Null for a page that is none of an election's.</summary>
    private static string? OfElection(CityFactory city, SampleElection proclaimed, string route)
    {
        if (route.Contains("candidac", StringComparison.Ordinal) || route.Contains("candidates", StringComparison.Ordinal) || route.EndsWith("/order", StringComparison.Ordinal) || route.Contains("/stand", StringComparison.Ordinal))
        {
            return SampleCandidacies.Path(city, route);
        }

        if (route.Contains("/roll", StringComparison.Ordinal))
        {
            return route.StartsWith("administration/", StringComparison.Ordinal) ? SampleRolls.Path(city, route) : route.Replace("{slug}", proclaimed.Election.Slug, StringComparison.Ordinal);
        }

        // The booth's pages need an open vote, with codes by e-mail.
        var sample = route.StartsWith("vote/{slug}", StringComparison.Ordinal) ? SampleElection.Sealed(city, rules: new() { SecondSecret = SecondSecret.EmailCode })
            : route.Contains("elections/{", StringComparison.Ordinal) || route.StartsWith("board/", StringComparison.Ordinal) ? proclaimed
            : null;
        return sample is null ? null : route.Replace("{id:guid}", sample.Election.Id.ToString(), StringComparison.Ordinal).Replace("{slug}", sample.Election.Slug, StringComparison.Ordinal).Replace("{code}", sample.Contests[0].Code(), StringComparison.Ordinal);
    }

    /// <summary>Far enough along for every page of an election; nobody of these tests is on its board.</summary>
    private static SampleElection ProclaimedElection(CityFactory city)
    {
        var sample = SampleElection.Sealed(city, trustees: 1);
        sample.Cast(sample.Contests[0], sample.Contests[0].Electors[0], 0);
        SeatTests.Count(sample);
        PaperTests.Finish(sample);
        SeatTests.Proclaim(sample);
        return sample;
    }

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
            ? answer.StatusCode is HttpStatusCode.OK || (answer.StatusCode is HttpStatusCode.NotFound && path.StartsWith("/administration/territories/", StringComparison.Ordinal)) || (answer.StatusCode is HttpStatusCode.Redirect && !led.Contains("/account/sign-in?ReturnUrl", StringComparison.OrdinalIgnoreCase) && !led.Contains("returnPath=%2F", StringComparison.Ordinal))
            : signedIn ? answer.StatusCode == HttpStatusCode.Forbidden : answer.StatusCode == HttpStatusCode.Redirect && led.Contains("/account/sign-in", StringComparison.Ordinal);
        Assert.True(asExpected, $"{path}: {(opens ? "should open" : "should not open")} for {(signedIn ? browser.Account!.Id.ToString() : "anonymous")}, got {(int)answer.StatusCode} {led}");
    }
}
