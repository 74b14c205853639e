using System.ComponentModel.DataAnnotations;
using ActiveCitizens.Web.Features.Accounts;
using ActiveCitizens.Web.Features.Shared.Languages;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.Mvc.Rendering;
using Microsoft.Extensions.Localization;

namespace ActiveCitizens.Web.Features.Elections.KeepCandidacies;

/// <summary>Every candidacy of an election for the office, and its lists.</summary>
[Authorize(Policy = Policies.ElectionOffice)]
public sealed class KeepCandidaciesModel(CandidacyReader candidacies, CandidacyHandler handler, IStringLocalizer<ElectionsText> text) : PageModel
{
    private IReadOnlyDictionary<Guid, StandingPlace> _places = new Dictionary<Guid, StandingPlace>();

    public Election Election { get; private set; } = null!;
    public IReadOnlyList<CandidacyLine> All { get; private set; } = [];
    public IReadOnlyList<CandidacyLine> Shown { get; private set; } = [];

    /// <summary>With those of its members who are neither refused nor withdrawn.</summary>
    public IReadOnlyList<ListLine> Lists { get; private set; } = [];
    public bool TakesPaper { get; private set; }

    [BindProperty(SupportsGet = true)]
    public string? Q { get; set; }

    [BindProperty(SupportsGet = true)]
    [Display(Name = "Neighbourhood")]
    public string? Place { get; set; }

    [BindProperty(SupportsGet = true)]
    [Display(Name = "State")]
    public CandidacyState? State { get; set; }

    public ListInput NewList { get; set; } = new();

    public IReadOnlyList<SelectListItem> PlaceChoices => [.. _places.Values.Select(place => new SelectListItem($"{place.Number} – {place.Name}", place.Code))];

    public IReadOnlyList<SelectListItem> StateChoices => [.. Enum.GetValues<CandidacyState>().Where(state => state != CandidacyState.Draft).Select(state => new SelectListItem(text.Of(state), state.ToString()))];

    public int CountOf(CandidacyState state) => All.Count(candidate => candidate.State == state);

    public StandingPlace PlaceOf(CandidacyLine candidate) => _places[candidate.ContestId];

    public StandingPlace PlaceOf(Guid contestId) => _places[contestId];

    public string ListOf(CandidacyLine candidate) => Lists.FirstOrDefault(list => list.Id == candidate.ListId) is { } list ? $"{list.Name}, {candidate.ListRank}" : "";

    public async Task<IActionResult> OnGetAsync(Guid id, CancellationToken cancel) => await LoadAsync(id, cancel) ? Page() : NotFound();

    public async Task<IActionResult> OnPostListAsync(Guid id, [Bind(Prefix = nameof(NewList))] ListInput sent, CancellationToken cancel)
    {
        if (!await LoadAsync(id, cancel) || !Election.Rules.IsByLists)
        {
            return NotFound();
        }

        NewList = sent;
        if (ModelState.IsValid && _places.Values.FirstOrDefault(one => one.Code == sent.Place) is not { })
        {
            ModelState.AddModelError("NewList.Place", text["Choose the neighbourhood"]);
        }

        if (!ModelState.IsValid)
        {
            return Page();
        }

        switch (await handler.CreateListAsync(_places.Values.First(one => one.Code == sent.Place), sent.Name.Trim(), cancel))
        {
            case CreateListResult.NameTaken:
                return Refused("NewList.Name", text["There is a list of this name in this neighbourhood"]);
            case CreateListResult.NotOpen:
                return Refused("", text["The examination is over: nothing was saved."]);
            default:
                TempData["Note"] = text["The list is created. Enter those who stand on it."].Value;
                return RedirectToPage(new { id });
        }
    }

    public async Task<IActionResult> OnPostCloseAsync(Guid id, CancellationToken cancel)
    {
        if (!await LoadAsync(id, cancel))
        {
            return NotFound();
        }

        ModelState.Clear();
        switch (await handler.CloseAsync(id, cancel))
        {
            case CloseCandidaciesResult.NotNow:
                TempData["Note"] = text["The examination was ended before; nothing was changed."].Value;
                return RedirectToPage(new { id });
            case CloseCandidaciesResult.StepsMissing(var count):
                return Refused("", text.Plural(count, "{0} step of the calendar before this one is not done: finish it, or leave it out with a reason|{0} steps of the calendar before this one are not done: finish them, or leave them out with a reason"));
            case CloseCandidaciesResult.Undecided(var count):
                return Refused("", text.Plural(count, "{0} candidacy is not decided: accept or refuse it first|{0} candidacies are not decided: accept or refuse them first"));
            case CloseCandidaciesResult.ParityBroken(var lists):
                foreach (var (list, place, fault) in lists)
                {
                    ModelState.AddModelError("", text["List {0} in {1}: {2}", list, place, text.Of(fault)]);
                }

                return Page();
            default:
                TempData["Note"] = text["All candidacies are decided. The order can be drawn."].Value;
                return RedirectToPage(new { id });
        }
    }

    private PageResult Refused(string field, string message)
    {
        ModelState.AddModelError(field, message);
        return Page();
    }

    private async Task<bool> LoadAsync(Guid id, CancellationToken cancel)
    {
        if (await candidacies.FindElectionAsync(id, cancel) is not { } election)
        {
            return false;
        }

        (Election, All, TakesPaper) = (election, await candidacies.HandedInAsync(id, cancel), await candidacies.TakesPaperAsync(election, cancel));
        _places = (await candidacies.PlacesAsync(election, cancel)).ToDictionary(place => place.ContestId);
        Lists = [.. (await candidacies.ListsAsync(id, cancel)).OrderBy(list => _places[list.ContestId].Number)
            .Select(list => new ListLine(list.Id, list.ContestId, list.Name, list.BallotOrder, [.. All.Where(candidate => candidate.ListId == list.Id && candidate.State is CandidacyState.Submitted or CandidacyState.Eligible).OrderBy(candidate => candidate.ListRank)]))];
        var words = Folding.Fold(Q ?? "").Split(' ', StringSplitOptions.RemoveEmptyEntries);
        Shown = [.. All.Where(candidate => (State is null || candidate.State == State) && (string.IsNullOrEmpty(Place) || PlaceOf(candidate).Code == Place) && words.All(word => Folding.Fold(candidate.FullName).Contains(word, StringComparison.Ordinal)))
            .OrderBy(candidate => candidate.State != CandidacyState.Submitted).ThenBy(candidate => PlaceOf(candidate).Number).ThenBy(candidate => candidate.ListId).ThenBy(candidate => candidate.ListRank)];
        return true;
    }

    public sealed class ListInput
    {
        [Required(ErrorMessage = "Choose the neighbourhood")]
        [Display(Name = "Neighbourhood")]
        public string Place { get; set; } = "";

        [Required(ErrorMessage = "Write the name of the list")]
        [StringLength(Candidate.NameMaxLength, ErrorMessage = "A name has at most {1} characters")]
        [RegularExpression(@"^\s*[\p{L}\p{N}][\p{L}\p{M}\p{N} '’.,!&\-]*$", ErrorMessage = "The name of a list has letters, digits and simple signs only")]
        [Display(Name = "Name of the list")]
        public string Name { get; set; } = "";
    }
}
