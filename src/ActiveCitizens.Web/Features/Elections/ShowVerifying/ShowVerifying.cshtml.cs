using ActiveCitizens.Voting.Json;
using ActiveCitizens.Web.Features.Accounts;
using ActiveCitizens.Web.Features.Shared.Cities;
using ActiveCitizens.Web.Features.Shared.Operations;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.OutputCaching;

namespace ActiveCitizens.Web.Features.Elections.ShowVerifying;

/// <summary>Tells an inhabitant how to verify, with our program and with one that we did not write.</summary>
[OutputCache(PolicyName = PublicPage.Policy, Tags = [ElectionsModule.CacheTag])]
public sealed class ShowVerifyingModel(ElectionDirectory contests, City city) : PageModel
{
    public Election Election { get; private set; } = null!;

    /// <summary>Contests that have a box.</summary>
    public IReadOnlyList<Contest> Boxes { get; private set; } = [];

    public string Site => ReturnPath.SiteAddress(city, Request).AbsoluteUri.TrimEnd('/');

    public static string CredentialsFingerprint(Contest contest) => Digest.Of(contest.CredentialsDocument).Base64;

    public static string ElectionHex(Contest contest) => Digest.Of(contest.ElectionDocument).Hex;

    public static string CredentialsHex(Contest contest) => Digest.Of(contest.CredentialsDocument).Hex;

    public async Task<IActionResult> OnGetAsync(string slug, CancellationToken cancel)
    {
        if (await contests.FindAsync(slug, cancel) is not { } election)
        {
            return NotFound();
        }

        Election = election;
        Boxes = [.. (await contests.WholeContestsAsync(election.Id, cancel)).Where(contest => contest.LastEvent is not null)];
        return Page();
    }
}
