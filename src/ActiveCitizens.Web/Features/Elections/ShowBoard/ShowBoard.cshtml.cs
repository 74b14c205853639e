using System.Text;
using ActiveCitizens.Voting.Archives;
using ActiveCitizens.Voting.Json;
using ActiveCitizens.Web.Features.Shared.Operations;
using ActiveCitizens.Web.Persistence;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.OutputCaching;
using Microsoft.EntityFrameworkCore;

namespace ActiveCitizens.Web.Features.Elections.ShowBoard;

/// <summary>A ballot as everybody may see it.</summary>
/// <param name="Counts">No later ballot of the same code replaced it.</param>
public sealed record BoardLine(int Place, string Tracker, bool Counts);

public enum TrackerAnswer { Counts, Replaced, Unknown, NoTracker }

/// <summary>The public board of a box: what is in it, without who put it there or when.</summary>
[OutputCache(PolicyName = PublicPage.Policy, Tags = [ElectionsModule.CacheTag])]
public sealed class ShowBoardModel(CityDbContext db, ElectionDirectory contests) : PageModel
{
    public const int LinesPerPage = 100;

    public Election Election { get; private set; } = null!;
    public Contest Contest { get; private set; } = null!;
    public BoxReading? Reading { get; private set; }
    public IReadOnlyList<BoardLine> Lines { get; private set; } = [];
    public int Ballots { get; private set; }
    public int Counting { get; private set; }
    public string? CredentialsFingerprint { get; private set; }
    public int Pages => Math.Max(1, (Ballots + LinesPerPage - 1) / LinesPerPage);
    public string Code => Contest.Path;
    public TrackerAnswer? Answer { get; private set; }

    /// <summary>Place of the ballot that was looked for.</summary>
    public int? Place { get; private set; }

    [BindProperty(SupportsGet = true)]
    public int P { get; set; } = 1;

    [BindProperty(SupportsGet = true)]
    public string? Tracker { get; set; }

    public async Task<IActionResult> OnGetAsync(string slug, string code, CancellationToken cancel)
    {
        if (await contests.FindAsync(slug, code, cancel) is not var (election, contest) || contest.LastEvent is null)
        {
            return NotFound();
        }

        (Election, Contest) = (election, contest);
        Reading = await db.Set<BoxReading>().AsNoTracking().Where(reading => reading.ContestId == contest.Id).OrderByDescending(reading => reading.At).FirstOrDefaultAsync(cancel);
        CredentialsFingerprint = Digest.Of(contest.CredentialsDocument).Base64;
        var ballots = db.Set<BoxEvent>().AsNoTracking().Where(one => one.ContestId == contest.Id && one.Type == ArchiveEventType.Ballot);
        Ballots = await ballots.CountAsync(cancel);
        Counting = await ballots.Select(one => one.Credential).Distinct().CountAsync(cancel);
        P = Math.Clamp(P, 1, Pages);
        Lines = [.. (await ballots.OrderBy(one => one.Height).Skip((P - 1) * LinesPerPage).Take(LinesPerPage)
            .Select(one => new { one.Height, one.ContentHash, Counts = !ballots.Any(later => later.Credential == one.Credential && later.Height > one.Height) }).ToListAsync(cancel))
            .Select(one => new BoardLine(one.Height, TrackerOf(one.ContentHash), one.Counts))];
        if (!string.IsNullOrWhiteSpace(Tracker))
        {
            await LookAsync(ballots, cancel);
        }

        return Page();
    }

    private async Task LookAsync(IQueryable<BoxEvent> ballots, CancellationToken cancel)
    {
        var typed = string.Concat(Tracker!.Where(sign => !char.IsWhiteSpace(sign))).TrimEnd('=');
        if (!Digest.TryParseBase64(Encoding.UTF8.GetBytes(typed), out var digest))
        {
            Answer = TrackerAnswer.NoTracker;
            return;
        }

        var hash = digest.Hex;
        var found = await ballots.Where(one => one.ContentHash == hash).Select(one => new { one.Height, Replaced = ballots.Any(later => later.Credential == one.Credential && later.Height > one.Height) }).SingleOrDefaultAsync(cancel);
        (Answer, Place) = (found is null ? TrackerAnswer.Unknown : found.Replaced ? TrackerAnswer.Replaced : TrackerAnswer.Counts, found?.Height);
    }

    private static string TrackerOf(string hash) => Convert.ToBase64String(Convert.FromHexString(hash)).TrimEnd('=');
}
