using System.ComponentModel.DataAnnotations;
using System.Text.Json;
using ActiveCitizens.Voting.Elections;
using ActiveCitizens.Web.Features.Shared.Languages;
using ActiveCitizens.Web.Features.Shared.Protection;
using ActiveCitizens.Web.Persistence;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;

namespace ActiveCitizens.Web.Features.Elections.CastBallot;

/// <summary>One line of the ballot with what helps to choose.</summary>
/// <param name="Members">Of a list, its candidates in their order.</param>
public sealed record BoothChoice(string Name, string Statement, IReadOnlyList<string> Members);

/// <summary>The voting booth. What is typed here stays on the device until the encrypted ballot is cast.</summary>
[StartsWorkers]
public sealed class VoteModel(ElectionDirectory contests, SealedContests sealedContests, CityDbContext db, CastWords words, TimeProvider clock, IStringLocalizer<ElectionsText> text) : PageModel
{
    public VotingPlace Place { get; private set; } = null!;

    /// <summary>Null while ballots are taken.</summary>
    public CastAnswer? Closed { get; private set; }
    public HomomorphicQuestion Question { get; private set; } = null!;
    public IReadOnlyList<BoothChoice> Choices { get; private set; } = [];
    public string Fingerprint { get; private set; } = "";

    public CodeInput Input { get; } = new();
    public SecondSecretInput Secret { get; } = new();
    public ReceiptInput Receipt { get; } = new();

    public async Task<IActionResult> OnGetAsync(string slug, string code, CancellationToken cancel)
    {
        if (await contests.FindVotingPlaceAsync(slug, code, cancel) is not { } place)
        {
            return NotFound();
        }

        Place = place;
        if (!place.IsOpenAt(clock.GetUtcNow()) || await sealedContests.FindAsync(place.ContestId, cancel) is not { } contest)
        {
            Closed = words.Closed(place);
            return Page();
        }

        (Question, Fingerprint) = ((HomomorphicQuestion)contest.Election.Questions[0], contest.Election.Fingerprint);
        Choices = await ChoicesAsync(cancel);
        return Page();
    }

    /// <summary>What the script says, in the language of the page.</summary>
    public string Texts => JsonSerializer.Serialize(new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["step"] = text["Step {0} of {1}"],
        ["problem"] = text.Plural(1, "Correct {0} thing to go on|Correct {0} things to go on"),
        ["problems"] = text.Plural(2, "Correct {0} thing to go on|Correct {0} things to go on").Replace("2", "{0}", StringComparison.Ordinal),
        ["codeMissing"] = text["Type the code of your letter: first the number, then the letters and digits"],
        ["numberMissing"] = text["The number before the code is missing: type it first, as in your letter"],
        ["codeLength"] = text["After the number, the code has 22 letters and digits; this one has {0}. Compare it with your letter"],
        ["codeCharacter"] = text["The character “{0}”, number {1} of the code, is never used: neither are 0, O, I and l. Compare it with your letter"],
        ["codeUnknown"] = text["This code is not one of this neighbourhood. Compare each character with your letter, capitals too"],
        ["dateWrong"] = text["This is no date. Type day, month and year of your birth in digits, such as 27 3 1956"],
        ["emailCodeWrong"] = text["Type the six digits of the e-mail"],
        ["numberForCode"] = text["Type the code of your letter first: we need its number to write to you"],
        ["codeSent"] = text["If this number is on the roll with an e-mail address, a code is on its way. Look among unwanted mail too. You can ask again in a minute."],
        ["tooFew"] = text["Choose at least one, or vote blank"],
        ["tooMany"] = text["You have chosen {0}; at most {1} are allowed. Untick some"],
        ["blankWithChoices"] = text["A blank vote chooses nobody: untick “Blank vote”, or the others"],
        ["chosen"] = text["{0} of {1} chosen"],
        ["chosenBlank"] = text["Blank vote"],
        ["preparing"] = text["The booth is being prepared…"],
        ["checking"] = text["The code is being checked…"],
        ["encrypting"] = text["Your ballot is being encrypted: {0} %"],
        ["encrypted"] = text["Your ballot is encrypted. Its tracker is shown."],
        ["sending"] = text["Your ballot is being sent…"],
        ["unprepared"] = text["The booth could not be prepared: the connection was cut, or this browser is too old. Try again, or vote another way."],
        ["offline"] = text["The connection was cut. Your ballot may or may not have arrived: send it again. It is the same ballot and counts once."],
        ["busy"] = text["Too much was sent from here at once. Wait a minute and send your ballot again."],
        ["expired"] = text["This page was open too long. Open it again and make your ballot again; nothing was kept."],
        ["failed"] = text["Something went wrong and your ballot was not taken. Send it again, or call for help."],
        ["again"] = text["Send the same ballot again"],
        ["copied"] = text["Copied"],
        ["notCopied"] = text["Copying is not allowed here: write the tracker down, or save it"],
        ["auditFailed"] = text["The ballot was not opened: the connection was cut. Try again."],
        ["mailed"] = text["A receipt is on its way by e-mail; it leaves within a quarter of an hour."],
        ["emailWrong"] = text["This is no e-mail address. Correct it, or leave the field empty"],
        ["receipt"] = text["Tracker of my ballot"],
    });

    private async Task<IReadOnlyList<BoothChoice>> ChoicesAsync(CancellationToken cancel)
    {
        var standing = await db.Set<Candidate>().AsNoTracking().Where(candidate => candidate.ContestId == Place.ContestId && candidate.State == CandidacyState.Eligible)
            .OrderBy(candidate => candidate.BallotOrder).ThenBy(candidate => candidate.ListRank)
            .Select(candidate => new { candidate.FirstNames, candidate.LastName, candidate.Statement, candidate.ListId }).ToListAsync(cancel);
        if (!Place.IsByLists)
        {
            // The sealed election file says who stands, and in which order; the tables only add what they wrote about themselves.
            var written = standing.ToLookup(one => $"{one.FirstNames} {one.LastName}", StringComparer.Ordinal);
            return [.. Question.Answers.Select(answer => new BoothChoice(answer, written[answer].Count() == 1 ? written[answer].First().Statement : "", []))];
        }

        var lists = (await db.Set<CandidateList>().AsNoTracking().Where(list => list.ContestId == Place.ContestId).ToListAsync(cancel)).ToLookup(list => list.Name, StringComparer.Ordinal);
        return [.. Question.Answers.Select(answer => new BoothChoice(answer, "", [.. standing.Where(one => lists[answer].Any(list => list.Id == one.ListId)).Select(one => $"{one.FirstNames} {one.LastName}")]))];
    }

    public sealed class CodeInput
    {
        [Required]
        [Display(Name = "Code of your letter")]
        public string Code { get; set; } = "";
    }

    public sealed class ReceiptInput
    {
        [Display(Name = "Your e-mail address for a receipt")]
        public string? Email { get; set; }
    }
}
