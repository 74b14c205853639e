using ActiveCitizens.Web.Features.Shared.Assets;
using ActiveCitizens.Web.Features.Shared.Layout;
using Microsoft.AspNetCore.Html;
using Microsoft.AspNetCore.Mvc.Rendering;
using Microsoft.AspNetCore.Mvc.ViewFeatures;
using Microsoft.AspNetCore.Razor.TagHelpers;
using Microsoft.Extensions.Localization;
using Microsoft.Extensions.Options;

namespace ActiveCitizens.Web.Features.Shared.Components;

/// <summary>Background pictures for maps; without an address, maps show the city's own shapes alone.</summary>
public sealed class MapOptions
{
    /// <summary>Such as <c>https://tiles.example.org/{z}/{x}/{y}.png</c>.</summary>
    public string? TileUrl { get; init; }

    /// <summary>The credit the tiles' licence asks for, as plain text.</summary>
    public string? Attribution { get; init; }

    /// <summary>The origin a Content-Security-Policy must allow for pictures, or null.</summary>
    public string? TileOrigin => Uri.TryCreate(TileUrl?.Replace("{s}", "a", StringComparison.Ordinal), UriKind.Absolute, out var address) ? address.GetLeftPart(UriPartial.Authority) : null;
}

/// <summary>Draws the map of one page: the GeoJSON, the texts of its controls and the script, loaded once.</summary>
internal sealed class MapPieces(AssetManifest assets, IOptions<MapOptions> options, IStringLocalizer<SharedText> shared)
{
    public TagBuilder Map(ViewContext view, string label, string? geojson) => Html.Tag("div", "map")
        .With("hidden", "hidden")
        .With("role", "region")
        .With("aria-label", label)
        .With("data-geojson", geojson is null ? null : view.Href(geojson))
        .With("data-tiles", options.Value.TileUrl)
        .With("data-attribution", options.Value.Attribution)
        .With("data-zoom-in", shared["Zoom in"])
        .With("data-zoom-out", shared["Zoom out"]);

    /// <summary>Style sheet and script; a second map on the page finds them there already.</summary>
    public HtmlContentBuilder Files(ViewContext view)
    {
        var files = new HtmlContentBuilder();
        if (view.HttpContext.Items.TryAdd(typeof(MapPieces), true))
        {
            var root = PageAddress.SiteRoot(view.HttpContext);
            var style = Html.Tag("link").With("rel", "stylesheet").With("href", $"{root}/assets/{assets.NameOf("map.css")}");
            style.TagRenderMode = TagRenderMode.SelfClosing;
            files.AppendHtml(style);
            files.AppendHtml(Html.Tag("script").With("type", "module").With("src", $"{root}/assets/{assets.NameOf("map.js")}"));
        }

        return files;
    }
}

/// <summary>
/// A list and, where scripts run, its map: what has the mouse or the focus in one lights up in the other, and an area leads to its page.
/// The GeoJSON's features carry <c>id</c>, <c>name</c> and <c>href</c>; an item of the list names its feature in <c>data-feature</c>.
/// <code>&lt;map-with-list label="@T["Map of the neighbourhoods"]" geojson="/neighbourhoods.geojson"&gt;&lt;ul&gt;&lt;li data-feature="Q01"&gt;&lt;a …&gt;…&lt;/ul&gt;&lt;/map-with-list&gt;</code>
/// </summary>
public sealed class MapWithListTagHelper(AssetManifest assets, IOptions<MapOptions> options, IStringLocalizer<SharedText> shared) : TagHelper
{
    public required string Label { get; set; }

    public required string Geojson { get; set; }

    /// <summary>Id of the feature the page is about, drawn stronger than the others.</summary>
    public string? Current { get; set; }

    [ViewContext, HtmlAttributeNotBound]
    public required ViewContext ViewContext { get; set; }

    public override async Task ProcessAsync(TagHelperContext context, TagHelperOutput output)
    {
        var list = await output.GetChildContentAsync();
        var pieces = new MapPieces(assets, options, shared);
        output.TagName = "div";
        output.TagMode = TagMode.StartTagAndEndTag;
        output.Attributes.SetAttribute("class", "map-with-list");
        output.PreElement.AppendHtml(pieces.Files(ViewContext));
        output.Content.SetHtmlContent(pieces.Map(ViewContext, Label, Geojson).With("data-current", Current)).AppendHtml(Html.Tag("div", "map-list").Add(list));
    }
}

/// <summary>
/// Inside a form: a point chosen on the map, with the keyboard at the map's centre, or by the device's position fills the fields named by
/// <c>latitude</c> and <c>longitude</c>. Those fields stay, so the form works without script.
/// <code>&lt;point-picker label="@T["Where do you live?"]" latitude="Input_Latitude" longitude="Input_Longitude" geojson="/commune.geojson" submit /&gt;</code>
/// </summary>
[HtmlTargetElement("point-picker", TagStructure = TagStructure.NormalOrSelfClosing)]
public sealed class PointPickerTagHelper(AssetManifest assets, IOptions<MapOptions> options, IStringLocalizer<SharedText> shared) : TagHelper
{
    public required string Label { get; set; }

    /// <summary>The shapes shown, which also say where the map begins.</summary>
    public required string Geojson { get; set; }

    /// <summary>Id of the input that takes degrees north (WGS 84).</summary>
    public required string Latitude { get; set; }

    /// <summary>Id of the input that takes degrees east (WGS 84).</summary>
    public required string Longitude { get; set; }

    /// <summary>True to send the form as soon as a point is chosen.</summary>
    public bool Submit { get; set; }

    [ViewContext, HtmlAttributeNotBound]
    public required ViewContext ViewContext { get; set; }

    public override void Process(TagHelperContext context, TagHelperOutput output)
    {
        var pieces = new MapPieces(assets, options, shared);
        output.TagName = "div";
        output.TagMode = TagMode.StartTagAndEndTag;
        output.Attributes.SetAttribute("class", "point-picker");
        output.Attributes.SetAttribute("hidden", "hidden");
        output.PreElement.AppendHtml(pieces.Files(ViewContext));
        var map = pieces.Map(ViewContext, Label, Geojson)
            .With("data-latitude", Latitude)
            .With("data-longitude", Longitude)
            .With("data-submit", Submit ? "true" : null)
            .With("data-denied", shared["Your device did not give its position. Choose a point on the map."])
            .With("data-chosen", shared["Point chosen."]);
        var position = Html.Tag("button", "ds-button").With("type", "button").With("data-variant", "secondary").With("data-use", "position")
            .Add(assets.IconSvg("locate-fixed")).Text(shared["Use my position"]);
        var centre = Html.Tag("button", "ds-button").With("type", "button").With("data-variant", "tertiary").With("data-use", "centre")
            .Text(shared["Use the centre of the map"]);
        output.Content
            .SetHtmlContent(Html.Tag("p", "soft").Text(shared["Click or tap the map. With the keyboard: move the map with the arrow keys, then use its centre."]))
            .AppendHtml(map)
            .AppendHtml(Html.Tag("div", "point-picker__tools").Add(position).Add(centre).Add(Html.Tag("span").With("role", "status")));
    }
}
