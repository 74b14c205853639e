using System.Diagnostics;
using System.Text.RegularExpressions;
using ActiveCitizens.EndToEnd.Harness;
using ActiveCitizens.Voting.Archives;
using ActiveCitizens.Web.Features.Elections;
using ActiveCitizens.Web.Tests.Elections;
using ActiveCitizens.Web.Tests.Harness;
using Microsoft.EntityFrameworkCore;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace ActiveCitizens.EndToEnd.Elections;

/// <summary>The booth in a real browser, before a sealed election.</summary>
public sealed partial class BoothTests(Site site, ITestOutputHelper output)
{
    private const int EncryptionBudgetMilliseconds = 2_000;

    [Theory, InlineData("fr"), InlineData("en")]
    public async Task Every_step_is_accessible_and_leads_to_a_ballot_in_the_box(string language)
    {
        await using var city = await ElectionSite.StartAsync();
        var sample = SampleElection.Sealed(city.Factory, candidates: 15);
        var (contest, elector) = (sample.Contests[0], sample.Contests[0].Electors[0]);
        await using var visitor = await site.VisitAsync(width: 360);
        var page = visitor.Page;
        var path = city.Address + (language == "fr" ? "" : "/en") + PathOf(sample);
        // The QR code of the letter: the code stands behind the # and is gone from the address once read.
        await page.GotoAsync($"{path}#{LetterCode(elector).Replace(' ', '_')}");
        await Expect(page.Locator("#Input_Code")).ToHaveValueAsync(LetterCode(elector));
        Assert.Equal(path, page.Url);
        await FaultlessAsync(visitor, language);

        await page.Locator("[data-go='2']:visible").ClickAsync();
        await Expect(page.Locator("#booth-errors")).ToBeFocusedAsync();
        await Expect(page.Locator("#Secret_Day")).ToHaveAttributeAsync("aria-invalid", "true");
        await FaultlessAsync(visitor, language);

        await FillBirthAsync(page, elector);
        await page.Locator("[data-go='2']:visible").ClickAsync();
        await Expect(page.Locator("#step-2")).ToBeFocusedAsync();
        await Expect(page.Locator("#step-2")).ToHaveAccessibleNameAsync(new Regex("2 (sur|of) 4"));
        await page.GetByLabel("Camille Candidat3", new() { Exact = true }).CheckAsync();
        await page.GetByLabel("Camille Candidat7", new() { Exact = true }).CheckAsync();
        await Expect(page.Locator("#chosen")).ToContainTextAsync("2 ");
        await FaultlessAsync(visitor, language);

        await page.Locator("[data-step='2'] [data-go='3']").ClickAsync();
        await Expect(page.Locator("#step-3")).ToBeFocusedAsync();
        await Expect(page.Locator("#tracker")).ToHaveTextAsync(Tracker());
        Assert.Equal(["Camille Candidat3", "Camille Candidat7"], await page.Locator("#summary li").AllInnerTextsAsync());
        await FaultlessAsync(visitor, language);
        var tracker = await page.Locator("#tracker").InnerTextAsync();
        Assert.Equal(0, Ballots(city));

        await page.Locator("[data-step='3'] [data-go='4']").ClickAsync();
        await Expect(page.Locator("#step-4")).ToBeFocusedAsync();
        await FaultlessAsync(visitor, language);
        await page.Locator("#cast").ClickAsync();
        await Expect(page.Locator("#step-done")).ToBeFocusedAsync();
        await Expect(page.Locator("#done-tracker")).ToHaveTextAsync(tracker);
        await FaultlessAsync(visitor, language);
        Assert.Equal(1, Ballots(city));
        Assert.NotEqual(Voting.Verification.VerificationVerdict.Invalid, sample.Verify(contest).Verdict);
    }

    [Fact]
    public async Task The_keyboard_alone_casts_a_ballot()
    {
        await using var city = await ElectionSite.StartAsync();
        var sample = SampleElection.Sealed(city.Factory, candidates: 3);
        var elector = sample.Contests[0].Electors[0];
        await using var visitor = await site.VisitAsync();
        var page = visitor.Page;
        await page.GotoAsync(city.Address + PathOf(sample));
        await TabToAsync(page, "#Input_Code");
        await page.Keyboard.TypeAsync(LetterCode(elector));
        foreach (var part in new[] { elector.BornOn.Day, elector.BornOn.Month, elector.BornOn.Year })
        {
            await page.Keyboard.PressAsync("Tab");
            await page.Keyboard.TypeAsync($"{part}");
        }

        await page.Keyboard.PressAsync("Enter");
        await Expect(page.Locator("#step-2")).ToBeFocusedAsync();
        await TabToAsync(page, "#answer-1");
        await page.Keyboard.PressAsync("Space");
        await TabToAsync(page, "[data-step='2'] [data-go='3']");
        await page.Keyboard.PressAsync("Enter");
        await Expect(page.Locator("#tracker")).ToHaveTextAsync(Tracker());
        await TabToAsync(page, "[data-step='3'] [data-go='4']");
        await page.Keyboard.PressAsync("Enter");
        await Expect(page.Locator("#step-4")).ToBeFocusedAsync();
        await TabToAsync(page, "#cast");
        await page.Keyboard.PressAsync("Enter");
        await Expect(page.Locator("#step-done")).ToBeFocusedAsync();
        Assert.Equal(1, Ballots(city));
        Assert.Empty(visitor.TakeComplaints());
    }

    [Fact]
    public async Task A_ballot_that_is_checked_is_confirmed_by_the_command_and_another_one_is_cast()
    {
        await using var city = await ElectionSite.StartAsync();
        var sample = SampleElection.Sealed(city.Factory, candidates: 5);
        var elector = sample.Contests[0].Electors[0];
        await using var visitor = await site.VisitAsync();
        var page = visitor.Page;
        await ChooseAsync(page, city, sample, elector, 1);
        await page.Locator("[data-step='3'] details summary").ClickAsync();
        await page.Locator("#audit").ClickAsync();
        await Expect(page.Locator("#step-audit")).ToBeFocusedAsync();
        await FaultlessAsync(visitor, "fr");
        var folder = Directory.CreateDirectory(Path.Combine(site.Folder, $"audit-{Guid.NewGuid():N}")).FullName;
        foreach (var file in new[] { "ballot.json", "audit.json", "election.json" })
        {
            var download = await page.RunAndWaitForDownloadAsync(() => page.Locator($"[data-file='{file}'], a[download='{file}']:visible").First.ClickAsync());
            await download.SaveAsAsync(Path.Combine(folder, file));
        }

        var (exitCode, said, error) = await CommandLine.RunAsync((await page.Locator("[data-step=audit] pre").InnerTextAsync()).Trim(), folder);
        Assert.True(exitCode == 0, error);
        Assert.Contains("Camille Candidat2", said, StringComparison.Ordinal);
        Assert.Equal(1, city.Factory.InDb(db => db.Set<AuditedBallot>().CountAsync()));

        await page.Locator("[data-step=audit] [data-go='2']").ClickAsync();
        await page.Locator("[data-step='2'] [data-go='3']").ClickAsync();
        await Expect(page.Locator("#tracker")).ToHaveTextAsync(Tracker());
        await page.Locator("[data-step='3'] [data-go='4']").ClickAsync();
        await page.Locator("#cast").ClickAsync();
        await Expect(page.Locator("#step-done")).ToBeFocusedAsync();
        Assert.Equal(1, Ballots(city));
    }

    [Fact]
    public async Task A_lost_answer_is_no_lost_ballot()
    {
        await using var city = await ElectionSite.StartAsync();
        var sample = SampleElection.Sealed(city.Factory, candidates: 5);
        await using var visitor = await site.VisitAsync();
        var page = visitor.Page;
        await ChooseAsync(page, city, sample, sample.Contests[0].Electors[0], 1);
        await page.Locator("[data-step='3'] [data-go='4']").ClickAsync();
        // The ballot arrives, the answer does not.
        await page.RouteAsync("**/cast", async route =>
        {
            await route.FetchAsync();
            await route.AbortAsync();
        });
        await page.Locator("#cast").ClickAsync();
        await Expect(page.Locator("#refusal")).ToBeFocusedAsync();
        Assert.Equal(1, Ballots(city));
        await page.UnrouteAsync("**/cast");
        await page.Locator("#cast").ClickAsync();
        await Expect(page.Locator("#step-done")).ToBeFocusedAsync();
        Assert.Equal(1, Ballots(city));
    }

    [Fact]
    public async Task Encrypting_fifteen_candidates_and_blank_on_a_slow_telephone_stays_in_the_budget()
    {
        await using var city = await ElectionSite.StartAsync();
        var sample = SampleElection.Sealed(city.Factory, candidates: 15);
        await using var visitor = await site.VisitAsync(width: 360);
        var page = visitor.Page;
        await IdentifyAsync(page, city, sample, sample.Contests[0].Electors[0]);
        await page.Locator("#answer-1").CheckAsync();
        var session = await page.Context.NewCDPSessionAsync(page);
        // This slows the page's own thread; of the encryption itself, tests/booth measures the same under the same brake.
        await session.SendAsync("Emulation.setCPUThrottlingRate", new() { ["rate"] = 6 });
        var watch = Stopwatch.StartNew();
        await page.Locator("[data-step='2'] [data-go='3']").ClickAsync();
        await Expect(page.Locator("#tracker")).ToHaveTextAsync(Tracker());
        watch.Stop();
        output.WriteLine($"Encrypted and shown after {watch.ElapsedMilliseconds} ms.");
        Assert.InRange(watch.ElapsedMilliseconds, 0, EncryptionBudgetMilliseconds);
    }

    [Fact]
    public async Task Without_scripts_the_page_says_how_to_vote_and_a_file_can_be_handed_in()
    {
        await using var city = await ElectionSite.StartAsync();
        var sample = SampleElection.Sealed(city.Factory, candidates: 5);
        var (contest, elector) = (sample.Contests[0], sample.Contests[0].Electors[0]);
        await using var visitor = await site.VisitAsync(javaScript: false);
        var page = visitor.Page;
        await page.GotoAsync(city.Address + PathOf(sample));
        await Expect(page.Locator(".notice:visible")).ToContainTextAsync("05 00 00 00 00");
        await page.Locator(".notice:visible a[href$=upload]").ClickAsync();
        await page.Locator("#Input_Number").FillAsync($"{elector.Number}");
        await FillBirthAsync(page, elector);
        await page.Locator("#Input_File").SetInputFilesAsync(new FilePayload { Name = "ballot.json", MimeType = "application/json", Buffer = sample.BallotOf(contest, elector, 2) });
        await page.Locator("main form button[type=submit]").ClickAsync();
        await Expect(page.Locator(".booth__tracker")).ToHaveTextAsync(Tracker());
        Assert.Equal(1, Ballots(city));
    }

    private static string PathOf(SampleElection sample) => $"/vote/{sample.Election.Slug}/{sample.Contests[0].Contest.NeighbourhoodCode.ToLowerInvariant()}";

    private static string LetterCode(LetterHolder elector) => $"{elector.Number} {elector.Code.Text}";

    private static int Ballots(ElectionSite city) => city.Factory.InDb(db => db.Set<BoxEvent>().CountAsync(one => one.Type == ArchiveEventType.Ballot));

    private static async Task FillBirthAsync(IPage page, LetterHolder elector)
    {
        await page.Locator("#Secret_Day").FillAsync($"{elector.BornOn.Day}");
        await page.Locator("#Secret_Month").FillAsync($"{elector.BornOn.Month}");
        await page.Locator("#Secret_Year").FillAsync($"{elector.BornOn.Year}");
    }

    private static async Task IdentifyAsync(IPage page, ElectionSite city, SampleElection sample, LetterHolder elector)
    {
        await page.GotoAsync(city.Address + PathOf(sample));
        await page.Locator("#Input_Code").FillAsync(LetterCode(elector));
        await FillBirthAsync(page, elector);
        await page.Locator("[data-go='2']:visible").ClickAsync();
        await Expect(page.Locator("#step-2")).ToBeFocusedAsync();
    }

    private static async Task ChooseAsync(IPage page, ElectionSite city, SampleElection sample, LetterHolder elector, int answer)
    {
        await IdentifyAsync(page, city, sample, elector);
        await page.Locator($"#answer-{answer}").CheckAsync();
        await page.Locator("[data-step='2'] [data-go='3']").ClickAsync();
        await Expect(page.Locator("#tracker")).ToHaveTextAsync(Tracker());
    }

    private static async Task TabToAsync(IPage page, string wanted)
    {
        for (var stops = 0; stops < 100; stops++)
        {
            await page.Keyboard.PressAsync("Tab");
            if (await page.Locator(wanted).EvaluateAsync<bool>("e => e === document.activeElement"))
            {
                return;
            }
        }

        Assert.Fail($"{wanted} was not reached by the Tab key.");
    }

    private static async Task FaultlessAsync(Visitor visitor, string language)
    {
        var faults = await PageCheck.FaultsAsync(visitor, language, PageCheck.AllViews);
        Assert.True(faults.Count == 0, string.Join('\n', faults));
    }

    [GeneratedRegex("^[A-Za-z0-9+/]{43}$", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Tracker();
}
