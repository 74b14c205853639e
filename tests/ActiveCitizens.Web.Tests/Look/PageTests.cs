using System.IO.Compression;
using System.Net;
using System.Text;
using ActiveCitizens.Web.Features.Shared.Assets;
using AngleSharp.Dom;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace ActiveCitizens.Web.Tests.Look;

public sealed class PageTests(LookSite site) : IClassFixture<LookSite>
{
    public static TheoryData<string> Pages =>
        ["/", "/about", "/accessibility", "/legal-notice", "/personal-data", "/design", "/design/form-errors", "/design/confirmation", "/design/letter", "/nowhere"];

    [Theory, MemberData(nameof(Pages))]
    public async Task A_page_has_one_title_its_landmarks_and_a_language(string address)
    {
        foreach (var (prefix, language) in new[] { ("", "fr"), ("/en", "en") })
        {
            var page = await site.GetPageAsync(prefix + address);
            Assert.Equal(language, page.DocumentElement.GetAttribute("lang"));
            Assert.Single(page.QuerySelectorAll("h1"));
            Assert.Single(page.QuerySelectorAll("main#main"));
            Assert.Single(page.QuerySelectorAll("body > header"));
            Assert.Single(page.QuerySelectorAll("body > footer"));
            Assert.Equal("#main", page.QuerySelector("body > a:first-child")!.GetAttribute("href"));
            Assert.Contains("Agen", page.Title, StringComparison.Ordinal);
            var ids = page.QuerySelectorAll("[id]").Select(element => element.Id).ToList();
            Assert.Equal(ids.Count, ids.Distinct().Count());
        }
    }

    [Theory, MemberData(nameof(Pages))]
    public async Task A_page_holds_nothing_that_a_strict_policy_refuses(string address)
    {
        var page = await site.GetPageAsync(address);
        Assert.Empty(page.QuerySelectorAll("[style], style, script:not([src]), iframe, object, embed, base"));
        Assert.DoesNotContain(page.All, element => element.Attributes.Any(attribute => attribute.Name.StartsWith("on", StringComparison.OrdinalIgnoreCase)));
        Assert.DoesNotContain(page.QuerySelectorAll("script, link[rel=stylesheet], img"), element => (element.GetAttribute("src") ?? element.GetAttribute("href"))!.Contains("//", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("/about", "/en/about", "/about")]
    [InlineData("/en/about?p=2", "/en/about?p=2", "/about?p=2")]
    [InlineData("/", "/en", "/")]
    [InlineData("/nowhere?q=a", "/en/nowhere?q=a", "/nowhere?q=a")]
    public async Task The_language_switch_stays_on_the_page(string address, string english, string french)
    {
        var page = await site.GetPageAsync(address);
        var link = Assert.Single(page.QuerySelectorAll("header a[hreflang]"));
        Assert.Equal(address.StartsWith("/en", StringComparison.Ordinal) ? french : english, link.GetAttribute("href"));
        Assert.Equal(link.GetAttribute("lang"), link.GetAttribute("hreflang"));
        Assert.Equal(address.Contains("nowhere", StringComparison.Ordinal) ? 0 : 3, page.QuerySelectorAll("link[rel=alternate]").Length);
    }

    [Fact]
    public async Task The_demonstration_says_that_it_is_one() =>
        Assert.Contains("démonstration", (await site.GetPageAsync("/")).QuerySelector(".demonstration")!.TextContent, StringComparison.Ordinal);

    [Theory]
    [InlineData(".page-header .breadcrumbs")]
    [InlineData(".ds-button[data-variant=secondary]")]
    [InlineData(".notice[data-color=danger]")]
    [InlineData(".empty-state")]
    [InlineData(".ds-tag.status")]
    [InlineData(".card-list > .card--link")]
    [InlineData("dl.stats > .stat .stat__source")]
    [InlineData("dl.summary-list dt")]
    [InlineData(".table-scroll[tabindex] > table caption")]
    [InlineData("nav.pager [aria-current=page]")]
    [InlineData("form[role=search]")]
    [InlineData(".progress progress")]
    [InlineData("ol.steps [aria-current=step]")]
    [InlineData(".map-with-list .map-list [data-feature]")]
    [InlineData(".point-picker [data-use=position]")]
    [InlineData("figure[data-chart=bar] table")]
    [InlineData("figure[data-chart=grouped-bar] table")]
    [InlineData("figure[data-chart=histogram] table")]
    [InlineData("figure[data-chart=line] table")]
    [InlineData("ul.download-list a[download]")]
    [InlineData(".command [data-copy]")]
    [InlineData("details.reveal")]
    [InlineData("time[datetime]")]
    public async Task The_design_page_shows_the_component(string selector) => Assert.NotNull((await site.GetPageAsync("/design")).QuerySelector(selector));

    [Fact]
    public async Task Header_cells_say_what_they_head()
    {
        var page = await site.GetPageAsync("/design");
        Assert.All(page.QuerySelectorAll("thead th"), cell => Assert.Equal("col", cell.GetAttribute("scope")));
        Assert.All(page.QuerySelectorAll("tbody th"), cell => Assert.Equal("row", cell.GetAttribute("scope")));
    }

    [Theory]
    [InlineData("/design")]
    [InlineData("/design/form-errors")]
    [InlineData("/design?handler=Shapes")]
    public async Task The_design_page_is_for_builders_only(string address)
    {
        await using var inService = new LookSite { EnvironmentName = Environments.Production };
        using var client = inService.CreateClient();
        Assert.Equal(HttpStatusCode.NotFound, (await client.GetAsync(new Uri(address, UriKind.Relative))).StatusCode);
    }

    [Theory]
    [InlineData("br", "br")]
    [InlineData("gzip, deflate", "gzip")]
    [InlineData("gzip;q=1, br;q=0", "gzip")]
    [InlineData("identity", null)]
    [InlineData("", null)]
    public async Task Style_sheets_come_compressed_and_for_ever(string accepted, string? sent)
    {
        var manifest = site.Services.GetRequiredService<AssetManifest>();
        using var client = site.CreateClient();
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri($"/assets/{manifest.NameOf("site.css")}", UriKind.Relative));
        request.Headers.TryAddWithoutValidation("Accept-Encoding", accepted);
        using var response = await client.SendAsync(request);
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal("text/css", response.Content.Headers.ContentType?.MediaType);
        Assert.Equal(sent, response.Content.Headers.ContentEncoding.SingleOrDefault());
        Assert.Equal("public, max-age=31536000, immutable", response.Headers.CacheControl?.ToString());
        Assert.Equal("Accept-Encoding", response.Headers.Vary.Single());
    }

    [Fact] // The first view: page, styles, script and fonts, as a browser with an empty cache receives them.
    public async Task The_first_view_of_a_public_page_stays_under_150_kilobytes()
    {
        var manifest = site.Services.GetRequiredService<AssetManifest>();
        foreach (var address in new[] { "/", "/about", "/accessibility" })
        {
            Assert.InRange(Compressed((await site.GetPageAsync(address)).DocumentElement.OuterHtml) + CommonBytes(manifest), 30_000, 150_000);
        }

        // Even a page with both a map and nothing cached, or with charts, stays under it.
        Assert.InRange(CommonBytes(manifest) + manifest.SentBytes("map.css") + manifest.SentBytes("map.js"), 60_000, 150_000);
        Assert.InRange(CommonBytes(manifest) + manifest.SentBytes("chart.js"), 60_000, 150_000);
    }

    private static int CommonBytes(AssetManifest manifest) =>
        new[] { "site.css", "site.js", "font-regular.woff2", "font-bold.woff2" }.Sum(manifest.SentBytes);

    private static int Compressed(string html)
    {
        using var buffer = new MemoryStream();
        using (var brotli = new BrotliStream(buffer, CompressionLevel.Fastest, leaveOpen: true))
        {
            brotli.Write(Encoding.UTF8.GetBytes(html));
        }

        return (int)buffer.Length;
    }
}
