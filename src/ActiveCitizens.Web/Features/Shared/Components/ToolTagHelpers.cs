using System.Globalization;
using ActiveCitizens.Web.Features.Shared.Assets;
using Microsoft.AspNetCore.Mvc.Rendering;
using Microsoft.AspNetCore.Mvc.ViewFeatures;
using Microsoft.AspNetCore.Razor.TagHelpers;
using Microsoft.Extensions.Localization;

namespace ActiveCitizens.Web.Features.Shared.Components;

/// <summary>
/// A search above a list, with its filters inside; answers by GET, so that a result has an address.
/// <code>&lt;search-form label="@T["Search projects"]" name="q" value="@Model.Q"&gt;&lt;field for="Category" type="select" … /&gt;&lt;/search-form&gt;</code>
/// </summary>
public sealed class SearchFormTagHelper(AssetManifest assets, IStringLocalizer<SharedText> shared) : TagHelper
{
    public required string Label { get; set; }

    public string Name { get; set; } = "q";

    public string? Value { get; set; }

    [ViewContext, HtmlAttributeNotBound]
    public required ViewContext ViewContext { get; set; }

    public override async Task ProcessAsync(TagHelperContext context, TagHelperOutput output)
    {
        var filters = await output.GetChildContentAsync();
        var id = ViewContext.NextId("search");
        output.TagName = "form";
        output.TagMode = TagMode.StartTagAndEndTag;
        output.Attributes.SetAttribute("class", "search-form");
        output.Attributes.SetAttribute("method", "get");
        output.Attributes.SetAttribute("role", "search");
        output.Attributes.SetAttribute("aria-label", Label);
        var query = Html.Tag("div", "ds-field form-field search-form__query")
            .Add(Html.Tag("label").With("for", id).Text(Label))
            .Add(Html.Tag("input", "ds-input").With("type", "search").With("id", id).With("name", Name).With("value", Value));
        var button = Html.Tag("button", "ds-button").With("type", "submit").Add(assets.IconSvg("search")).Text(shared["Search"]);
        output.Content.SetHtmlContent(Html.Tag("div", "search-form__row").Add(query).Add(filters).Add(button));
    }
}

/// <summary>
/// How far a long work has come. With script it asks <c>url</c> for <c>{"share": 0.4, "text": "…", "done": false}</c> and reloads the page when done;
/// without, the page refreshes itself.
/// <code>&lt;progress-bar share="0.4" text="@T["{0} of {1} ballots read", 400, 1000]" url="/budgets/2022/import/progress" /&gt;</code>
/// </summary>
[HtmlTargetElement("progress-bar", TagStructure = TagStructure.NormalOrSelfClosing)]
public sealed class ProgressBarTagHelper(IStringLocalizer<SharedText> shared) : TagHelper
{
    /// <summary>Between 0 and 1.</summary>
    public required double Share { get; set; }

    public required string Text { get; set; }

    public string? Url { get; set; }

    [ViewContext, HtmlAttributeNotBound]
    public required ViewContext ViewContext { get; set; }

    public override void Process(TagHelperContext context, TagHelperOutput output)
    {
        output.TagName = "div";
        output.TagMode = TagMode.StartTagAndEndTag;
        output.Attributes.SetAttribute("class", "progress");
        if (Url is not null)
        {
            output.Attributes.SetAttribute("data-progress-url", ViewContext.Href(Url));
            ViewContext.ViewData["RefreshSeconds"] = 5;
        }

        var value = Math.Round(Math.Clamp(Share, 0, 1) * 100).ToString(CultureInfo.InvariantCulture);
        output.Content.SetHtmlContent(Html.Tag("progress").With("max", "100").With("value", value).With("aria-label", shared["Progress"]))
            .AppendHtml(Html.Tag("p").With("role", "status").Text(Text));
    }
}

/// <summary>
/// A command to run at home, with a button that copies it.
/// <code>&lt;command-line&gt;activecitizens count toulouse-2022.pb --preset mes_cost_add1&lt;/command-line&gt;</code>
/// </summary>
public sealed class CommandLineTagHelper(AssetManifest assets, IStringLocalizer<SharedText> shared) : TagHelper
{
    [ViewContext, HtmlAttributeNotBound]
    public required ViewContext ViewContext { get; set; }

    public override async Task ProcessAsync(TagHelperContext context, TagHelperOutput output)
    {
        var content = await output.GetChildContentAsync();
        var id = ViewContext.NextId("command");
        output.TagName = "div";
        output.TagMode = TagMode.StartTagAndEndTag;
        output.Attributes.SetAttribute("class", "command");
        var copy = Html.Tag("button", "ds-button").With("type", "button").With("data-variant", "secondary").With("data-copy", id)
            .With("data-copied", shared["Copied"]).With("hidden", "hidden").Add(assets.IconSvg("copy")).Text(shared["Copy"]);
        output.Content.SetHtmlContent(Html.Tag("pre").With("tabindex", "0").With("role", "group").With("aria-label", shared["Command"]).Add(Html.Tag("code").With("id", id).Add(content)))
            .AppendHtml(Html.Tag("div", "command__tools").Add(copy).Add(Html.Tag("span").With("role", "status")));
    }
}

/// <summary>
/// What not everybody needs, folded under a title.
/// <code>&lt;reveal title="@T["How is this counted?"]"&gt;…&lt;/reveal&gt;</code>
/// </summary>
public sealed class RevealTagHelper : TagHelper
{
    public required string Title { get; set; }

    public bool Open { get; set; }

    public override async Task ProcessAsync(TagHelperContext context, TagHelperOutput output)
    {
        var content = await output.GetChildContentAsync();
        output.TagName = "details";
        output.TagMode = TagMode.StartTagAndEndTag;
        output.Attributes.SetAttribute("class", "ds-details reveal");
        if (Open)
        {
            output.Attributes.SetAttribute("open", "open");
        }

        output.Content.SetHtmlContent(Html.Tag("summary").Text(Title)).AppendHtml(Html.Tag("div").Add(content));
    }
}
