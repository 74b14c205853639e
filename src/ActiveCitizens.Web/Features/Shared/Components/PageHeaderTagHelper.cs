using Microsoft.AspNetCore.Mvc.Rendering;
using Microsoft.AspNetCore.Mvc.ViewFeatures;
using Microsoft.AspNetCore.Razor.TagHelpers;
using Microsoft.Extensions.Localization;

namespace ActiveCitizens.Web.Features.Shared.Components;

/// <summary>
/// The page's h1 and title, with the way back as breadcrumbs and a sentence that says what the page is for.
/// <code>&lt;page-header title="@T["Saint-Hilaire"]" lead="…"&gt;&lt;crumb href="/neighbourhoods"&gt;@T["Neighbourhoods"]&lt;/crumb&gt;&lt;/page-header&gt;</code>
/// </summary>
[HtmlTargetElement("page-header", TagStructure = TagStructure.NormalOrSelfClosing)]
public sealed class PageHeaderTagHelper(IStringLocalizer<SharedText> shared) : TagHelper
{
    public required string Title { get; set; }

    public string? Lead { get; set; }

    [ViewContext, HtmlAttributeNotBound]
    public required ViewContext ViewContext { get; set; }

    public override async Task ProcessAsync(TagHelperContext context, TagHelperOutput output)
    {
        var crumbs = new List<(string Href, string Text)>();
        context.Items[typeof(CrumbTagHelper)] = crumbs;
        var content = await output.GetChildContentAsync();
        ViewContext.ViewData["Title"] = Title;
        if (Lead is not null)
        {
            ViewContext.ViewData.TryAdd("Description", Lead);
        }

        output.TagName = "div";
        output.TagMode = TagMode.StartTagAndEndTag;
        output.Attributes.SetAttribute("class", "page-header");
        output.Content.Clear();
        if (crumbs.Count > 0)
        {
            var list = Html.Tag("ol");
            foreach (var (href, text) in crumbs.Prepend(("/", shared["Home"].Value)))
            {
                list.Add(Html.Tag("li").Add(Html.Tag("a").With("href", ViewContext.Href(href)).Text(text)));
            }

            list.Add(Html.Tag("li").With("aria-current", "page").Text(Title));
            output.Content.AppendHtml(Html.Tag("nav", "breadcrumbs").With("aria-label", shared["You are here"]).Add(list));
        }

        output.Content.AppendHtml(Html.Tag("h1").Text(Title));
        if (Lead is not null)
        {
            output.Content.AppendHtml(Html.Tag("p", "lead").Text(Lead));
        }

        output.Content.AppendHtml(content);
    }
}

/// <summary>One page on the way here, the outermost first (the home page stands before it by itself); see <see cref="PageHeaderTagHelper"/>.</summary>
[HtmlTargetElement("crumb", ParentTag = "page-header")]
public sealed class CrumbTagHelper : TagHelper
{
    public required string Href { get; set; }

    public override async Task ProcessAsync(TagHelperContext context, TagHelperOutput output)
    {
        var text = await output.GetChildContentAsync();
        ((List<(string, string)>)context.Items[typeof(CrumbTagHelper)]).Add((Href, System.Net.WebUtility.HtmlDecode(text.GetContent())));
        output.SuppressOutput();
    }
}
