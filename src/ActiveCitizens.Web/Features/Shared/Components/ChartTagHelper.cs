using ActiveCitizens.Web.Features.Shared.Assets;
using ActiveCitizens.Web.Features.Shared.Layout;
using Microsoft.AspNetCore.Mvc.Rendering;
using Microsoft.AspNetCore.Mvc.ViewFeatures;
using Microsoft.AspNetCore.Razor.TagHelpers;
using Microsoft.Extensions.Localization;

namespace ActiveCitizens.Web.Features.Shared.Components;

/// <summary>
/// A table drawn as a chart where scripts run; the table stays under it. The first column names, the others are series; a number cell gives
/// its value in <c>data-value</c>. Kinds: <c>bar</c>, <c>grouped-bar</c>, <c>histogram</c>, <c>line</c>.
/// <code>&lt;chart-table kind="bar" title="@T["Votes per project"]"&gt;&lt;thead&gt;…&lt;/thead&gt;&lt;tbody&gt;&lt;tr&gt;&lt;th&gt;Parc&lt;/th&gt;&lt;td class="num" data-value="1204"&gt;1 204&lt;/td&gt;…&lt;/chart-table&gt;</code>
/// </summary>
public sealed class ChartTableTagHelper(AssetManifest assets, IStringLocalizer<SharedText> shared) : TagHelper
{
    public string Kind { get; set; } = "bar";

    public required string Title { get; set; }

    /// <summary>What the values count, written at their axis.</summary>
    public string? Unit { get; set; }

    /// <summary>What the first column's values are, written at their axis; for <c>histogram</c> and <c>line</c>.</summary>
    public string? Along { get; set; }

    [ViewContext, HtmlAttributeNotBound]
    public required ViewContext ViewContext { get; set; }

    public override async Task ProcessAsync(TagHelperContext context, TagHelperOutput output)
    {
        var rows = await output.GetChildContentAsync();
        var caption = ViewContext.NextId("chart");
        output.TagName = "figure";
        output.TagMode = TagMode.StartTagAndEndTag;
        output.Attributes.SetAttribute("class", "chart");
        output.Attributes.SetAttribute("data-chart", Kind);
        output.Attributes.SetAttribute("data-label", shared["Chart: {0}. The figures are in the table that follows.", Title]);
        if (Unit is not null)
        {
            output.Attributes.SetAttribute("data-unit", Unit);
        }

        if (Along is not null)
        {
            output.Attributes.SetAttribute("data-along", Along);
        }

        if (ViewContext.HttpContext.Items.TryAdd(typeof(ChartTableTagHelper), true))
        {
            var source = $"{PageAddress.SiteRoot(ViewContext.HttpContext)}/assets/{assets.NameOf("chart.js")}";
            output.PreElement.AppendHtml(Html.Tag("script").With("type", "module").With("src", source));
        }

        var scroll = Html.Tag("div", "table-scroll").With("role", "region").With("tabindex", "0").With("aria-labelledby", caption)
            .Add(DataTableTagHelper.TableOf(rows, Title, caption, captionHidden: true));
        output.Content.SetHtmlContent(Html.Tag("figcaption").Text(Title))
            .AppendHtml(Html.Tag("div", "chart__plot").With("hidden", "hidden"))
            .AppendHtml(Html.Tag("details", "ds-details reveal").With("open", "open").Add(Html.Tag("summary").Text(shared["The figures as a table"])).Add(Html.Tag("div").Add(scroll)));
    }
}
