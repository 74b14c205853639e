using System.ComponentModel.DataAnnotations;
using ActiveCitizens.Web.Features.Elections.KeepRoll;
using ActiveCitizens.Web.Persistence;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;

namespace ActiveCitizens.Web.Features.Elections.CheckRoll;

/// <summary>Tells whoever knows surname, first name and date of birth whether they are on the roll, and where; nothing of anybody else.</summary>
public sealed class CheckRollModel(CityDbContext db, ElectionDirectory directory, RollHandler roll) : PageModel
{
    public Election Election { get; private set; } = null!;
    public bool HasRoll { get; private set; }
    public int Corrections { get; private set; }

    /// <summary>Null before anybody asked; empty for no.</summary>
    public IReadOnlyList<ContestLine>? Answer { get; private set; }

    [BindProperty]
    public InputModel Input { get; set; } = new();

    public async Task<IActionResult> OnGetAsync(string slug, CancellationToken cancel) => await LoadAsync(slug, cancel) ? Page() : NotFound();

    public async Task<IActionResult> OnPostAsync(string slug, CancellationToken cancel)
    {
        if (!await LoadAsync(slug, cancel))
        {
            return NotFound();
        }

        if (ModelState.IsValid && HasRoll)
        {
            var found = await roll.FindAsync(Election.Id, Input.LastName, Input.FirstName, Input.BornOn!.Value, cancel);
            Answer = [.. (await directory.ContestsAsync(Election.Id, cancel)).Where(contest => found.Contains(contest.Id))];
        }

        return Page();
    }

    private async Task<bool> LoadAsync(string slug, CancellationToken cancel)
    {
        if (await directory.FindAsync(slug, User, cancel) is not { } election)
        {
            return false;
        }

        Election = election;
        HasRoll = await db.Set<Elector>().AnyAsync(elector => elector.ElectionId == election.Id, cancel);
        Corrections = await db.Set<RollCorrection>().CountAsync(correction => correction.ElectionId == election.Id, cancel);
        return true;
    }

    public sealed class InputModel
    {
        [Required(ErrorMessage = "Enter your surname")]
        [StringLength(Elector.NameMaxLength, ErrorMessage = "At most {1} characters")]
        [Display(Name = "Surname")]
        public string LastName { get; set; } = "";

        [Required(ErrorMessage = "Enter your first name")]
        [StringLength(Elector.NameMaxLength, ErrorMessage = "At most {1} characters")]
        [Display(Name = "First name")]
        public string FirstName { get; set; } = "";

        [Required(ErrorMessage = "Enter your date of birth")]
        [Display(Name = "Date of birth")]
        public DateOnly? BornOn { get; set; }
    }
}
