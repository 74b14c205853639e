using ActiveCitizens.Web.Features.Shared.Operations;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.OutputCaching;

namespace ActiveCitizens.Web.Features.Elections.WriteRecord;

/// <summary>The official record to read and to print; from the browser's own printing it becomes a PDF.</summary>
[OutputCache(PolicyName = PublicPage.Policy, Tags = [ElectionsModule.CacheTag])]
public sealed class ShowRecordModel(ElectionDirectory contests, RecordWriter writer) : PageModel
{
    public Election Election { get; private set; } = null!;
    public Contest? Contest { get; private set; }
    public OfficialRecord Record { get; private set; } = null!;
    public string Address => Contest is null ? $"/elections/{Election.Slug}/record" : $"/elections/{Election.Slug}/{Contest.Path}/record";

    public async Task<IActionResult> OnGetAsync(string slug, string? code, CancellationToken cancel)
    {
        if (code is null)
        {
            if (await contests.FindAsync(slug, cancel) is not { } election)
            {
                return NotFound();
            }

            Election = election;
        }
        else if (await contests.FindAsync(slug, code, cancel) is var (election, contest))
        {
            (Election, Contest) = (election, contest);
        }
        else
        {
            return NotFound();
        }

        if (await writer.WriteAsync(Election, Contest, cancel) is not { } record)
        {
            return NotFound();
        }

        Record = record;
        return Page();
    }
}
