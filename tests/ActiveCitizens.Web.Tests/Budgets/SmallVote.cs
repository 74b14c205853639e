using System.Net;
using System.Text;
using ActiveCitizens.Web.Features.Accounts;
using ActiveCitizens.Web.Features.Budgets.ImportRound;
using ActiveCitizens.Web.Tests.Harness;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace ActiveCitizens.Web.Tests.Budgets;

/// <summary>Four voters, three projects, 100 euros, imported through the administrator's form.</summary>
internal static class SmallVote
{
    public const string Text = """
        META
        key;value
        description;A small vote
        country;France
        unit;Agen
        instance;2026
        num_projects;3
        num_votes;4
        budget;100
        vote_type;approval
        rule;greedy
        date_begin;01.01.2026
        date_end;31.01.2026
        currency;EUR
        PROJECTS
        project_id;cost;votes;name;category;latitude;longitude
        1;60;3;Jardin partagé;Nature;44.2;0.62
        2;50;2;=HYPERLINK("http://evil.example");Nature;;
        3;40;1;<script>alert(1)</script>;Sport;;
        VOTES
        voter_id;vote;sex;age
        a;1,2;F;34
        b;1;M;51
        c;1,2;F;78
        d;3;O;16

        """;

    public static readonly Dictionary<string, string> Form = new() { ["Title"] = "Agen 2026", ["Publisher"] = "Ville d’Agen", ["Rule"] = "city_greedy_skip" };

    public static async Task<RoundImport> ImportAsync(CityFactory city, CityBrowser administrator, string name, byte[] content)
    {
        var answer = await administrator.FillAndPostAsync("/administration/budgets", Form, files: new Dictionary<string, (string, byte[])> { ["File"] = (name, content) });
        Assert.Equal(HttpStatusCode.Redirect, answer.StatusCode);
        RunImports(city);
        return city.InDb(db => db.Set<RoundImport>().AsNoTracking().OrderByDescending(import => import.FinishedAt).ThenByDescending(import => import.Id).FirstAsync(import => import.FileName == name));
    }

    public static void RunImports(CityFactory city) => city.InScope(services => services.GetRequiredService<ImportRoundHandler>().RunWaitingAsync(CancellationToken.None));

    /// <summary>The round <c>agen-2026</c>, seen by everybody.</summary>
    public static async Task PublishAsync(CityFactory city)
    {
        var administrator = city.SignedIn(Role.Administrator);
        var import = await ImportAsync(city, administrator, "agen.pb", Encoding.UTF8.GetBytes(Text));
        await administrator.FillAndPostAsync($"/administration/budgets/{import.Id}", new Dictionary<string, string>(), "#publish");
    }
}
