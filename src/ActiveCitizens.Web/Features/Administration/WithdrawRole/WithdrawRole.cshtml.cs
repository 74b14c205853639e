using System.ComponentModel.DataAnnotations;
using ActiveCitizens.Web.Features.Accounts;
using ActiveCitizens.Web.Persistence;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;

namespace ActiveCitizens.Web.Features.Administration.WithdrawRole;

[Authorize(Policy = Policies.Administrator)]
public sealed class WithdrawRoleModel(CityDbContext db, RoleHandler roles, IStringLocalizer<AdministrationText> text) : PageModel
{
    public Account Person { get; private set; } = null!;
    public RoleGrant Grant { get; private set; } = null!;

    [BindProperty]
    public InputModel Input { get; set; } = new();

    public async Task<IActionResult> OnGetAsync(Guid id, Guid grantId, CancellationToken cancel) => await LoadAsync(id, grantId, cancel) ? Page() : NotFound();

    public async Task<IActionResult> OnPostAsync(Guid id, Guid grantId, CancellationToken cancel)
    {
        if (!await LoadAsync(id, grantId, cancel))
        {
            return NotFound();
        }

        if (!ModelState.IsValid)
        {
            return Page();
        }

        if (await roles.WithdrawAsync(Grant, Input.Reason, cancel) == WithdrawRoleResult.LastAdministrator)
        {
            ModelState.AddModelError("Input.Reason", text["This is the city's last administrator. Name another one first."]);
            return Page();
        }

        TempData["Note"] = text["The role is withdrawn."].Value;
        return RedirectToPage("/Administration/ManagePerson/ManagePerson", new { id });
    }

    private async Task<bool> LoadAsync(Guid id, Guid grantId, CancellationToken cancel)
    {
        var person = await db.Users.AsNoTracking().SingleOrDefaultAsync(account => account.Id == id, cancel);
        var grant = await db.Set<RoleGrant>().SingleOrDefaultAsync(grant => grant.Id == grantId && grant.AccountId == id && grant.WithdrawnAt == null, cancel);
        (Person, Grant) = (person!, grant!);
        return person is not null && grant is not null;
    }

    public sealed class InputModel
    {
        [Required(ErrorMessage = "Write the reason")]
        [StringLength(RoleGrant.ReasonMaxLength, ErrorMessage = "A reason has at most {1} characters")]
        [Display(Name = "Reason")]
        public string Reason { get; set; } = "";
    }
}
