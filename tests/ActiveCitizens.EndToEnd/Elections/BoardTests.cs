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
        await page.Locator("main .card a").ClickAsync();
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
        await codes.Locator("[data-act=make]").ClickAsync();
        await Expect(codes.Locator("[data-files] button")).ToHaveCountAsync(2);
        foreach (var button in await codes.Locator("[data-files] button").AllAsync())
        {
            await Expect(codes.Locator("[data-last]")).ToBeHiddenAsync();
            var file = await codes.RunAndWaitForDownloadAsync(() => button.ClickAsync());
            Assert.Matches("^private_credentials-q[0-9]+\\.json$", file.SuggestedFilename);
        }

        await FaultlessAsync(authority);
        await codes.Locator("[data-last]").ClickAsync();
        await Expect(codes.Locator("table [data-color=success]")).ToHaveCountAsync(2);
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
