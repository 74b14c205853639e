using System.ComponentModel.DataAnnotations;
using ActiveCitizens.Web.Features.Accounts;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.Extensions.Localization;

namespace ActiveCitizens.Web.Features.Elections.CountPaper;

/// <summary>One line on which two people wrote different figures.</summary>
public sealed record PaperDifference(string Field, int First, int Second);

/// <summary>Types the paper result of one neighbourhood. What the other person typed is shown only when both have typed and differ.</summary>
[Authorize(Policy = Policies.SignedIn)]
public sealed class TypePaperModel(BoardDoor door, CountPaperHandler handler, IStringLocalizer<ElectionsText> text) : PageModel
{
    public Election Election { get; private set; } = null!;
    public PaperState State { get; private set; } = null!;
    public IReadOnlyList<string> Options { get; private set; } = [];
    public IReadOnlyList<PaperDifference> Differences { get; private set; } = [];
    public bool MayType { get; private set; }
    public bool HasTyped { get; private set; }
    private BoardMember Member { get; set; } = null!;
    public FiguresInput Input { get; set; } = new();
    public ExplanationInput Explanation { get; set; } = new();

    public async Task<IActionResult> OnGetAsync(string slug, string code, CancellationToken cancel)
    {
        if (await LoadAsync(slug, code, cancel) is { } elsewhere)
        {
            return elsewhere;
        }

        if (State.Counts.FirstOrDefault(count => count.TypedById == User.AccountId()) is { } mine)
        {
            var figures = mine.Figures;
            Input = new() { Ballots = figures.Ballots, Blank = figures.Blank, Void = figures.Void, Votes = [.. figures.Votes.Select(number => (int?)number)] };
        }

        return Page();
    }

    public async Task<IActionResult> OnPostAsync(string slug, string code, [Bind(Prefix = nameof(Input))] FiguresInput sent, CancellationToken cancel)
    {
        Input = sent;
        if (await LoadAsync(slug, code, cancel) is { } elsewhere)
        {
            return elsewhere;
        }

        for (var place = 0; place < Options.Count; place++)
        {
            if (sent.Votes.ElementAtOrDefault(place) is null)
            {
                ModelState.AddModelError($"Input.Votes[{place}]", text["Enter the votes of {0}; 0 if there are none", Options[place]]);
            }
        }

        if (!ModelState.IsValid)
        {
            return Page();
        }

        var figures = new PaperFigures(sent.Ballots!.Value, sent.Blank!.Value, sent.Void!.Value, [.. sent.Votes.Take(Options.Count).Select(number => number!.Value)]);
        switch (CountPaperHandler.FindFault(figures, BallotOptions.MaxChoices(Election, State.Contest), Election.Rules.IsByLists))
        {
            case -1:
                ModelState.AddModelError("Input.Ballots", text["These figures do not add up: {0} valid papers cannot hold {1} votes. Count again.", figures.Valid, figures.Votes.Sum()]);
                return Page();
            case { } place:
                ModelState.AddModelError($"Input.Votes[{place}]", text["{0} cannot have more votes than there are valid papers ({1})", Options[place], figures.Valid]);
                return Page();
        }

        switch (await handler.TypeAsync(Election, State.Contest.Id, User.AccountId()!.Value, Member.Name, figures, cancel))
        {
            case TypePaperResult.Waiting:
                return Done(text["Your figures are kept. A second person must type them too."]);
            case TypePaperResult.Differs:
                return Done(text["Your figures are kept, but they differ from those of the other person: see below."]);
            case TypePaperResult.Fixed:
                return Done(text["Both agree: this paper result is fixed."]);
            case TypePaperResult.NotNeeded:
                ModelState.AddModelError("", text["This result was fixed before, or two others are typing it: nothing was changed."]);
                return Page();
            default:
                ModelState.AddModelError("", text["Paper results are typed between the closing of the boxes and the proclamation."]);
                return Page();
        }
    }

    public async Task<IActionResult> OnPostExplainAsync(string slug, string code, [Bind(Prefix = nameof(Explanation))] ExplanationInput sent, CancellationToken cancel)
    {
        Explanation = sent;
        if (await LoadAsync(slug, code, cancel) is { } elsewhere)
        {
            return elsewhere;
        }

        if (!ModelState.IsValid)
        {
            return Page();
        }

        await handler.ExplainAsync(Election.Id, State.Contest.Id, Member.Name, sent.Reason, cancel);
        return Done(text["The reason is in the journal."]);
    }

    private RedirectToPageResult Done(string note)
    {
        TempData["Note"] = note;
        return RedirectToPage(new { slug = Election.Slug, code = State.Contest.Path });
    }

    private async Task<IActionResult?> LoadAsync(string slug, string code, CancellationToken cancel)
    {
        var entry = await door.OpenAsync(slug, User, cancel, BoardDuty.Assessor, BoardDuty.President);
        if (entry.Refusal is not null)
        {
            return entry.Refusal;
        }

        (Election, Member) = (entry.Election, entry.Member);
        if ((await handler.ReadAsync(Election.Id, cancel)).FirstOrDefault(state => string.Equals(state.Contest.NeighbourhoodCode, code, StringComparison.OrdinalIgnoreCase)) is not { } found)
        {
            return NotFound();
        }

        if (Member.ContestId is { } own && own != found.Contest.Id)
        {
            return Forbid();
        }

        State = found;
        Options = BallotOptions.Of(found.Contest);
        HasTyped = found.Counts.Any(count => count.TypedById == User.AccountId());
        MayType = Election.State == ElectionState.Closed && found.Fixed is null && (HasTyped || found.Counts.Count < PaperCount.Typings);
        Differences = HasTyped && found.Counts.Count == PaperCount.Typings ? [.. Compare(found.Counts[0].Figures, found.Counts[1].Figures)] : [];
        while (Input.Votes.Count < Options.Count)
        {
            Input.Votes.Add(null);
        }

        return null;
    }

    private IEnumerable<PaperDifference> Compare(PaperFigures first, PaperFigures second)
    {
        List<PaperDifference> all =
        [
            new(text["Papers found"], first.Ballots, second.Ballots), new(text["Blank papers"], first.Blank, second.Blank), new(text["Void papers"], first.Void, second.Void),
            .. Options.Select((option, place) => new PaperDifference(option, first.Votes[place], second.Votes[place])),
        ];
        return all.Where(line => line.First != line.Second);
    }

    public sealed class FiguresInput
    {
        [Required(ErrorMessage = "Enter how many papers were found, postal ones included")]
        [Range(0, 100_000, ErrorMessage = "Enter a whole number")]
        [Display(Name = "Papers found")]
        public int? Ballots { get; set; }

        [Required(ErrorMessage = "Enter how many papers were blank; 0 if none")]
        [Range(0, 100_000, ErrorMessage = "Enter a whole number")]
        [Display(Name = "Blank papers")]
        public int? Blank { get; set; }

        [Required(ErrorMessage = "Enter how many papers were void; 0 if none")]
        [Range(0, 100_000, ErrorMessage = "Enter a whole number")]
        [Display(Name = "Void papers")]
        public int? Void { get; set; }

        public List<int?> Votes { get; set; } = [];
    }

    public sealed class ExplanationInput
    {
        [Required(ErrorMessage = "Write down why papers and marks differ")]
        [StringLength(JournalEntry.TextMaxLength, ErrorMessage = "A text has at most {1} characters")]
        [Display(Name = "Why do papers and marks differ?")]
        public string Reason { get; set; } = "";
    }
}
