using System.ComponentModel.DataAnnotations;
using System.Globalization;
using Microsoft.AspNetCore.Mvc.ModelBinding;
using Microsoft.AspNetCore.Mvc.Rendering;
using Microsoft.Extensions.Localization;

namespace ActiveCitizens.Web.Features.MunicipalCouncil.RecordDeliberation;

/// <summary>A deliberation as it is typed; the same form records and edits.</summary>
public sealed class DeliberationInput
{
    private const int MostMembers = 500;

    [Required(ErrorMessage = "Enter the number")]
    [Range(1, 99_999, ErrorMessage = "A number is between {1} and {2}")]
    [Display(Name = "Number in the year")]
    public int? Number { get; set; }

    [Required(ErrorMessage = "Choose the day of the session")]
    [Display(Name = "Day of the session")]
    public DateOnly? SessionDate { get; set; }

    [Required(ErrorMessage = "Write the subject")]
    [StringLength(Deliberation.SubjectMaxLength, ErrorMessage = "A subject has at most {1} characters")]
    [Display(Name = "Subject")]
    public string Subject { get; set; } = "";

    [StringLength(Deliberation.RapporteurMaxLength, ErrorMessage = "A name has at most {1} characters")]
    [Display(Name = "Rapporteur")]
    public string? Rapporteur { get; set; }

    [Required(ErrorMessage = "Paste the whole text")]
    [StringLength(Deliberation.TextMaxLength, ErrorMessage = "A text has at most {1} characters")]
    [Display(Name = "Whole text")]
    public string Text { get; set; } = "";

    [Required(ErrorMessage = "Enter how many members are in office")]
    [Range(1, MostMembers, ErrorMessage = "Enter a number from {1} to {2}")]
    [Display(Name = "Members in office")]
    public int? InOffice { get; set; }

    [Required(ErrorMessage = "Enter how many were present")]
    [Range(0, MostMembers, ErrorMessage = "Enter a number from {1} to {2}")]
    [Display(Name = "Present")]
    public int? Present { get; set; }

    [Required(ErrorMessage = "Enter how many were represented, 0 if none")]
    [Range(0, MostMembers, ErrorMessage = "Enter a number from {1} to {2}")]
    [Display(Name = "Represented by proxy")]
    public int? Proxies { get; set; }

    [Required(ErrorMessage = "Enter how many voted for, 0 if none")]
    [Range(0, MostMembers, ErrorMessage = "Enter a number from {1} to {2}")]
    [Display(Name = "For")]
    public int? VotesFor { get; set; }

    [Required(ErrorMessage = "Enter how many voted against, 0 if none")]
    [Range(0, MostMembers, ErrorMessage = "Enter a number from {1} to {2}")]
    [Display(Name = "Against")]
    public int? VotesAgainst { get; set; }

    [Required(ErrorMessage = "Enter how many abstained, 0 if none")]
    [Range(0, MostMembers, ErrorMessage = "Enter a number from {1} to {2}")]
    [Display(Name = "Abstentions")]
    public int? Abstentions { get; set; }

    [Required(ErrorMessage = "Enter how many did not vote, 0 if none")]
    [Range(0, MostMembers, ErrorMessage = "Enter a number from {1} to {2}")]
    [Display(Name = "Not voting")]
    public int? NonVoting { get; set; }

    [Display(Name = "The ballot was secret")]
    public bool IsSecretBallot { get; set; }

    [Display(Name = "If tied in a public ballot, the mayor’s casting vote")]
    public CastingVote? CastingVote { get; set; }

    [StringLength(20, ErrorMessage = "A reference has at most {1} characters")]
    [Display(Name = "Deliberation that this one changes")]
    public string? Amends { get; set; }

    public static DeliberationInput Of(Deliberation act, string? amends) => new()
    {
        Number = act.Number, SessionDate = act.SessionDate, Subject = act.Subject, Rapporteur = act.Rapporteur, Text = act.Text, InOffice = act.InOffice, Present = act.Present, Proxies = act.Proxies,
        VotesFor = act.VotesFor, VotesAgainst = act.VotesAgainst, Abstentions = act.Abstentions, NonVoting = act.NonVoting, IsSecretBallot = act.IsSecretBallot, CastingVote = act.CastingVote, Amends = amends,
    };

    /// <summary>The content typed; call when the form is valid.</summary>
    public DeliberationContent Content(Guid? amendsId) => new(
        Number!.Value, SessionDate!.Value, Subject, Rapporteur, Text,
        new DeliberationVote(InOffice!.Value, Present!.Value, Proxies!.Value, VotesFor!.Value, VotesAgainst!.Value, Abstentions!.Value, NonVoting!.Value, IsSecretBallot, CastingVote), amendsId);

    public static IReadOnlyList<SelectListItem> CastingChoices(IStringLocalizer<MunicipalCouncilText> text) =>
        [.. Enum.GetValues<CastingVote>().Select(vote => new SelectListItem(text.Of(vote), vote.ToString()))];

    /// <summary>Puts what stood in the way beside the fields it concerns.</summary>
    public void Explain(RecordDeliberationResult result, ModelStateDictionary state, IStringLocalizer<MunicipalCouncilText> text)
    {
        switch (result)
        {
            case RecordDeliberationResult.NumberTaken:
                state.AddModelError("Input.Number", text["Number {0} of this year is in the register already. Look there first: it may be this act.", (Number ?? 0).ToString(CultureInfo.InvariantCulture)]);
                break;
            case RecordDeliberationResult.SessionInFuture:
                state.AddModelError("Input.SessionDate", text["This session is not held yet. Record the act after the vote."]);
                break;
            case RecordDeliberationResult.NothingToAmend:
                state.AddModelError("Input.Amends", text["The deliberation to change must be posted, and not be later than this one"]);
                break;
            case RecordDeliberationResult.NotADraft:
                state.AddModelError("", text["This act was transmitted, posted or discarded meanwhile: nothing was saved. To change its text, record another deliberation."]);
                break;
            case RecordDeliberationResult.VoteInconsistent(var problems):
                foreach (var problem in problems)
                {
                    state.AddModelError($"Input.{FieldOf(problem)}", text.Of(problem));
                }

                break;
        }
    }

    private static string FieldOf(VoteProblem problem) => problem switch
    {
        VoteProblem.MoreThanInOffice or VoteProblem.NoQuorum => nameof(Present),
        VoteProblem.MoreProxiesThanPresent => nameof(Proxies),
        VoteProblem.CountsDoNotAddUp => nameof(VotesFor),
        VoteProblem.CastingVoteMissing or VoteProblem.CastingVoteWithoutTie => nameof(CastingVote),
        _ => nameof(InOffice),
    };
}
