using ActiveCitizens.Web.Features.Shared.Layout;
using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Core.Infrastructure;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace ActiveCitizens.Web.Features.Errors.ShowError;

/// <summary>Answers in place of a page that failed, whatever the method; opened directly there is no error to show, so it is not found.</summary>
[IgnoreAntiforgeryToken]
[ResponseCache(NoStore = true)]
public sealed class ShowErrorModel(ILogger<ShowErrorModel> logger) : PageModel
{
    public int Code { get; private set; }

    public bool FormExpired => HttpContext.Items.ContainsKey(typeof(IAntiforgeryValidationFailedResult));

    /// <summary>True when the person had sent something, and wonders what became of it.</summary>
    public bool SentSomething => HttpMethods.IsPost(Request.Method);

    public string Reference => ErrorReference.Of(HttpContext);

    /// <summary>The page to try again.</summary>
    public string Address => PageAddress.In(HttpContext, System.Globalization.CultureInfo.CurrentUICulture.TwoLetterISOLanguageName);

    public IActionResult OnGet(int code) => Answer(code);

    public IActionResult OnPost(int code) => Answer(code);

    private IActionResult Answer(int code)
    {
        var failed = HttpContext.Features.Get<IExceptionHandlerPathFeature>();
        if (failed is null && HttpContext.Features.Get<IStatusCodeReExecuteFeature>() is null)
        {
            return NotFound();
        }

        Code = failed is null ? code : StatusCodes.Status500InternalServerError;
        if (Code >= 500)
        {
            logger.LogError(failed?.Error, "Error page {Code} shown for {Method} {Path}, reference {Reference}", Code, Request.Method, PageAddress.Asked(HttpContext).Path, Reference);
        }

        return Page();
    }
}
