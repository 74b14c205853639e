using System.Globalization;
using Microsoft.AspNetCore.Mvc.Rendering;
using Microsoft.AspNetCore.Mvc.ViewFeatures;
using Microsoft.AspNetCore.Razor.TagHelpers;
using Microsoft.Extensions.Localization;

namespace ActiveCitizens.Web.Features.Shared.Components;

/// <summary>
/// A table with its caption, which scrolls sideways by itself on a narrow screen. Header cells carry their <c>scope</c>; numbers take <c>class="num"</c>.
/// <code>&lt;data-table caption="@T["Projects by cost"]"&gt;&lt;thead&gt;…&lt;/thead&gt;&lt;tbody&gt;…&lt;/tbody&gt;&lt;/data-table&gt;</code>
/// </summary>
public sealed class DataTableTagHelper : TagHelper
{
    public required string Caption { get; set; }

    /// <summary>True when a heading above already says it: the caption is then read, not shown.</summary>
    public bool CaptionHidden { get; set; }

    [ViewContext, HtmlAttributeNotBound]
    public required ViewContext ViewContext { get; set; }

    public override async Task ProcessAsync(TagHelperContext context, TagHelperOutput output)
    {
        var content = await output.GetChildContentAsync();
        var caption = ViewContext.NextId("table");
        output.TagName = "div";
        output.TagMode = TagMode.StartTagAndEndTag;
        output.Attributes.SetAttribute("class", "table-scroll");
        output.Attributes.SetAttribute("role", "region");
        output.Attributes.SetAttribute("aria-labelledby", caption);
        output.Attributes.SetAttribute("tabindex", "0");
        output.Content.SetHtmlContent(TableOf(content, Caption, caption, CaptionHidden));
    }

    internal static TagBuilder TableOf(TagHelperContent rows, string caption, string captionId, bool captionHidden)
    {
        var words = Html.Tag("span", captionHidden ? "visually-hidden" : null).With("id", captionId).Text(caption);
        return Html.Tag("table", "ds-table").Add(Html.Tag("caption").Add(words)).Add(rows);
    }
}

/// <summary>
/// Pages of a long list; keeps the search and filters of the address and changes its <c>p</c>. Absent when one page is enough.
/// <code>&lt;pager page="@Model.P" pages="@Model.Pages" /&gt;</code>
/// </summary>
[HtmlTargetElement("pager", TagStructure = TagStructure.NormalOrSelfClosing)]
public sealed class PagerTagHelper(IStringLocalizer<SharedText> shared, Format format) : TagHelper
{
    /// <summary>The page shown, from 1.</summary>
    public required int Page { get; set; }

    public required int Pages { get; set; }

    [ViewContext, HtmlAttributeNotBound]
    public required ViewContext ViewContext { get; set; }

    public override void Process(TagHelperContext context, TagHelperOutput output)
    {
        if (Pages <= 1)
        {
            output.SuppressOutput();
            return;
        }

        output.TagName = "nav";
        output.TagMode = TagMode.StartTagAndEndTag;
        output.Attributes.SetAttribute("class", "pager");
        output.Attributes.SetAttribute("aria-label", shared["Pages"]);
        var list = Html.Tag("ul").With("role", "list");
        if (Page > 1)
        {
            list.Add(Item(Page - 1, shared["Previous"]));
        }

        var last = 0;
        foreach (var number in Enumerable.Range(1, Pages).Where(number => number == 1 || number == Pages || Math.Abs(number - Page) <= 1))
        {
            if (number > last + 1)
            {
                list.Add(Html.Tag("li").With("aria-hidden", "true").Text("…"));
            }

            list.Add(Item(number, format.Number(number)));
            last = number;
        }

        if (Page < Pages)
        {
            list.Add(Item(Page + 1, shared["Next"]));
        }

        output.Content.SetHtmlContent(list);
    }

    private TagBuilder Item(int number, string text)
    {
        var request = ViewContext.HttpContext.Request;
        var query = QueryString.Create(request.Query.Where(pair => pair.Key != "p")).Add("p", number.ToString(CultureInfo.InvariantCulture));
        var link = Html.Tag("a").With("href", $"{request.PathBase}{request.Path}{query}").With("aria-current", number == Page ? "page" : null);
        if (text.Length > 0 && char.IsDigit(text[0]))
        {
            link.Add(Html.Tag("span", "visually-hidden").Text($"{shared["Page"]} "));
        }

        return Html.Tag("li").Add(link.Text(text));
    }
}
