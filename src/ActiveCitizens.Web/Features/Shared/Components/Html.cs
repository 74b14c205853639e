using Microsoft.AspNetCore.Html;
using Microsoft.AspNetCore.Mvc.Rendering;

namespace ActiveCitizens.Web.Features.Shared.Components;

/// <summary>Small pieces with which the tag helpers of this folder are written.</summary>
internal static class Html
{
    public static TagBuilder Tag(string name, string? cssClass = null)
    {
        var tag = new TagBuilder(name);
        if (cssClass is not null)
        {
            tag.AddCssClass(cssClass);
        }

        return tag;
    }

    public static TagBuilder With(this TagBuilder tag, string attribute, string? value)
    {
        if (value is not null)
        {
            tag.Attributes[attribute] = value;
        }

        return tag;
    }

    public static TagBuilder Text(this TagBuilder tag, string text)
    {
        tag.InnerHtml.Append(text);
        return tag;
    }

    public static TagBuilder Add(this TagBuilder tag, IHtmlContent? content)
    {
        if (content is not null)
        {
            tag.InnerHtml.AppendHtml(content);
        }

        return tag;
    }

    /// <summary>An address inside the site (<c>/…</c>) in the language of the request; any other address as it is.</summary>
    public static string Href(this ViewContext view, string href) =>
        href.StartsWith("~/", StringComparison.Ordinal) ? view.HttpContext.Request.PathBase + href[1..]
        : href.StartsWith('/') ? view.HttpContext.Request.PathBase + href
        : href;

    /// <summary>An id no other component of the page has; the same at every rendering, so that pages can be cached and compared.</summary>
    public static string NextId(this ViewContext view, string prefix)
    {
        var key = (typeof(Html), prefix);
        var number = view.HttpContext.Items.TryGetValue(key, out var last) ? (int)last! + 1 : 1;
        view.HttpContext.Items[key] = number;
        return $"{prefix}-{number}";
    }
}
