using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Core.Infrastructure;
using Microsoft.AspNetCore.Mvc.Filters;

namespace ActiveCitizens.Web.Features.Errors;

/// <summary>Pages answer errors with a page, programs get <c>ProblemDetails</c>; both keep the status.</summary>
public static class ErrorsModule
{
    private static readonly string[] ForPrograms = ["/api", "/open311"];

    public static void AddErrors(this WebApplicationBuilder builder)
    {
        builder.Services.AddProblemDetails(options => options.CustomizeProblemDetails = static problem =>
            problem.ProblemDetails.Extensions["reference"] = ErrorReference.Of(problem.HttpContext));
        builder.Services.Configure<MvcOptions>(options => options.Filters.Add<ExpiredFormFilter>());
    }

    /// <summary>Stands after the language, so that an error page speaks it, and before routing, which runs again for the error page.</summary>
    public static void UseErrors(this WebApplication app)
    {
        app.UseWhen(IsForPrograms, static programs =>
        {
            programs.UseExceptionHandler();
            programs.UseStatusCodePages();
        });
        app.UseWhen(static context => !IsForPrograms(context), static pages =>
        {
            pages.UseExceptionHandler("/errors/500");
            pages.UseStatusCodePagesWithReExecute("/errors/{0}");
        });
    }

    private static bool IsForPrograms(HttpContext context) =>
        ForPrograms.Any(path => context.Request.Path.StartsWithSegments(path, StringComparison.OrdinalIgnoreCase));

    /// <summary>Remembers that a 400 came from a form whose protection had expired, which needs other words than other 400s.</summary>
    private sealed class ExpiredFormFilter : IAlwaysRunResultFilter
    {
        public void OnResultExecuting(ResultExecutingContext context)
        {
            if (context.Result is IAntiforgeryValidationFailedResult)
            {
                context.HttpContext.Items[typeof(IAntiforgeryValidationFailedResult)] = true;
            }
        }

        public void OnResultExecuted(ResultExecutedContext context)
        {
        }
    }
}
