using System.Diagnostics.CodeAnalysis;
using Microsoft.AspNetCore.StaticFiles;
using Microsoft.Net.Http.Headers;

namespace ActiveCitizens.Web.Features.Shared.Assets;

/// <summary>Serves wwwroot: built bundles for ever and compressed beforehand, the few other files for a day.</summary>
public static class AssetsModule
{
    private const string BuiltFiles = "/assets/";

    public static void AddAssets(this WebApplicationBuilder builder) => builder.Services.AddSingleton<AssetManifest>();

    public static void UseAssets(this WebApplication app)
    {
        var manifest = app.Services.GetRequiredService<AssetManifest>();
        app.Use((context, next) =>
        {
            var request = context.Request;
            if (request.Path.Value is { } path && path.StartsWith(BuiltFiles, StringComparison.Ordinal) && manifest.IsCompressed(path[BuiltFiles.Length..]))
            {
                context.Response.Headers.Vary = HeaderNames.AcceptEncoding;
                if (AcceptedEncoding(request.Headers.AcceptEncoding.ToString()) is { } extension)
                {
                    request.Path = path + extension;
                }
            }

            return next(context);
        });
        app.UseStaticFiles(new StaticFileOptions
        {
            ContentTypeProvider = new CompressedContentTypes(),
            OnPrepareResponse = static response =>
            {
                var headers = response.Context.Response.Headers;
                var path = response.Context.Request.Path.Value ?? "";
                headers.CacheControl = !path.StartsWith(BuiltFiles, StringComparison.Ordinal) ? "public,max-age=86400"
                    : path.EndsWith("/manifest.json", StringComparison.Ordinal) ? "no-cache"
                    : "public,max-age=31536000,immutable";
                headers.ContentEncoding = Path.GetExtension(path) switch { ".br" => "br", ".gz" => "gzip", _ => headers.ContentEncoding };
            },
        });
    }

    /// <summary>The extension of the smallest form a browser accepts, or null when it wants the plain file.</summary>
    private static string? AcceptedEncoding(string header)
    {
        if (!StringWithQualityHeaderValue.TryParseList([header], out var accepted))
        {
            return null;
        }

        var names = accepted.Where(value => value.Quality is not 0).Select(value => value.Value.Value).ToHashSet(StringComparer.OrdinalIgnoreCase);
        return names.Contains("br") ? ".br" : names.Contains("gzip") ? ".gz" : null;
    }

    /// <summary>A compressed file keeps the type of the file inside.</summary>
    private sealed class CompressedContentTypes : IContentTypeProvider
    {
        private readonly FileExtensionContentTypeProvider _plain = new();

        public bool TryGetContentType(string subpath, [MaybeNullWhen(false)] out string contentType) =>
            _plain.TryGetContentType(Path.GetExtension(subpath) is ".br" or ".gz" ? Path.ChangeExtension(subpath, null) : subpath, out contentType);
    }
}
