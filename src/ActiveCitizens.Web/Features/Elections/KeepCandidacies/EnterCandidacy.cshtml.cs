using System.ComponentModel.DataAnnotations;
using ActiveCitizens.Web.Features.Accounts;
using ActiveCitizens.Web.Features.Elections.StandForElection;
using ActiveCitizens.Web.Features.Shared.Cities;
using ActiveCitizens.Web.Features.Shared.Components;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.Mvc.Rendering;
using Microsoft.Extensions.Localization;

namespace ActiveCitizens.Web.Features.Elections.KeepCandidacies;

[Authorize(Policy = Policies.ElectionOffice)]
public sealed class EnterCandidacyModel(CandidacyReader candidacies, CandidacyHandler handler, City city, Format format, IStringLocalizer<ElectionsText> text, TimeProvider clock) : PageModel
{
    private IReadOnlyList<StandingPlace> _places = [];
    private IReadOnlyList<CandidateList> _lists = [];

    public Election Election { get; private set; } = null!;
    public bool TakesPaper { get; private set; }

    [BindProperty]
    public CandidacyInput Input { get; set; } = new();

    [BindProperty]
    public WhereInput Where { get; set; } = new();

    public IReadOnlyList<SelectListItem> PlaceChoices => [.. _places.Select(place => new SelectListItem($"{place.Number} – {place.Name}", place.Code))];

    public IReadOnlyList<SelectListItem> ListChoices => [.. from place in _places from list in _lists where list.ContestId == place.ContestId select new SelectListItem($"{list.Name} ({place.Number} – {place.Name})", list.Id.ToString())];

    /// <param name="list">The list to which somebody is added, with the first free rank as the likely answer.</param>
    public async Task<IActionResult> OnGetAsync(Guid id, Guid? list, CancellationToken cancel)
    {
        if (!await LoadAsync(id, cancel))
        {
            return NotFound();
        }

        if (list is { } chosen && _lists.Any(one => one.Id == chosen))
        {
            var taken = (await candidacies.HandedInAsync(id, cancel)).Where(candidate => candidate.ListId == chosen && candidate.State is CandidacyState.Submitted or CandidacyState.Eligible).Select(candidate => candidate.ListRank ?? 0).ToHashSet();
            (Where.List, Where.Rank) = (chosen, Enumerable.Range(1, taken.Count + 1).First(rank => !taken.Contains(rank)));
        }

        return Page();
    }

    public async Task<IActionResult> OnPostAsync(Guid id, CancellationToken cancel)
    {
        if (!await LoadAsync(id, cancel))
        {
            return NotFound();
        }

        var isByLists = Election.Rules.IsByLists;
        var list = isByLists ? _lists.FirstOrDefault(one => one.Id == Where.List) : null;
        var place = _places.FirstOrDefault(one => isByLists ? one.ContestId == list?.ContestId : one.Code == Where.Place);
        if (place is null)
        {
            ModelState.AddModelError(isByLists ? "Where.List" : "Where.Place", isByLists ? text["Choose the list"] : text["Choose the neighbourhood"]);
        }

        if (isByLists && Where.Rank is null && ModelState["Where.Rank"] is not { Errors.Count: > 0 })
        {
            ModelState.AddModelError("Where.Rank", text["Enter the rank on the list"]);
        }

        if (isByLists && Election.Rules.Parity != ParityRule.None && Input.Sex is null)
        {
            ModelState.AddModelError("Input.Sex", text["Say whether woman or man: the rule of parity needs it"]);
        }

        var today = DateOnly.FromDateTime(city.Local(clock.GetUtcNow()).DateTime);
        if (await Input.ReadAsync(ModelState, text, format, Input.Email?.Trim() ?? "", today, cancel) is not { } content || place is null)
        {
            return Page();
        }

        switch (await handler.EnterAsync(place, content, list?.Id, isByLists ? Where.Rank : null, cancel))
        {
            case EnterResult.Entered(var candidacyId):
                TempData["Note"] = text["The candidacy is entered. Decide now whether this person may stand."].Value;
                return RedirectToPage("DecideCandidacy", new { id, candidacyId });
            case EnterResult.AlreadyStands:
                return Refused("Input.LastName", text["Somebody of this name and date of birth stands here already"]);
            case EnterResult.RankTaken:
                return Refused("Where.Rank", text["Somebody stands at this rank already"]);
            case EnterResult.RankTooHigh(var highest):
                return Refused("Where.Rank", text["A rank is between 1 and {0}: the seats and two more", highest]);
            case EnterResult.UnknownList:
                return Refused("Where.List", text["Choose the list"]);
            default:
                return Refused("", text["The examination is over: nothing was saved."]);
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

        (Election, TakesPaper) = (election, await candidacies.TakesPaperAsync(election, cancel));
        (_places, _lists) = (await candidacies.PlacesAsync(election, cancel), election.Rules.IsByLists ? await candidacies.ListsAsync(id, cancel) : []);
        return true;
    }

    public sealed class WhereInput
    {
        [Display(Name = "Neighbourhood")]
        public string? Place { get; set; }

        [Display(Name = "List")]
        public Guid? List { get; set; }

        [Range(1, 99, ErrorMessage = "A rank is between {1} and {2}")]
        [Display(Name = "Rank on the list")]
        public int? Rank { get; set; }
    }
}
