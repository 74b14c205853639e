using System.Text;
using System.Text.Json;
using ActiveCitizens.EndToEnd.Harness;
using ActiveCitizens.Voting.Groups;
using ActiveCitizens.Voting.Trustees;
using ActiveCitizens.Web.Features.Elections;
using ActiveCitizens.Web.Tests.Elections;
using ActiveCitizens.Web.Tests.Harness;
using Microsoft.EntityFrameworkCore;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace ActiveCitizens.EndToEnd.Elections;

/// <summary>The board's pages in a real browser: what is secret stays there.</summary>
public sealed class BoardTests(Site site)
{
    [Fact]
    public async Task Keys_and_codes_are_made_on_the_device_and_the_tally_is_decrypted_there()
    {
        await using var city = await ElectionSite.StartAsync();
        var sample = SampleElection.Called(city.Factory, contests: 2, electors: 3, candidates: 3);
        city.Factory.InDb(async db =>
        {
            await db.Set<Election>().Where(one => one.Id == sample.Election.Id).ExecuteUpdateAsync(set => set.SetProperty(one => one.TrusteesDocument, (byte[]?)null));
            await db.Set<Contest>().Where(one => one.ElectionId == sample.Election.Id).ExecuteUpdateAsync(set => set.SetProperty(one => one.CredentialsDocument, (byte[]?)null));
            db.Add(new BoardMember { Id = Guid.NewGuid(), ElectionId = sample.Election.Id, Name = "Anna", Email = "anna@example.org", Duty = BoardDuty.Trustee, TrusteeNumber = 1, ContestId = null });
            await db.SaveChangesAsync();
        });

        await using var anna = await site.VisitAsync(width: 360);
        var page = anna.Page;
        await SignInAsync(page, city, "anna@example.org");
        await page.GotoAsync($"{city.Address}/board/{sample.Election.Slug}");
        await page.Locator("main .card a[href$='/key']").ClickAsync();
        var key = Path.Combine(site.Folder, $"{Guid.NewGuid():N}.json");
        var saved = await page.RunAndWaitForDownloadAsync(() => page.Locator("[data-act=make]").ClickAsync());
        await saved.SaveAsAsync(key);
        await Expect(page.Locator("[data-last]")).ToBeHiddenAsync();
        await page.Locator("#saved-key").SetInputFilesAsync(new FilePayload { Name = "other.json", MimeType = "application/json", Buffer = "\"1\""u8.ToArray() });
        await Expect(page.Locator("[data-last]")).ToBeHiddenAsync();
        await page.Locator("#saved-key").SetInputFilesAsync(key);
        await Expect(page.Locator("[data-last]")).ToBeVisibleAsync();
        await FaultlessAsync(anna);
        var checksum = await page.Locator("[data-checksum]").InnerTextAsync();
        await page.Locator("[data-last] button").ClickAsync();
        await Expect(page.Locator("main")).ToContainTextAsync(checksum);
        await FaultlessAsync(anna);
        Assert.Equal(checksum, TrusteeSet.Read(sample.ReadState().TrusteesDocument, Group.Ed25519).Keys[0].Checksum.Hex);

        await using var authority = await site.VisitAsync();
        var codes = authority.Page;
        await SignInAsync(codes, city, $"codes-{sample.Election.Slug}@example.org");
        await codes.GotoAsync($"{city.Address}/board/{sample.Election.Slug}/codes");
        var sent = new List<string>();
        codes.Request += (_, request) => sent.Add($"{request.Url} {string.Join(' ', request.Headers)} {Encoding.UTF8.GetString(request.PostDataBuffer ?? [])}");
        // The browser does not show what a request carries in files: the page itself says it.
        await codes.ExposeFunctionAsync("recordSent", (string body) => sent.Add(body));
        await codes.AddInitScriptAsync("""
            const send = window.fetch;
            window.fetch = async (to, options) => {
              for (const [name, value] of options?.body instanceof FormData ? options.body : []) {
                await window.recordSent(`${name} ${value instanceof Blob ? `${value.name} ${await value.text()}` : value}`);
              }
              return send(to, options);
            };
            """);
        await codes.ReloadAsync();
        await codes.Locator("[data-act=make]").ClickAsync();
        await Expect(codes.Locator("[data-files] button")).ToHaveCountAsync(2);
        var privateFiles = new List<string>();
        foreach (var button in await codes.Locator("[data-files] button").AllAsync())
        {
            await Expect(codes.Locator("[data-last]")).ToBeHiddenAsync();
            var file = await codes.RunAndWaitForDownloadAsync(() => button.ClickAsync());
            Assert.Matches("^private_credentials-q[0-9]+\\.json$", file.SuggestedFilename);
            privateFiles.Add(Path.Combine(site.Folder, $"{Guid.NewGuid():N}.json"));
            await file.SaveAsAsync(privateFiles[^1]);
        }

        await FaultlessAsync(authority);
        await codes.Locator("[data-last]").ClickAsync();
        await Expect(codes.Locator("table [data-color=success]")).ToHaveCountAsync(2);
        await LettersArePrintedAsync(authority, sample, privateFiles[0]);
        Assert.Contains(sent, request => request.Contains("public_credentials.json", StringComparison.Ordinal));
        foreach (var file in privateFiles)
        {
            var secret = JsonSerializer.Deserialize<Dictionary<string, string>>(await File.ReadAllTextAsync(file))!;
            Assert.Equal(3, secret.Count);
            Assert.All(secret.Values, code => Assert.DoesNotContain(sent, request => request.Contains(code, StringComparison.Ordinal)));
        }

        Assert.IsType<Web.Features.Elections.SealElection.SealElectionResult.Sealed>(sample.Seal());

        // Nobody votes; the sum of nothing is decrypted all the same.
        sample.Close();
        // Past the hours: sessions are as old as the clock says.
        await page.GotoAsync($"{city.Address}/board/{sample.Election.Slug}/decrypt");
        await page.Locator("#private-key").SetInputFilesAsync(new FilePayload { Name = "no-key.json", MimeType = "application/json", Buffer = "{}"u8.ToArray() });
        await page.Locator("#decrypt button[type=submit]").ClickAsync();
        await Expect(page.Locator("[data-report] li")).ToHaveCountAsync(1);
        await page.Locator("#private-key").SetInputFilesAsync(key);
        await page.Locator("#decrypt button[type=submit]").ClickAsync();
        await Expect(page.Locator("[data-report] li")).ToHaveCountAsync(3, new() { Timeout = 60_000 });
        await FaultlessAsync(anna);
        Assert.All(sample.Contests, contest => Assert.Equal(BoxState.Decrypted, sample.Read(contest).Box));
        Assert.Equal(Voting.Verification.VerificationVerdict.Valid, sample.Verify(sample.Contests[0]).Verdict);
    }

    /// <summary>One letter per elector of the neighbourhood, a sheet each, from its own private file only.</summary>
    private static async Task LettersArePrintedAsync(Visitor authority, SampleElection sample, string privateFile)
    {
        var page = authority.Page;
        var letters = page.Locator("#letters .code-letter");
        await page.Locator("#private-codes").SetInputFilesAsync(new FilePayload { Name = "roll.json", MimeType = "application/json", Buffer = "{\"9\":\"AbCdE-FgHiJk-LmNoP-QrStUv\"}"u8.ToArray() });
        await page.Locator("#make-letters button[type=submit]").ClickAsync();
        await Expect(page.Locator("#make-letters [role=status]")).Not.ToBeEmptyAsync();
        await Expect(letters).ToHaveCountAsync(0);

        var codes = JsonSerializer.Deserialize<Dictionary<string, string>>(await File.ReadAllTextAsync(privateFile))!;
        await page.Locator("#private-codes").SetInputFilesAsync(privateFile);
        await page.Locator("#make-letters button[type=submit]").ClickAsync();
        await Expect(letters).ToHaveCountAsync(3);
        await Expect(page.Locator("[data-act=print]")).ToBeVisibleAsync();
        for (var i = 0; i < 3; i++)
        {
            var number = $"{i + 1}";
            await Expect(letters.Nth(i).Locator(".code-letter__code")).ToHaveTextAsync($"{number} {codes[number]}");
            await Expect(letters.Nth(i).Locator(".code-letter__to")).ToContainTextAsync("47000 Agen");
            await Expect(letters.Nth(i)).ToContainTextAsync(sample.Election.HelpLine);
            await Expect(letters.Nth(i).Locator("svg[role=img]")).ToBeVisibleAsync();
        }

        await FaultlessAsync(authority);
        var sheets = Encoding.Latin1.GetString(await page.PdfAsync(new() { PreferCSSPageSize = true }));
        Assert.Equal(3, System.Text.RegularExpressions.Regex.Count(sheets, "/Type /Page\\b"));
        await page.EmulateMediaAsync(new() { Media = Media.Print });
        await Expect(page.Locator("#hand-in")).ToBeHiddenAsync();
        await Expect(letters.First).ToBeVisibleAsync();
        await page.EmulateMediaAsync(new() { Media = Media.Screen });
    }

    [Fact]
    public async Task Three_trustees_make_a_shared_key_and_two_decrypt_when_the_third_has_disappeared()
    {
        await using var city = await ElectionSite.StartAsync();
        var sample = SampleElection.Called(city.Factory, contests: 1, electors: 3, candidates: 3);
        city.Factory.InDb(async db =>
        {
            await db.Set<Election>().Where(one => one.Id == sample.Election.Id).ExecuteUpdateAsync(set => set.SetProperty(one => one.TrusteesDocument, (byte[]?)null).SetProperty(one => one.TrusteeThreshold, 2));
            db.AddRange(new[] { "Anna", "Bilal", "Dora" }.Select((name, i) => new BoardMember
            {
                Id = Guid.NewGuid(), ElectionId = sample.Election.Id, Name = name, Email = $"{name.ToLowerInvariant()}@example.org", Duty = BoardDuty.Trustee, TrusteeNumber = i + 1, ContestId = null,
            }));
            await db.SaveChangesAsync();
        });

        await using var anna = await site.VisitAsync(width: 360);
        await using var bilal = await site.VisitAsync();
        await using var dora = await site.VisitAsync();
        Visitor[] members = [anna, bilal, dora];
        string[] names = ["anna", "bilal", "dora"];
        var files = names.Select(name => Path.Combine(site.Folder, $"{name}-{Guid.NewGuid():N}.json")).ToList();
        var sent = new List<string>();
        for (var i = 0; i < members.Length; i++)
        {
            var page = members[i].Page;
            await SignInAsync(page, city, $"{names[i]}@example.org");
            page.Request += (_, request) => sent.Add(request.Url + (request.PostData ?? ""));
            await page.GotoAsync($"{city.Address}/board/{sample.Election.Slug}/key");
            var saved = await page.RunAndWaitForDownloadAsync(() => page.Locator("[data-act=make]").ClickAsync());
            await saved.SaveAsAsync(files[i]);
            await page.Locator("#member-file").SetInputFilesAsync(new FilePayload { Name = "other.json", MimeType = "application/json", Buffer = "{}"u8.ToArray() });
            await Expect(page.Locator("#hold-ceremony [role=status]")).Not.ToBeEmptyAsync();
            await Expect(page.Locator("[data-last]")).ToBeHiddenAsync();
            await HandInAsync(page, files[i]);
        }

        for (var round = 2; round <= 4; round++)
        {
            var fingerprints = new List<string>();
            for (var i = 0; i < members.Length; i++)
            {
                var page = members[i].Page;
                await page.GotoAsync($"{city.Address}/board/{sample.Election.Slug}/key");
                if (round == 2 && i == 0)
                {
                    // Another member's secret makes nothing.
                    await page.Locator("#member-file").SetInputFilesAsync(files[1]);
                    await Expect(page.Locator("#hold-ceremony [role=status]")).Not.ToBeEmptyAsync();
                    await Expect(page.Locator("[data-last]")).ToBeHiddenAsync();
                    await FaultlessAsync(anna);
                }

                fingerprints.Add(await HandInAsync(page, files[i]));
            }

            Assert.Single(fingerprints.Distinct());
        }

        var trustees = TrusteeSet.Read(sample.ReadState().TrusteesDocument, Group.Ed25519);
        Assert.Null(trustees.FindProblem());
        await dora.Page.GotoAsync($"{city.Address}/board/{sample.Election.Slug}/key");
        await Expect(dora.Page.Locator("main")).ToContainTextAsync(trustees.Keys[2].Checksum.Hex);
        Assert.IsType<Web.Features.Elections.SealElection.SealElectionResult.Sealed>(sample.Seal());
        sample.Cast(sample.Contests[0], sample.Contests[0].Electors[0], 1);
        sample.Close();

        // Dora is not to be found any more.
        for (var i = 0; i < 2; i++)
        {
            var page = members[i].Page;
            await page.GotoAsync($"{city.Address}/board/{sample.Election.Slug}/decrypt");
            await page.Locator("#private-key").SetInputFilesAsync(files[i]);
            await page.Locator("#decrypt button[type=submit]").ClickAsync();
            await Expect(page.Locator("[data-report] li")).ToHaveCountAsync(2, new() { Timeout = 60_000 });
            await FaultlessAsync(members[i]);
        }

        Assert.Equal(BoxState.Decrypted, sample.Read(sample.Contests[0]).Box);
        Assert.Equal(Voting.Verification.VerificationVerdict.Valid, sample.Verify(sample.Contests[0]).Verdict);
        Assert.NotEmpty(sent);
        foreach (var file in files)
        {
            using var secret = JsonDocument.Parse(await File.ReadAllTextAsync(file));
            Assert.DoesNotContain(sent, request => request.Contains(secret.RootElement.GetProperty("Seed").GetString()!, StringComparison.Ordinal));
        }
    }

    /// <returns>The fingerprint that is shown to be compared; empty in the first round.</returns>
    private static async Task<string> HandInAsync(IPage page, string file)
    {
        await page.Locator("#member-file").SetInputFilesAsync(file);
        await Expect(page.Locator("[data-last]")).ToBeVisibleAsync();
        var fingerprint = page.Locator("[data-certificates]");
        var shown = await fingerprint.CountAsync() == 0 ? "" : await fingerprint.InnerTextAsync();
        await page.Locator("[data-last] button").ClickAsync();
        await Expect(page.Locator("main .notice[data-color=success]").First).ToBeVisibleAsync();
        return shown;
    }

    private static async Task SignInAsync(IPage page, ElectionSite city, string email)
    {
        city.Factory.AddAccount(email);
        await page.GotoAsync($"{city.Address}/account/sign-in");
        await page.Locator("main input[type=email]").First.FillAsync(email);
        await page.Locator("main form button[type=submit]").First.ClickAsync();
        await page.WaitForURLAsync("**/account/sign-in/sent**");
        var link = Mailbox.LinkIn(city.Factory.LastMessageTo(email));
        await page.GotoAsync(city.Address + link);
        await page.Locator("main form button[type=submit]").ClickAsync();
        await page.WaitForURLAsync("**/account");
    }

    private static async Task FaultlessAsync(Visitor visitor)
    {
        var faults = await PageCheck.FaultsAsync(visitor, "fr", PageCheck.AllViews);
        Assert.True(faults.Count == 0, string.Join('\n', faults));
    }
}
