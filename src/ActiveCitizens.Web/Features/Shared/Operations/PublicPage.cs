using ActiveCitizens.Web.Features.Shared.Cities;
using Microsoft.AspNetCore.OutputCaching;
using Microsoft.AspNetCore.ResponseCompression;

namespace ActiveCitizens.Web.Features.Shared.Operations;

/// <summary>
/// Caches a public page for visitors who are not signed in:
/// <c>[OutputCache(PolicyName = PublicPage.Policy, Tags = ["neighbourhoods"])]</c>. A handler that changes what the pages show
/// calls <see cref="PublicPages.ChangedAsync"/>; another node catches up within <see cref="Lifetime"/>.
/// </summary>
public sealed class PublicPage : IOutputCachePolicy
{
    public const string Policy = "public";
    public static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(1);

    // The cache stands before authentication: whoever carries a cookie of ours gets a page of their own.
    private static bool IsAnonymous(HttpRequest request) => request.Headers.Cookie.Count == 0 && request.Headers.Authorization.Count == 0;

    public ValueTask CacheRequestAsync(OutputCacheContext context, CancellationToken cancellation)
    {
        var anonymous = IsAnonymous(context.HttpContext.Request);
        context.AllowCacheLookup &= anonymous;
        context.AllowCacheStorage &= anonymous;
        context.Tags.Add(PublicPages.Everything);
        // Pages are kept compressed: one copy for each encoding we speak, whatever else a browser says it accepts.
        var compression = context.HttpContext.RequestServices.GetRequiredService<IResponseCompressionProvider>().GetCompressionProvider(context.HttpContext);
        context.CacheVaryByRules.VaryByValues["encoding"] = compression?.EncodingName ?? "identity";
        return ValueTask.CompletedTask;
    }

    public ValueTask ServeFromCacheAsync(OutputCacheContext context, CancellationToken cancellation) => ValueTask.CompletedTask;

    public ValueTask ServeResponseAsync(OutputCacheContext context, CancellationToken cancellation) => ValueTask.CompletedTask;
}

/// <summary>Takes pages out of the cache when what they show has changed.</summary>
public sealed class PublicPages(IOutputCacheStore store)
{
    public const string Everything = "everything";

    /// <param name="tag">The area's tag, or <see cref="Everything"/>.</param>
    public ValueTask ChangedAsync(string tag) => store.EvictByTagAsync(tag, CancellationToken.None);
}
