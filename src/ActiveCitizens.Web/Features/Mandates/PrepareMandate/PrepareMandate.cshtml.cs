using ActiveCitizens.Web.Features.Accounts;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.Extensions.Localization;

namespace ActiveCitizens.Web.Features.Mandates.PrepareMandate;

[Authorize(Policy = Policies.Administrator)]
public sealed class PrepareMandateModel(MandateDirectory directory, MandateHandler handler, IStringLocalizer<MandatesText> text) : PageModel
{
    [BindProperty]
    public MandateInput Input { get; set; } = new();

    /// <summary>The next mandate usually begins when the last is over, with the same powers.</summary>
    public async Task OnGetAsync(CancellationToken cancel)
    {
        if (await directory.ListAsync(User, cancel) is [.., var last])
        {
            Input = MandateInput.Of(last);
            (Input.StartsOn, Input.EndsOn) = (last.OverOn, null);
        }
    }

    public async Task<IActionResult> OnPostAsync(CancellationToken cancel)
    {
        if (!ModelState.IsValid)
        {
            return Page();
        }

        var result = await handler.PrepareAsync(Input.Content(), cancel);
        if (result is PrepareMandateResult.Prepared(var id))
        {
            TempData["Note"] = text["The draft is saved."].Value;
            return RedirectToPage("/Mandates/ManageMandate/ManageMandate", new { id });
        }

        MandateInput.Explain(result, ModelState, text);
        return Page();
    }
}
