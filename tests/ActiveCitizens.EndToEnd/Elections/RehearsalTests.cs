using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using ActiveCitizens.EndToEnd.Harness;
using ActiveCitizens.Voting.Tests;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace ActiveCitizens.EndToEnd.Elections;

/// <summary>A whole rehearsal of three neighbourhoods through the pages alone, each person in a browser of their own; then what it published is verified by programs that never saw the site.</summary>
public sealed partial class RehearsalTests(Site site)
{
    private const string Office = "administrator";
    private const int ElectorsEach = 5;
    private static readonly string[] Codes = ["q01", "q02", "q03"];

    [Fact]
    public async Task A_rehearsal_of_three_neighbourhoods_is_held_in_browsers_and_verifies_with_both_programs()
    {
        var slug = $"rehearsal-{Guid.NewGuid():N}"[..20];
        var folder = Directory.CreateDirectory(Path.Combine(site.Folder, slug)).FullName;
        await using var office = await site.VisitAsync(Office);
        var path = await CreateAsync(office, slug);
        await NameCandidatesAsync(office.Page, path);
        await NameBoardAsync(office.Page, path);

        await using var president = await site.VisitAsync("mayor");
        await using var trustee = await site.VisitAsync("facilitator");
        var keys = new[] { await MakeKeyAsync(president, slug, folder), await MakeKeyAsync(trustee, slug, folder) };
        var roll = new Letters(slug, await MakeCodesAsync(slug, folder), await ReadRollAsync(office.Page, path));

        await LeaveOutAsync(office.Page, path, "LettersPosted");
        await LeaveOutAsync(office.Page, path, "CampaignOpened");
        await office.Page.GotoAsync($"{path}/seal");
        await SubmitAsync(office.Page, "#seal");
        await FaultlessAsync(office);

        await VoteAsync(roll, "q01", number: 1, answer: 0, audits: true);
        await VoteAsync(roll, "q01", number: 2, answer: 1);
        var earlier = await DownloadAsync(office.Page, slug, Path.Combine(folder, "earlier"));
        // Whoever votes again is counted once, by the last ballot.
        await VoteAsync(roll, "q01", number: 2, answer: 0);
        await using var assessor = await site.VisitAsync("verified inhabitant", width: 820);
        await MarkAsync(assessor, slug, number: 3);
        await VoteAsync(roll, "q01", number: 3, answer: 0, isRefused: true);
        await VoteAsync(roll, "q02", number: 1, answer: 1);
        await VoteAsync(roll, "q03", number: 4, answer: 0);

        await CloseAsync(president, slug);
        await TypePaperAsync(assessor, slug);
        await TypePaperAsync(president, slug);
        await president.Page.GotoAsync($"/board/{slug}/paper");
        await SubmitAsync(president.Page, "main form[method=post]");
        await DecryptAsync(president, slug, keys[0]);
        await DecryptAsync(trustee, slug, keys[1]);
        await president.Page.GotoAsync($"/board/{slug}/proclaim");
        await president.Page.Locator("[name='Proclaim.Sure'][type=checkbox]").CheckAsync();
        await SubmitAsync(president.Page, "#proclaim-result");
        await FaultlessAsync(president);

        await using var reader = await site.VisitAsync();
        foreach (var address in Codes.Select(code => $"/{code}/result").Prepend("/results").Concat(["/q01/board", "/record", "/verify"]))
        {
            await OpenAsync(reader.Page, $"/elections/{slug}{address}");
            await FaultlessAsync(reader);
        }

        // Two voted online, one of them twice, and one on paper; all for the first candidate.
        await OpenAsync(reader.Page, $"/elections/{slug}/q01/result");
        await Expect(reader.Page.Locator("main .stats dd").Nth(1)).ToHaveTextAsync("3");
        await Expect(reader.Page.Locator("main figure tbody td").First).ToHaveTextAsync("3");
        await VerifyAsync(earlier, await DownloadAsync(reader.Page, slug, Path.Combine(folder, "published")));
    }

    /// <summary>What the electors have in their hands and heads: the credential in their letter, and their date of birth.</summary>
    private sealed record Letters(string Slug, Dictionary<string, Dictionary<string, string>> Credentials, Dictionary<string, Dictionary<int, DateOnly>> Born);

    private static string Candidate(string code, int number) => $"Camille Essai-{(char)('A' + Array.IndexOf(Codes, code))}{(char)('a' + number)}";

    private async Task<string> CreateAsync(Visitor office, string slug)
    {
        var page = office.Page;
        await page.GotoAsync("/administration/elections/create");
        await page.Locator("#Input_Name").FillAsync("Répétition générale");
        await page.Locator("#Input_Slug").FillAsync(slug);
        await page.Locator("#Input_MandateId").SelectOptionAsync(new SelectOptionValue { Index = await page.Locator("#Input_MandateId option").CountAsync() - 1 });
        await page.Locator("[name='Input.IsRehearsal'][type=checkbox]").CheckAsync();
        foreach (var box in await page.Locator("[name='Input.Codes']").AllAsync())
        {
            var code = await box.GetAttributeAsync("value");
            await box.SetCheckedAsync(Codes.Contains(code, StringComparer.OrdinalIgnoreCase));
        }

        await SubmitAsync(page, "main form.stack");
        await page.WaitForURLAsync(ElectionPath());
        await FaultlessAsync(office);
        var path = new Uri(page.Url).AbsolutePath;
        await page.GotoAsync($"{path}/edit");
        await page.Locator("#Input_OpensOn").FillAsync(Day(-1));
        await page.Locator("#Input_OpensTime").FillAsync("08:00");
        await page.Locator("#Input_ClosesOn").FillAsync(Day(+2));
        await page.Locator("#Input_ClosesTime").FillAsync("18:00");
        await page.Locator("#Input_HelpLine").FillAsync("05 53 00 00 00, mairie");
        await page.Locator("[name='Input.Method'][value=IndividualPlurality]").CheckAsync();
        await page.Locator("[name='Input.SecondSecret'][value=DateOfBirth]").CheckAsync();
        await page.Locator("[name='Input.ElectsUnopposed'][type=checkbox]").UncheckAsync();
        await SubmitAsync(page, "main form.stack");
        await page.WaitForURLAsync(ElectionPath());
        await SubmitAsync(page, "#call");
        await page.GotoAsync($"{path}/roll");
        await page.Locator("#Invention_Count").FillAsync($"{ElectorsEach}");
        await SubmitAsync(page, "#invent");
        await FaultlessAsync(office);
        await LeaveOutAsync(page, path, "RollDisplayed");
        return path;
    }

    private static async Task NameCandidatesAsync(IPage page, string path)
    {
        await FinishAsync(page, path, "CandidaciesOpened");
        foreach (var code in Codes)
        {
            for (var number = 1; number <= 2; number++)
            {
                await page.GotoAsync($"{path}/candidacies/enter");
                await page.Locator("#Where_Place").SelectOptionAsync(code);
                var name = Candidate(code, number).Split(' ');
                await page.Locator("#Input_FirstNames").FillAsync(name[0]);
                await page.Locator("#Input_LastName").FillAsync(name[1]);
                await page.Locator("#Input_BornOn").FillAsync($"19{60 + number}-05-12");
                await SubmitAsync(page, "#candidacy");
            }
        }

        await FinishAsync(page, path, "CandidaciesClosed");
        await page.GotoAsync($"{path}/candidacies");
        var links = page.Locator("main tbody th a");
        await Expect(links).ToHaveCountAsync(2 * Codes.Length);
        foreach (var address in await links.EvaluateAllAsync<string[]>("all => all.map(a => a.href)"))
        {
            await page.GotoAsync(address);
            await SubmitAsync(page, "#accept");
        }

        await page.GotoAsync($"{path}/candidacies");
        await SubmitAsync(page, "#close");
        await page.GotoAsync($"{path}/order");
        await page.Locator("#Input_Seed").FillAsync("2026-12-01 4 8 15 16 23 42");
        await page.Locator("#Input_Source").FillAsync("Tirage du loto de la veille");
        await SubmitAsync(page, "main form.stack");
    }

    private static async Task NameBoardAsync(IPage page, string path)
    {
        foreach (var (name, email, duty, holdsKey) in new[]
        {
            ("Claire Darmagnac", "claire@agen.example", "President", true), ("Théo Vidal", "theo@agen.example", "Trustee", true),
            ("Inès Laborde", "ines@agen.example", "CredentialAuthority", false), ("Marcel Cazeneuve", "marcel@agen.example", "Assessor", false),
        })
        {
            await page.GotoAsync($"{path}/board");
            await page.Locator("#Input_Name").FillAsync(name);
            await page.Locator("#Input_Email").FillAsync(email);
            await page.Locator("#Input_Duty").SelectOptionAsync(duty);
            await page.Locator("[name='Input.HoldsKey'][type=checkbox]").SetCheckedAsync(holdsKey);
            await SubmitAsync(page, "#name");
            await Expect(page.Locator("main tbody")).ToContainTextAsync(email);
        }

        await SubmitAsync(page, "#form-board");
        await Expect(page.Locator("#form-board")).ToHaveCountAsync(0);
    }

    private static async Task<string> MakeKeyAsync(Visitor visitor, string slug, string folder)
    {
        var page = visitor.Page;
        await page.GotoAsync($"/board/{slug}");
        await page.Locator("main .card a[href$='/key']").ClickAsync();
        var saved = await page.RunAndWaitForDownloadAsync(() => page.Locator("[data-act=make]").ClickAsync());
        var key = Path.Combine(folder, saved.SuggestedFilename);
        await saved.SaveAsAsync(key);
        await page.Locator("#saved-key").SetInputFilesAsync(key);
        await page.Locator("[data-last] button").ClickAsync();
        await Expect(page.Locator("#make-key")).ToHaveCountAsync(0);
        await FaultlessAsync(visitor);
        return key;
    }

    /// <returns>For each neighbourhood, the private credential of each elector's number: what the letters are printed from.</returns>
    private async Task<Dictionary<string, Dictionary<string, string>>> MakeCodesAsync(string slug, string folder)
    {
        await using var authority = await site.VisitAsync("inhabitant");
        var page = authority.Page;
        await page.GotoAsync($"/board/{slug}/codes");
        await page.Locator("[data-act=make]").ClickAsync();
        await Expect(page.Locator("[data-files] button")).ToHaveCountAsync(Codes.Length, new() { Timeout = 60_000 });
        var letters = new Dictionary<string, Dictionary<string, string>>(StringComparer.Ordinal);
        foreach (var (button, code) in (await page.Locator("[data-files] button").AllAsync()).Zip(Codes))
        {
            var file = await page.RunAndWaitForDownloadAsync(() => button.ClickAsync());
            Assert.Equal($"private_credentials-{code}.json", file.SuggestedFilename);
            await file.SaveAsAsync(Path.Combine(folder, file.SuggestedFilename));
            letters[code] = JsonSerializer.Deserialize<Dictionary<string, string>>(await File.ReadAllTextAsync(Path.Combine(folder, file.SuggestedFilename)))!;
            Assert.Equal(ElectorsEach, letters[code].Count);
        }

        await page.Locator("[data-last]").ClickAsync();
        await Expect(page.Locator("table [data-color=success]")).ToHaveCountAsync(Codes.Length);
        await FaultlessAsync(authority);
        return letters;
    }

    /// <returns>For each neighbourhood, the date of birth of each elector's number, as the office looks them up.</returns>
    private static async Task<Dictionary<string, Dictionary<int, DateOnly>>> ReadRollAsync(IPage page, string path)
    {
        await page.GotoAsync($"{path}/roll");
        var bureaus = await page.Locator("main table").Last.Locator("tbody tr").EvaluateAllAsync<string[][]>("rows => rows.map(row => [row.cells[0].innerText.trim(), row.cells[1].innerText.trim()])");
        var born = Codes.ToDictionary(code => code, _ => new Dictionary<int, DateOnly>(), StringComparer.Ordinal);
        foreach (var letter in new[] { "a", "e", "i", "o", "u" })
        {
            await page.GotoAsync($"{path}/roll?q={letter}");
            foreach (var row in await page.Locator("main table").First.Locator("tbody tr").EvaluateAllAsync<string[][]>("rows => rows.map(row => [row.cells[1].querySelector('time')?.dateTime ?? '', row.cells[2].innerText.trim(), row.cells[3]?.innerText.trim() ?? ''])"))
            {
                if (row[0].Length > 0)
                {
                    var place = bureaus.Single(one => one[0] == row[1])[1];
                    born[place[..3].ToLowerInvariant()][int.Parse(row[2], CultureInfo.InvariantCulture)] = DateOnly.ParseExact(row[0], "yyyy-MM-dd", CultureInfo.InvariantCulture);
                }
            }
        }

        return born;
    }

    private async Task VoteAsync(Letters roll, string code, int number, int answer, bool audits = false, bool isRefused = false)
    {
        await using var elector = await site.VisitAsync(width: 360);
        var page = elector.Page;
        await page.GotoAsync($"/vote/{roll.Slug}/{code}");
        await page.Locator("#Input_Code").FillAsync($"{number} {roll.Credentials[code][$"{number}"]}");
        var day = roll.Born[code][number];
        await page.Locator("#Secret_Day").FillAsync($"{day.Day}");
        await page.Locator("#Secret_Month").FillAsync($"{day.Month}");
        await page.Locator("#Secret_Year").FillAsync($"{day.Year}");
        await page.Locator("[data-go='2']:visible").ClickAsync();
        await Expect(page.Locator("#step-2")).ToBeFocusedAsync();
        await page.Locator($"#answer-{answer}").CheckAsync();
        await page.Locator("[data-step='2'] [data-go='3']").ClickAsync();
        await Expect(page.Locator("#tracker")).ToHaveTextAsync(Tracker(), new() { Timeout = 60_000 });
        if (audits)
        {
            await page.Locator("[data-step='3'] details summary").ClickAsync();
            await page.Locator("#audit").ClickAsync();
            await Expect(page.Locator("#step-audit")).ToBeFocusedAsync();
            await FaultlessAsync(elector);
            await page.Locator("[data-step=audit] [data-go='2']").ClickAsync();
            await page.Locator("[data-step='2'] [data-go='3']").ClickAsync();
            await Expect(page.Locator("#tracker")).ToHaveTextAsync(Tracker(), new() { Timeout = 60_000 });
        }

        await page.Locator("[data-step='3'] [data-go='4']").ClickAsync();
        await page.Locator("#cast").ClickAsync();
        await Expect(page.Locator(isRefused ? "#refusal" : "#step-done")).ToBeFocusedAsync(new() { Timeout = 60_000 });
        if (!isRefused)
        {
            await FaultlessAsync(elector);
        }
    }

    private static async Task MarkAsync(Visitor assessor, string slug, int number)
    {
        var page = assessor.Page;
        await page.GotoAsync($"/board/{slug}/desk?bureau=q01");
        await page.Locator("#mark [name='Input.Number']").FillAsync($"{number}");
        await page.Locator("#mark [name='Input.Way'][value=PollingStation]").CheckAsync();
        // The page sends marks by itself, so that a short network cut does not stop the queue.
        await page.RunAndWaitForResponseAsync(() => page.Locator("#mark button[type=submit]").ClickAsync(), answer => answer.Request.Method == "POST");
        await page.GotoAsync($"/board/{slug}/desk?bureau=q01&q={number}");
        await Expect(page.Locator("main tbody [data-color=warning]")).ToHaveCountAsync(1);
        await FaultlessAsync(assessor);
    }

    private static async Task CloseAsync(Visitor president, string slug)
    {
        var page = president.Page;
        await page.GotoAsync($"/board/{slug}/watch");
        await FaultlessAsync(president);
        await page.Locator("[name='Closing.Sure'][type=checkbox]").CheckAsync();
        await SubmitAsync(page, "#close-boxes");
        await Expect(page.Locator("#close-boxes")).ToHaveCountAsync(0);
    }

    private static async Task TypePaperAsync(Visitor visitor, string slug)
    {
        var page = visitor.Page;
        await page.GotoAsync($"/board/{slug}/paper/q01");
        await page.Locator("[name='Input.Ballots']").FillAsync("1");
        await page.Locator("[name='Input.Blank']").FillAsync("0");
        await page.Locator("[name='Input.Void']").FillAsync("0");
        await page.Locator("[name='Input.Votes[0]']").FillAsync("1");
        await page.Locator("[name='Input.Votes[1]']").FillAsync("0");
        await FaultlessAsync(visitor);
        await SubmitAsync(page, "#figures");
    }

    private static async Task DecryptAsync(Visitor visitor, string slug, string key)
    {
        var page = visitor.Page;
        await page.GotoAsync($"/board/{slug}");
        await page.Locator("main .card a[href$='/decrypt']").ClickAsync();
        await page.Locator("#private-key").SetInputFilesAsync(key);
        await page.Locator("#decrypt button[type=submit]").ClickAsync();
        // One line for each box, and one that says that this person's part is done.
        await Expect(page.Locator("[data-report] li")).ToHaveCountAsync(Codes.Length + 1, new() { Timeout = 120_000 });
        await page.ReloadAsync();
        await Expect(page.Locator("main table [data-color=success]")).ToHaveCountAsync(Codes.Length);
        await FaultlessAsync(visitor);
    }

    /// <returns>The archive of each neighbourhood, each in a folder of its own under the name that belenios-tool wants.</returns>
    private static async Task<IReadOnlyList<string>> DownloadAsync(IPage page, string slug, string folder)
    {
        var files = new List<string>();
        foreach (var code in Codes)
        {
            var answer = await page.APIRequest.GetAsync($"/elections/{slug}/{code}/archive.bel");
            Assert.Equal(200, answer.Status);
            var name = ArchiveName().Match(answer.Headers["content-disposition"]).Value;
            files.Add(Path.Combine(Directory.CreateDirectory(Path.Combine(folder, code)).FullName, name));
            await File.WriteAllBytesAsync(files[^1], await answer.BodyAsync());
        }

        return files;
    }

    private static async Task VerifyAsync(IReadOnlyList<string> earlier, IReadOnlyList<string> published)
    {
        foreach (var (before, after) in earlier.Zip(published))
        {
            var (exitCode, output, error) = await CommandLine.RunAsync($"activecitizens verify {Path.GetFileName(after)}", Path.GetDirectoryName(after)!, "--previous", before);
            Assert.True(exitCode == 0, output + error);
        }

        // Last, because the test is skipped here when the tool is not at hand.
        var tool = BeleniosTool.Ed25519();
        foreach (var (before, after) in earlier.Zip(published))
        {
            tool.Print("", "election", "verify", "--dir", Path.GetDirectoryName(after)!);
            tool.Print("", "election", "verify-diff", "--dir1", Path.GetDirectoryName(before)!, "--dir2", Path.GetDirectoryName(after)!);
        }
    }

    private static async Task FinishAsync(IPage page, string path, string step)
    {
        await page.GotoAsync($"{path}/calendar");
        await Expect(page.Locator("#finish [name=step]")).ToHaveValueAsync(step);
        await SubmitAsync(page, "#finish");
    }

    private static async Task LeaveOutAsync(IPage page, string path, string step)
    {
        await page.GotoAsync($"{path}/calendar");
        await Expect(page.Locator("#waive [name=step]")).ToHaveValueAsync(step);
        await page.Locator("#Waiver_Reason").FillAsync("Une répétition n’en a pas besoin");
        await SubmitAsync(page, "#waive");
    }

    /// <summary>Presses the form's button; the page that comes must not hold an error.</summary>
    private static async Task SubmitAsync(IPage page, string form)
    {
        await page.RunAndWaitForResponseAsync(() => page.Locator(form).Locator("button[type=submit]").First.ClickAsync(), answer => answer.Request.IsNavigationRequest && answer.Request.Method == "POST");
        await page.WaitForLoadStateAsync();
        if (await page.Locator(".ds-error-summary:visible, main .notice[data-color=danger]:visible").AllInnerTextsAsync() is { Count: > 0 } errors)
        {
            Assert.Fail($"{page.Url} {form}: {string.Join('\n', errors)}");
        }
    }

    private static async Task OpenAsync(IPage page, string address) => Assert.Equal(200, (await page.GotoAsync(address))!.Status);

    private static string Day(int fromToday) => DateTimeOffset.UtcNow.AddDays(fromToday).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    private static async Task FaultlessAsync(Visitor visitor)
    {
        var size = visitor.Page.ViewportSize!;
        var faults = await PageCheck.FaultsAsync(visitor, "fr", [(size.Width, ColorScheme.Light)]);
        await visitor.Page.SetViewportSizeAsync(size.Width, size.Height);
        Assert.True(faults.Count == 0, string.Join('\n', faults));
    }

    [GeneratedRegex("^[A-Za-z0-9+/]{43}$", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Tracker();

    [GeneratedRegex("/administration/elections/[0-9a-f-]{36}$", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex ElectionPath();

    [GeneratedRegex(@"[A-Za-z0-9]+\.bel", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex ArchiveName();
}
