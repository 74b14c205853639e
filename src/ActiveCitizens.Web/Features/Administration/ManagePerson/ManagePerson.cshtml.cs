using System.ComponentModel.DataAnnotations;
using ActiveCitizens.Web.Features.Accounts;
using ActiveCitizens.Web.Features.Neighbourhoods;
using ActiveCitizens.Web.Features.Shared.Audit;
using ActiveCitizens.Web.Features.Shared.Cities;
using ActiveCitizens.Web.Persistence;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.Mvc.Rendering;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;

namespace ActiveCitizens.Web.Features.Administration.ManagePerson;

[Authorize(Policy = Policies.Administrator)]
public sealed class ManagePersonModel(
    CityDbContext db, RoleHandler roles, SignInHandler signIn, UserManager<Account> accounts, NeighbourhoodDirectory neighbourhoods, AuditTrail audit, City city, TimeProvider clock,
    IStringLocalizer<AdministrationText> text, IStringLocalizer<AccountsText> names) : PageModel
{
    public Account Person { get; private set; } = null!;
    public IReadOnlyList<RoleGrant> Grants { get; private set; } = [];
    public IReadOnlyList<SelectListItem> Neighbourhoods { get; private set; } = [];
    public IEnumerable<SelectListItem> RoleChoices => Roles.Grantable.Select(role => new SelectListItem(names.Of(role), role.ToString()));

    [BindProperty]
    public InputModel Input { get; set; } = new();

    public bool HoldsNow(RoleGrant grant) => grant.HoldsAt(clock.GetUtcNow());

    public async Task<IActionResult> OnGetAsync(Guid id, CancellationToken cancel)
    {
        Input.From = DateOnly.FromDateTime(city.Local(clock.GetUtcNow()).DateTime);
        return await LoadAsync(id, cancel) ? Page() : NotFound();
    }

    public async Task<IActionResult> OnPostAsync(Guid id, CancellationToken cancel)
    {
        if (!await LoadAsync(id, cancel))
        {
            return NotFound();
        }

        if (Input.Role is { } chosen && !Roles.Grantable.Contains(chosen))
        {
            ModelState.AddModelError("Input.Role", text["Choose a role"]);
        }

        if (Input.Role is { } role && Roles.NeedsNeighbourhood(role) && await neighbourhoods.FindAsync(Input.Neighbourhood ?? "", cancel) is null)
        {
            ModelState.AddModelError("Input.Neighbourhood", text["Choose the councillor's neighbourhood"]);
        }

        if (Input.Until < Input.From)
        {
            ModelState.AddModelError("Input.Until", text["The last day cannot be before the first"]);
        }

        if (!ModelState.IsValid)
        {
            return Page();
        }

        var scope = Input.Role == Role.Councillor ? Input.Neighbourhood! : Input.Role == Role.Officer ? Input.Department?.Trim() ?? "" : "";
        switch (await roles.GrantAsync(id, Input.Role!.Value, scope, StartOf(Input.From!.Value), Input.Until is { } last ? StartOf(last.AddDays(1)) : null, Input.Reason, cancel))
        {
            case GrantRoleResult.AlreadyHeld:
                ModelState.AddModelError("Input.Role", text["This person already has this role. Withdraw it first to change its dates."]);
                return Page();
            case GrantRoleResult.DatesReversed:
                ModelState.AddModelError("Input.Until", text["The last day cannot be before the first"]);
                return Page();
            case GrantRoleResult.UnknownAccount:
                return NotFound();
            default:
                TempData["Note"] = text["The role is given."].Value;
                return RedirectToPage(new { id });
        }
    }

    public async Task<IActionResult> OnPostResetSecondFactorAsync(Guid id, CancellationToken cancel)
    {
        if (!await LoadAsync(id, cancel))
        {
            return NotFound();
        }

        var account = await accounts.FindByIdAsync(id.ToString()) ?? throw new InvalidOperationException("Just loaded.");
        account.TwoFactorEnabled = false;
        audit.Record("second-factor.reset", $"account:{id}", new { });
        await accounts.ResetAuthenticatorKeyAsync(account);
        await signIn.EndAllAsync(id, except: null, cancel);
        TempData["Note"] = text["The second factor is reset and the person's sessions are ended."].Value;
        return RedirectToPage(new { id });
    }

    private DateTimeOffset StartOf(DateOnly day)
    {
        var local = day.ToDateTime(TimeOnly.MinValue);
        return new DateTimeOffset(local, city.TimeZone.GetUtcOffset(local));
    }

    private async Task<bool> LoadAsync(Guid id, CancellationToken cancel)
    {
        if (await db.Users.AsNoTracking().SingleOrDefaultAsync(account => account.Id == id && account.DeletedAt == null, cancel) is not { } person)
        {
            return false;
        }

        Person = person;
        Neighbourhoods = await neighbourhoods.ChoicesAsync(cancel);
        Grants = await db.Set<RoleGrant>().AsNoTracking().Where(grant => grant.AccountId == id).OrderBy(grant => grant.WithdrawnAt != null).ThenByDescending(grant => grant.ValidFrom).ToListAsync(cancel);
        return true;
    }

    public sealed class InputModel
    {
        [Required(ErrorMessage = "Choose a role")]
        [Display(Name = "Role")]
        public Role? Role { get; set; }

        [Display(Name = "Neighbourhood")]
        public string? Neighbourhood { get; set; }

        [StringLength(RoleGrant.ScopeMaxLength, ErrorMessage = "A department's name has at most {1} characters")]
        [Display(Name = "Department")]
        public string? Department { get; set; }

        [Required(ErrorMessage = "Choose the first day")]
        [Display(Name = "First day")]
        public DateOnly? From { get; set; }

        [Display(Name = "Last day")]
        public DateOnly? Until { get; set; }

        [Required(ErrorMessage = "Write the reason")]
        [StringLength(RoleGrant.ReasonMaxLength, ErrorMessage = "A reason has at most {1} characters")]
        [Display(Name = "Reason")]
        public string Reason { get; set; } = "";
    }
}
