using ActiveCitizens.Web.Features.Shared.Cities;
using Microsoft.AspNetCore.Diagnostics;

namespace ActiveCitizens.Web.Features.Shared.Layout;

/// <summary>Addresses of the page being shown, in each language of its city.</summary>
public static class PageAddress
{
    /// <summary>The path under which the whole site stands, without the language; assets hang there, so both languages share them.</summary>
    public static string SiteRoot(HttpContext context)
    {
        var root = context.Request.PathBase.Value ?? "";
        if (context.RequestServices.GetRequiredService<CurrentCity>() is { IsChosen: true, City: var city })
        {
            foreach (var language in city.Languages.Skip(1))
            {
                if (root.EndsWith($"/{language}", StringComparison.Ordinal))
                {
                    return root[..^(language.Length + 1)];
                }
            }
        }

        return root;
    }

    /// <summary>The same page in another language, query included; an error page leads to the page that failed.</summary>
    public static string In(HttpContext context, string language)
    {
        var (path, query) = Asked(context);
        var prefix = context.RequestServices.GetRequiredService<City>().DefaultLanguage == language ? "" : $"/{language}";
        var address = $"{SiteRoot(context)}{prefix}{new PathString(path)}{query}";
        return prefix.Length > 0 && path == "/" ? address.Replace($"{prefix}/", prefix, StringComparison.Ordinal) : address;
    }

    /// <summary>Path and query the person asked for, also while an error page answers in its place.</summary>
    public static (string Path, string Query) Asked(HttpContext context)
    {
        if (context.Features.Get<IStatusCodeReExecuteFeature>() is { } status)
        {
            return (status.OriginalPath, status.OriginalQueryString ?? "");
        }

        return context.Features.Get<IExceptionHandlerPathFeature>() is { } failed
            ? (failed.Path, context.Request.QueryString.Value ?? "")
            : (context.Request.Path.Value ?? "/", context.Request.QueryString.Value ?? "");
    }

    /// <summary>True for the page at <paramref name="href"/> and those under it.</summary>
    public static bool IsWithin(HttpContext context, string href) =>
        context.Request.Path.StartsWithSegments(href, StringComparison.OrdinalIgnoreCase);
}
