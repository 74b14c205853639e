using ActiveCitizens.Web.Features.Shared.Assets;
using Microsoft.AspNetCore.Mvc.Rendering;
using Microsoft.AspNetCore.Mvc.ViewFeatures;
using Microsoft.AspNetCore.Razor.TagHelpers;
using Microsoft.Extensions.Localization;

namespace ActiveCitizens.Web.Features.Shared.Components;

/// <summary>
/// Something to know before reading on: <c>info</c>, <c>success</c>, <c>warning</c> or <c>danger</c>. With <c>live</c> it is read out at once.
/// <code>&lt;notice kind="warning" title="@T["Boundaries are illustrative"]"&gt;…&lt;/notice&gt;</code>
/// </summary>
public sealed class NoticeTagHelper(AssetManifest assets, IStringLocalizer<SharedText> shared) : TagHelper
{
    public string Kind { get; set; } = "info";

    public string? Title { get; set; }

    /// <summary>True for a message that answers what the person just did.</summary>
    public bool Live { get; set; }

    public override async Task ProcessAsync(TagHelperContext context, TagHelperOutput output)
    {
        var content = await output.GetChildContentAsync();
        var (icon, word) = Kind switch
        {
            "success" => ("circle-check", shared["Success:"]),
            "warning" => ("triangle-alert", shared["Warning:"]),
            "danger" => ("circle-alert", shared["Error:"]),
            _ => ("info", shared["Information:"]),
        };
        output.TagName = "div";
        output.TagMode = TagMode.StartTagAndEndTag;
        output.Attributes.SetAttribute("class", "notice");
        output.Attributes.SetAttribute("data-color", Kind);
        if (Live)
        {
            output.Attributes.SetAttribute("role", Kind is "danger" ? "alert" : "status");
        }

        var body = Html.Tag("div", "notice__body").Add(Html.Tag("span", "visually-hidden").Text($"{word} "));
        if (Title is not null)
        {
            body.Add(Html.Tag("p", "notice__title").Text(Title));
        }

        output.Content.SetHtmlContent(assets.IconSvg(icon)).AppendHtml(body.Add(content));
    }
}

/// <summary>
/// Nothing to list yet: says why, and what can be done.
/// <code>&lt;empty-state icon="vote" title="@T["No round yet"]"&gt;…&lt;/empty-state&gt;</code>
/// </summary>
public sealed class EmptyStateTagHelper(AssetManifest assets) : TagHelper
{
    public string Icon { get; set; } = "search";

    public required string Title { get; set; }

    public override async Task ProcessAsync(TagHelperContext context, TagHelperOutput output)
    {
        var content = await output.GetChildContentAsync();
        output.TagName = "div";
        output.TagMode = TagMode.StartTagAndEndTag;
        output.Attributes.SetAttribute("class", "empty-state");
        output.Content.SetHtmlContent(assets.IconSvg(Icon)).AppendHtml(Html.Tag("p", "empty-state__title").Text(Title)).AppendHtml(content);
    }
}

/// <summary>
/// The page after something was done: what happened as its h1, then what comes next. It replaces the page header.
/// <code>&lt;confirmation title="@T["Your address is verified"]"&gt;&lt;p&gt;…&lt;/p&gt;&lt;/confirmation&gt;</code>
/// </summary>
public sealed class ConfirmationTagHelper(AssetManifest assets) : TagHelper
{
    public required string Title { get; set; }

    [ViewContext, HtmlAttributeNotBound]
    public required ViewContext ViewContext { get; set; }

    public override async Task ProcessAsync(TagHelperContext context, TagHelperOutput output)
    {
        var content = await output.GetChildContentAsync();
        ViewContext.ViewData["Title"] = Title;
        output.TagName = "div";
        output.TagMode = TagMode.StartTagAndEndTag;
        output.Attributes.SetAttribute("class", "confirmation");
        output.Content.SetHtmlContent(assets.IconSvg("circle-check"))
            .AppendHtml(Html.Tag("div").Add(Html.Tag("h1").Text(Title)).Add(content));
    }
}

/// <summary>
/// The state of a thing in a word or two: <c>neutral</c>, <c>info</c>, <c>success</c>, <c>warning</c>, <c>danger</c>, <c>brand1</c> (plum) or <c>accent</c>.
/// <code>&lt;status kind="success"&gt;@T["Funded"]&lt;/status&gt;</code>
/// </summary>
public sealed class StatusTagHelper : TagHelper
{
    public string Kind { get; set; } = "neutral";

    public override void Process(TagHelperContext context, TagHelperOutput output)
    {
        output.TagName = "span";
        output.TagMode = TagMode.StartTagAndEndTag;
        output.Attributes.SetAttribute("class", "ds-tag status");
        output.Attributes.SetAttribute("data-color", Kind);
    }
}
