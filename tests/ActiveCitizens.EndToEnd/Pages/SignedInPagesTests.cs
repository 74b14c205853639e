using ActiveCitizens.EndToEnd.Harness;

namespace ActiveCitizens.EndToEnd.Pages;

/// <summary>The pages one sees only when signed in.</summary>
public sealed class SignedInPagesTests(Site site, ITestOutputHelper output)
{
    [Theory]
    [InlineData("inhabitant", "fr"), InlineData("inhabitant", "en")]
    [InlineData("officer", "fr"), InlineData("officer", "en")]
    [InlineData("administrator", "fr"), InlineData("administrator", "en")]
    public async Task Every_page_of_a_persona_is_sound(string persona, string language)
    {
        await using var visitor = await site.VisitAsync(persona);
        var crawl = new Crawl(visitor, language, IsOwn);
        var starts = new List<string> { "/account" };
        var expected = new List<string> { "/account/passkeys", "/account/residence", "/account/second-factor", "/account/sessions", "/account/profile", "/account/password", "/account/data", "/account/delete" };
        if (persona == "officer")
        {
            starts.AddRange(["/desk/residence", "/desk/letters"]);
        }

        if (persona == "administrator")
        {
            starts.Add("/administration");
            expected.AddRange(["/administration/people", "/administration/audit", "/administration/messages", "/administration/territories", "/administration/addresses", "/administration/budgets", "/administration/deliberations", "/administration/mandates"]);
        }

        var faults = await crawl.RunAsync([.. starts]);
        output.WriteLine($"{crawl.Visited.Count} pages: {string.Join(' ', crawl.Visited)}");
        Assert.Empty(expected.Except(crawl.Visited, StringComparer.Ordinal));
        if (persona == "administrator")
        {
            Assert.Contains(crawl.Visited, path => Crawl.KindOf(path) == "/administration/people/*");
            Assert.Contains(crawl.Visited, path => Crawl.KindOf(path) == "/administration/budgets/*");
            Assert.Contains(crawl.Visited, path => Crawl.KindOf(path) == "/administration/addresses/*");
        }

        Assert.True(faults.Count == 0, string.Join('\n', faults));
    }

    private static bool IsOwn(string path) =>
        path.StartsWith("/account", StringComparison.Ordinal) || path.StartsWith("/desk", StringComparison.Ordinal) || path.StartsWith("/administration", StringComparison.Ordinal);
}
