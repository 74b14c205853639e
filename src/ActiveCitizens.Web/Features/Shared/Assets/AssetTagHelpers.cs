using ActiveCitizens.Web.Features.Shared.Layout;
using Microsoft.AspNetCore.Mvc.Rendering;
using Microsoft.AspNetCore.Mvc.ViewFeatures;
using Microsoft.AspNetCore.Razor.TagHelpers;

namespace ActiveCitizens.Web.Features.Shared.Assets;

/// <summary>
/// A style sheet or a font to preload, by the name of its bundle.
/// <code>&lt;link rel="stylesheet" asset="site.css"&gt;</code>
/// </summary>
[HtmlTargetElement("link", Attributes = "asset", TagStructure = TagStructure.WithoutEndTag)]
public sealed class LinkAssetTagHelper(AssetManifest manifest) : TagHelper
{
    public required string Asset { get; set; }

    [ViewContext, HtmlAttributeNotBound]
    public required ViewContext ViewContext { get; set; }

    public override void Process(TagHelperContext context, TagHelperOutput output) =>
        output.Attributes.SetAttribute("href", $"{PageAddress.SiteRoot(ViewContext.HttpContext)}/assets/{manifest.NameOf(Asset)}");
}

/// <summary>
/// A script module, by the name of its bundle; a page names it once, wherever its component stands.
/// <code>&lt;script asset="map.js"&gt;&lt;/script&gt;</code>
/// </summary>
[HtmlTargetElement("script", Attributes = "asset")]
public sealed class ScriptAssetTagHelper(AssetManifest manifest) : TagHelper
{
    public required string Asset { get; set; }

    [ViewContext, HtmlAttributeNotBound]
    public required ViewContext ViewContext { get; set; }

    public override void Process(TagHelperContext context, TagHelperOutput output)
    {
        output.Attributes.SetAttribute("type", "module");
        output.Attributes.SetAttribute("src", $"{PageAddress.SiteRoot(ViewContext.HttpContext)}/assets/{manifest.NameOf(Asset)}");
    }
}

/// <summary>
/// A Lucide icon drawn in the text's colour; decorative, so the words beside it say what it means.
/// <code>&lt;icon name="map-pin" /&gt;</code>
/// </summary>
public sealed class IconTagHelper(AssetManifest manifest) : TagHelper
{
    public required string Name { get; set; }

    public override void Process(TagHelperContext context, TagHelperOutput output)
    {
        output.TagName = "svg";
        output.TagMode = TagMode.StartTagAndEndTag;
        output.Attributes.SetAttribute("class", string.Join(' ', "icon", output.Attributes["class"]?.Value).Trim());
        output.Attributes.SetAttribute("width", "20");
        output.Attributes.SetAttribute("height", "20");
        output.Attributes.SetAttribute("viewBox", "0 0 24 24");
        output.Attributes.SetAttribute("aria-hidden", "true");
        output.Attributes.SetAttribute("focusable", "false");
        output.Content.SetHtmlContent(manifest.Icon(Name));
    }
}
