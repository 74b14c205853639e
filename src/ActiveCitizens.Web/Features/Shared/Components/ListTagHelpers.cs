using ActiveCitizens.Web.Features.Shared.Assets;
using Microsoft.AspNetCore.Mvc.Rendering;
using Microsoft.AspNetCore.Mvc.ViewFeatures;
using Microsoft.AspNetCore.Razor.TagHelpers;
using Microsoft.Extensions.Localization;

namespace ActiveCitizens.Web.Features.Shared.Components;

/// <summary>
/// Cards side by side, as many as fit.
/// <code>&lt;card-list&gt;&lt;card href="/neighbourhoods/saint-hilaire" title="Saint-Hilaire" icon="map-pin"&gt;…&lt;/card&gt;&lt;/card-list&gt;</code>
/// </summary>
public sealed class CardListTagHelper : TagHelper
{
    public override void Process(TagHelperContext context, TagHelperOutput output)
    {
        output.TagName = "ul";
        output.TagMode = TagMode.StartTagAndEndTag;
        output.Attributes.SetAttribute("class", "card-list");
        output.Attributes.SetAttribute("role", "list");
    }
}

/// <summary>One card of a <c>card-list</c>: its title is the link, and the whole card answers to it.</summary>
[HtmlTargetElement("card", ParentTag = "card-list")]
public sealed class CardTagHelper(AssetManifest assets) : TagHelper
{
    public required string Title { get; set; }

    public string? Href { get; set; }

    public string? Icon { get; set; }

    /// <summary>Level of the title, one below the heading above the list.</summary>
    public int Level { get; set; } = 2;

    [ViewContext, HtmlAttributeNotBound]
    public required ViewContext ViewContext { get; set; }

    public override async Task ProcessAsync(TagHelperContext context, TagHelperOutput output)
    {
        var content = await output.GetChildContentAsync();
        output.TagName = "li";
        output.TagMode = TagMode.StartTagAndEndTag;
        output.Attributes.SetAttribute("class", Href is null ? "card" : "card card--link");
        if (Icon is not null)
        {
            output.Content.AppendHtml(Html.Tag("span", "card__icon").Add(assets.IconSvg(Icon)));
        }

        var title = Html.Tag($"h{Level}", "card__title");
        title.Add(Href is null ? Html.Tag("span").Text(Title) : Html.Tag("a").With("href", ViewContext.Href(Href)).Text(Title));
        output.Content.AppendHtml(title).AppendHtml(Html.Tag("div", "card__body").Add(content));
    }
}

/// <summary>
/// Names and values, such as what a person is about to confirm.
/// <code>&lt;summary-list&gt;&lt;summary-row label="@T["Seats"]"&gt;9&lt;/summary-row&gt;&lt;/summary-list&gt;</code>
/// </summary>
public sealed class SummaryListTagHelper : TagHelper
{
    public override void Process(TagHelperContext context, TagHelperOutput output)
    {
        output.TagName = "dl";
        output.TagMode = TagMode.StartTagAndEndTag;
        output.Attributes.SetAttribute("class", "summary-list");
    }
}

/// <summary>One row of a <c>summary-list</c>; <c>href</c> and <c>action</c> add a link such as “Change”, which names its row to screen readers.</summary>
[HtmlTargetElement("summary-row", ParentTag = "summary-list")]
public sealed class SummaryRowTagHelper : TagHelper
{
    public required string Label { get; set; }

    public string? Href { get; set; }

    public string? Action { get; set; }

    [ViewContext, HtmlAttributeNotBound]
    public required ViewContext ViewContext { get; set; }

    public override async Task ProcessAsync(TagHelperContext context, TagHelperOutput output)
    {
        var content = await output.GetChildContentAsync();
        output.TagName = "div";
        output.TagMode = TagMode.StartTagAndEndTag;
        output.Content.SetHtmlContent(Html.Tag("dt").Text(Label)).AppendHtml(Html.Tag("dd").Add(content));
        if (Href is not null && Action is not null)
        {
            var link = Html.Tag("a", "link").With("href", ViewContext.Href(Href)).Text(Action).Add(Html.Tag("span", "visually-hidden").Text($" – {Label}"));
            output.Content.AppendHtml(Html.Tag("dd", "summary-list__action").Add(link));
        }
    }
}

/// <summary>
/// One figure with its date and source; several stand side by side in <c>&lt;dl class="stats"&gt;</c>.
/// <code>&lt;stat value="33 012" label="@T["inhabitants"]" source="INSEE, 2018" href="https://…" /&gt;</code>
/// </summary>
[HtmlTargetElement("stat", TagStructure = TagStructure.NormalOrSelfClosing)]
public sealed class StatTagHelper(IStringLocalizer<SharedText> shared) : TagHelper
{
    public required string Value { get; set; }

    public required string Label { get; set; }

    /// <summary>Who says so, and of when.</summary>
    public string? Source { get; set; }

    public string? Href { get; set; }

    public override async Task ProcessAsync(TagHelperContext context, TagHelperOutput output)
    {
        var content = await output.GetChildContentAsync();
        output.TagName = "div";
        output.TagMode = TagMode.StartTagAndEndTag;
        output.Attributes.SetAttribute("class", "stat");
        output.Content.SetHtmlContent(Html.Tag("dt").Text(Label)).AppendHtml(Html.Tag("dd", "stat__value").Text(Value));
        if (!content.IsEmptyOrWhiteSpace)
        {
            output.Content.AppendHtml(Html.Tag("dd").Add(content));
        }

        if (Source is not null)
        {
            var source = Html.Tag("dd", "stat__source").Text($"{shared["Source:"]} ");
            output.Content.AppendHtml(source.Add(Href is null ? Html.Tag("span").Text(Source) : Html.Tag("a", "link").With("href", Href).Text(Source)));
        }
    }
}

/// <summary>
/// Files to take away.
/// <code>&lt;download-list&gt;&lt;download href="/neighbourhoods.csv" format="CSV" bytes="4200"&gt;@T["The 23 neighbourhoods"]&lt;/download&gt;&lt;/download-list&gt;</code>
/// </summary>
public sealed class DownloadListTagHelper : TagHelper
{
    public override void Process(TagHelperContext context, TagHelperOutput output)
    {
        output.TagName = "ul";
        output.TagMode = TagMode.StartTagAndEndTag;
        output.Attributes.SetAttribute("class", "download-list");
        output.Attributes.SetAttribute("role", "list");
    }
}

/// <summary>One file of a <c>download-list</c>: what it holds, its format, and its size when known.</summary>
[HtmlTargetElement("download", ParentTag = "download-list")]
public sealed class DownloadTagHelper(AssetManifest assets, Format numbers) : TagHelper
{
    public required string Href { get; set; }

    public required string Format { get; set; }

    public long? Bytes { get; set; }

    [ViewContext, HtmlAttributeNotBound]
    public required ViewContext ViewContext { get; set; }

    public override async Task ProcessAsync(TagHelperContext context, TagHelperOutput output)
    {
        var content = await output.GetChildContentAsync();
        var details = Bytes is { } bytes ? $"{Format}, {numbers.FileSize(bytes)}" : Format;
        output.TagName = "li";
        output.TagMode = TagMode.StartTagAndEndTag;
        output.Content.SetHtmlContent(Html.Tag("a", "link").With("href", ViewContext.Href(Href)).With("download", "")
            .Add(assets.IconSvg("download")).Add(Html.Tag("span").Add(content)).Add(Html.Tag("span", "soft").Text($" ({details})")));
    }
}

/// <summary>
/// Stages of a round or a journey, in order.
/// <code>&lt;steps&gt;&lt;step state="current" title="@T["Vote"]" when="@Format.Date(opens)"&gt;…&lt;/step&gt;&lt;/steps&gt;</code>
/// </summary>
public sealed class StepsTagHelper : TagHelper
{
    public override void Process(TagHelperContext context, TagHelperOutput output)
    {
        output.TagName = "ol";
        output.TagMode = TagMode.StartTagAndEndTag;
        output.Attributes.SetAttribute("class", string.Join(' ', "steps", output.Attributes["class"]?.Value).Trim());
        output.Attributes.SetAttribute("role", "list");
    }
}

/// <summary>One stage: <c>done</c>, <c>current</c> or <c>next</c>; without a state it is one of several things that simply follow one another.</summary>
[HtmlTargetElement("step", ParentTag = "steps")]
public sealed class StepTagHelper(IStringLocalizer<SharedText> shared) : TagHelper
{
    public string? State { get; set; }

    public required string Title { get; set; }

    public string? When { get; set; }

    public override async Task ProcessAsync(TagHelperContext context, TagHelperOutput output)
    {
        var content = await output.GetChildContentAsync();
        output.TagName = "li";
        output.TagMode = TagMode.StartTagAndEndTag;
        output.Attributes.SetAttribute("class", "step");
        if (State is not null)
        {
            output.Attributes.SetAttribute("data-state", State);
        }

        if (State is "current")
        {
            output.Attributes.SetAttribute("aria-current", "step");
        }

        var title = Html.Tag("p", "step__title").Text(Title);
        if (State is "done")
        {
            title.Add(Html.Tag("span", "visually-hidden").Text($" ({shared["done"]})"));
        }

        output.Content.SetHtmlContent(title);
        if (When is not null)
        {
            output.Content.AppendHtml(Html.Tag("p", "step__when").Text(When));
        }

        output.Content.AppendHtml(content);
    }
}
