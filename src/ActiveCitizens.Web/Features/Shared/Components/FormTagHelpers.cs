using ActiveCitizens.Web.Features.Shared.Assets;
using ActiveCitizens.Web.Features.Shared.Languages;
using Microsoft.AspNetCore.Html;
using Microsoft.AspNetCore.Mvc.Rendering;
using Microsoft.AspNetCore.Mvc.ViewFeatures;
using Microsoft.AspNetCore.Razor.TagHelpers;
using Microsoft.Extensions.Localization;

namespace ActiveCitizens.Web.Features.Shared.Components;

/// <summary>
/// What went wrong in a form, at its top, each line leading to its field; takes the focus when the page opens and is absent when all is well.
/// <code>&lt;error-summary /&gt;</code>
/// </summary>
[HtmlTargetElement("error-summary", TagStructure = TagStructure.NormalOrSelfClosing)]
public sealed class ErrorSummaryTagHelper(IStringLocalizer<SharedText> shared) : TagHelper
{
    [ViewContext, HtmlAttributeNotBound]
    public required ViewContext ViewContext { get; set; }

    public override void Process(TagHelperContext context, TagHelperOutput output)
    {
        var errors = ViewContext.ViewData.ModelState
            .SelectMany(entry => (entry.Value?.Errors ?? []).Select(error => (Field: entry.Key, error.ErrorMessage)))
            .Where(error => error.ErrorMessage.Length > 0)
            .OrderBy(error => PlaceOf(error.Field), StringComparer.Ordinal)
            .ToList();
        if (errors.Count == 0)
        {
            output.SuppressOutput();
            return;
        }

        output.TagName = "ds-error-summary";
        output.TagMode = TagMode.StartTagAndEndTag;
        output.Attributes.SetAttribute("class", "ds-error-summary");
        output.Attributes.SetAttribute("role", "group");
        output.Attributes.SetAttribute("tabindex", "-1");
        output.Attributes.SetAttribute("autofocus", "autofocus");
        output.Attributes.SetAttribute("aria-labelledby", "error-summary-title");
        var heading = new TagBuilder("h2") { Attributes = { ["id"] = "error-summary-title" } };
        heading.InnerHtml.Append(shared.Plural(errors.Count, "Correct {0} thing to go on|Correct {0} things to go on"));
        var list = new TagBuilder("ul") { Attributes = { ["class"] = "error-list" } };
        foreach (var (field, message) in errors)
        {
            var item = new TagBuilder("li");
            if (field.Length == 0)
            {
                item.InnerHtml.Append(message);
            }
            else
            {
                var link = new TagBuilder("a") { Attributes = { ["href"] = $"#{TagBuilder.CreateSanitizedId(field, "_")}" } };
                link.InnerHtml.Append(message);
                item.InnerHtml.AppendHtml(link);
            }

            list.InnerHtml.AppendHtml(item);
        }

        output.Content.SetHtmlContent(new HtmlContentBuilder().AppendHtml(heading).AppendHtml(list));
    }

    /// <summary>Sorts errors as the form's class declares its properties, which is the order of the fields on the screen.</summary>
    private string PlaceOf(string field)
    {
        var place = "";
        var model = ViewContext.ViewData.ModelMetadata;
        foreach (var name in field.Split('.', StringSplitOptions.RemoveEmptyEntries))
        {
            var index = model?.Properties.Select(property => property.PropertyName).ToList().IndexOf(name) ?? -1;
            place += $"{index + 1:D4}";
            model = index < 0 ? null : model!.Properties[index];
        }

        return place;
    }
}

/// <summary>Our errors speak the page's language and stay on screen; the browser's own bubbles do neither.</summary>
[HtmlTargetElement("form", Attributes = "[method=post]")]
public sealed class FormTagHelper : TagHelper
{
    public override void Process(TagHelperContext context, TagHelperOutput output) => output.Attributes.SetAttribute("novalidate", "novalidate");
}

/// <summary>
/// Makes a link or button look like a button: <c>primary</c>, <c>secondary</c>, <c>tertiary</c> or <c>danger</c>, with an icon if wished.
/// <code>&lt;button type="submit" look="primary" icon="check"&gt;…&lt;/button&gt; &lt;a href="/budgets" look="secondary"&gt;…&lt;/a&gt;</code>
/// </summary>
[HtmlTargetElement("a", Attributes = "look")]
[HtmlTargetElement("button", Attributes = "look")]
public sealed class ButtonTagHelper(AssetManifest manifest) : TagHelper
{
    public required string Look { get; set; }

    public string? Icon { get; set; }

    public override void Process(TagHelperContext context, TagHelperOutput output)
    {
        output.Attributes.SetAttribute("class", "ds-button");
        if (Look is "danger")
        {
            output.Attributes.SetAttribute("data-color", "danger");
        }
        else if (Look is "secondary" or "tertiary")
        {
            output.Attributes.SetAttribute("data-variant", Look);
        }

        if (Icon is not null)
        {
            output.PreContent.AppendHtml(manifest.IconSvg(Icon));
        }
    }
}
