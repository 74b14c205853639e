using System.Collections.Frozen;
using System.Text.Json;
using System.Text.Json.Serialization;
using Microsoft.AspNetCore.Html;

namespace ActiveCitizens.Web.Features.Shared.Assets;

/// <summary>What <c>build-assets.mjs</c> built: the hashed name of each bundle, which of them are compressed, and the icons.</summary>
public sealed class AssetManifest
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web);
    private readonly FrozenDictionary<string, Built> _files;
    private readonly FrozenDictionary<string, int> _compressed;
    private readonly FrozenDictionary<string, string> _icons;

    public AssetManifest(IWebHostEnvironment environment)
    {
        var file = environment.WebRootFileProvider.GetFileInfo("assets/manifest.json");
        if (!file.Exists)
        {
            throw new InvalidOperationException(
                $"The style sheets and scripts are missing under \"{environment.WebRootPath}\": build the project, or start it with its own folder as content root.");
        }

        using var stream = file.CreateReadStream();
        var content = JsonSerializer.Deserialize<Content>(stream, Json)!;
        _files = content.Files.ToFrozenDictionary(StringComparer.Ordinal);
        _compressed = content.Compressed.ToFrozenDictionary(StringComparer.Ordinal);
        _icons = content.Icons.ToFrozenDictionary(StringComparer.Ordinal);
    }

    public IEnumerable<string> IconNames => _icons.Keys;

    /// <summary>The built name of a bundle such as <c>site.css</c>, <c>map.js</c> or <c>font-bold.woff2</c>.</summary>
    /// <exception cref="InvalidOperationException">build-assets.mjs has no such entry.</exception>
    public string NameOf(string asset) => Get(asset).Name;

    /// <summary>What a browser compares before it runs the file: <c>sha384-</c> and base64. Of the workers and the standalone booth alone.</summary>
    public string IntegrityOf(string asset) => Get(asset).Integrity ?? throw Unprinted(asset);

    /// <summary>The fingerprint that people compare: SHA-256 in lower-case hexadecimal. Of the workers and the standalone booth alone.</summary>
    public string Sha256Of(string asset) => Get(asset).Sha256 ?? throw Unprinted(asset);

    /// <summary>True when <c>name.br</c> and <c>name.gz</c> lie beside the built file.</summary>
    public bool IsCompressed(string name) => _compressed.ContainsKey(name);

    /// <summary>Bytes sent for a bundle to a browser that accepts brotli.</summary>
    public int SentBytes(string asset)
    {
        var built = Get(asset);
        return _compressed.GetValueOrDefault(built.Name, built.Bytes);
    }

    /// <summary>The inner SVG of a Lucide icon (24 × 24).</summary>
    /// <exception cref="InvalidOperationException">Assets/icons.json does not list it.</exception>
    public string Icon(string name) =>
        _icons.GetValueOrDefault(name) ?? throw new InvalidOperationException($"Add \"{name}\" to Assets/icons.json to use this icon.");

    /// <summary>A whole icon, for tag helpers that draw one inside something else; it has a size of its own should the style sheet not arrive.</summary>
    public IHtmlContent IconSvg(string name) =>
        new HtmlString($"""<svg class="icon" width="20" height="20" viewBox="0 0 24 24" aria-hidden="true" focusable="false">{Icon(name)}</svg>""");

    private Built Get(string asset) =>
        _files.GetValueOrDefault(asset) ?? throw new InvalidOperationException($"No bundle \"{asset}\" was built: build-assets.mjs names them.");

    private static InvalidOperationException Unprinted(string asset) => new($"build-assets.mjs takes no fingerprint of \"{asset}\".");

    private sealed record Content(
        [property: JsonRequired] Dictionary<string, Built> Files,
        [property: JsonRequired] Dictionary<string, int> Compressed,
        [property: JsonRequired] Dictionary<string, string> Icons);

    private sealed record Built(string Name, int Bytes, string? Integrity, string? Sha256);
}
