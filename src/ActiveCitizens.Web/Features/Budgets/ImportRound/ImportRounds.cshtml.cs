using System.ComponentModel.DataAnnotations;
using ActiveCitizens.Web.Features.Accounts;
using ActiveCitizens.Web.Features.Shared.Components;
using ActiveCitizens.Web.Persistence;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.Mvc.Rendering;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;

namespace ActiveCitizens.Web.Features.Budgets.ImportRound;

[Authorize(Policy = Policies.Administrator)]
[RequestSizeLimit(ReceivedBytes), RequestFormLimits(MultipartBodyLengthLimit = ReceivedBytes)]
public sealed class ImportRoundsModel(ImportRoundHandler handler, CityDbContext db, TimeProvider clock, Format format, IStringLocalizer<BudgetsText> text) : PageModel
{
    // More than is accepted, so that a file that is too large gets an answer instead of a broken connection.
    public const long ReceivedBytes = 256L << 20;
    private const int ImportsShown = 30;

    [BindProperty]
    public InputModel Input { get; set; } = new();

    public IReadOnlyList<RoundImport> Imports { get; private set; } = [];

    public IEnumerable<SelectListItem> RuleChoices => RuleNames.Offered.Select(rule => new SelectListItem(text.RuleName(rule), rule));

    public Task OnGetAsync(CancellationToken cancel) => LoadAsync(cancel);

    public async Task<IActionResult> OnPostAsync(CancellationToken cancel)
    {
        if (Input.File is { Length: > ImportRoundHandler.MaxSentBytes } large)
        {
            ModelState.AddModelError("Input.File", text["The file has {0}; at most {1} are accepted. Compress it with gzip, or leave out columns about voters.", format.FileSize(large.Length), format.FileSize(ImportRoundHandler.MaxSentBytes)]);
            Response.StatusCode = StatusCodes.Status413PayloadTooLarge;
        }
        else if (Input.File is { Length: 0 })
        {
            ModelState.AddModelError("Input.File", text["The file is empty. Choose the file again."]);
        }

        if (!RuleNames.Offered.Contains(Input.Rule, StringComparer.Ordinal))
        {
            ModelState.AddModelError("Input.Rule", text["Choose a rule"]);
        }

        if (!ModelState.IsValid)
        {
            await LoadAsync(cancel);
            return Page();
        }

        using var content = new MemoryStream();
        await Input.File!.CopyToAsync(content, cancel);
        var now = clock.GetUtcNow();
        var name = Path.GetFileName(Input.File.FileName);
        var (result, id) = await handler.RequestAsync(new RoundImport
        {
            Id = Guid.CreateVersion7(now),
            FileName = name.Length > RoundImport.FileNameMaxLength ? name[..RoundImport.FileNameMaxLength] : name,
            Title = Input.Title.Trim(),
            Publisher = Input.Publisher.Trim(),
            DecidingRule = Input.Rule,
            RequestedById = User.AccountId(),
            RequestedAt = now,
            Content = content.ToArray(),
        }, cancel);
        if (result == RequestRoundImportResult.AnotherIsWaiting)
        {
            TempData["Note"] = text["Another import is already waiting; yours was not added."].Value;
        }

        return RedirectToPage("ShowRoundImport", new { id });
    }

    private async Task LoadAsync(CancellationToken cancel) =>
        Imports = await db.Set<RoundImport>().AsNoTracking().OrderByDescending(import => import.RequestedAt).Take(ImportsShown).ToListAsync(cancel);

    public sealed class InputModel
    {
        [Required(ErrorMessage = "Enter a title")]
        [StringLength(BudgetRound.TitleMaxLength, ErrorMessage = "A title has at most {1} characters")]
        [Display(Name = "Title of the round")]
        public string Title { get; set; } = "";

        [Required(ErrorMessage = "Name who published the ballots first")]
        [StringLength(BudgetRound.TextMaxLength, ErrorMessage = "A publisher's name has at most {1} characters")]
        [Display(Name = "First publisher")]
        public string Publisher { get; set; } = "";

        [Display(Name = "Counting rule")]
        public string Rule { get; set; } = RuleNames.Offered[0];

        [Required(ErrorMessage = "Choose the file of ballots")]
        [Display(Name = "Ballots (.pb)")]
        public IFormFile? File { get; set; }
    }
}
