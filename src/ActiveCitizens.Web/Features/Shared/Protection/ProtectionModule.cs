using System.Globalization;
using System.Net;
using System.Threading.RateLimiting;
using ActiveCitizens.Web.Features.Accounts;
using Microsoft.AspNetCore.HttpOverrides;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.RateLimiting;

namespace ActiveCitizens.Web.Features.Shared.Protection;

/// <summary>What every answer carries and every post must respect: security headers, form tokens, rate limits.</summary>
public static class ProtectionModule
{
    public static void AddProtection(this WebApplicationBuilder builder)
    {
        builder.Services.AddAntiforgery(options =>
        {
            options.Cookie.Name = "form";
            options.Cookie.Path = "/";
            options.Cookie.HttpOnly = true;
            options.Cookie.SameSite = SameSiteMode.Strict;
            options.Cookie.SecurePolicy = CookieSecurePolicy.SameAsRequest;
        });
        builder.Services.Configure<CookieTempDataProviderOptions>(options => (options.Cookie.Name, options.Cookie.Path) = ("note", "/"));
        builder.Services.AddHsts(options => options.MaxAge = TimeSpan.FromDays(365));
        builder.Services.Configure<ForwardedHeadersOptions>(options =>
        {
            options.ForwardedHeaders = ForwardedHeaders.XForwardedFor | ForwardedHeaders.XForwardedProto | ForwardedHeaders.XForwardedHost;
            foreach (var proxy in builder.Configuration.GetSection("Proxies").Get<string[]>() ?? [])
            {
                options.KnownProxies.Add(IPAddress.Parse(proxy));
            }
        });
        AddHeaders(builder);
        AddRateLimits(builder);
    }

    public static void UseProtection(this WebApplication app)
    {
        app.UseForwardedHeaders();
        if (!app.Environment.IsDevelopment() && app.Configuration.GetValue("Https:Required", defaultValue: false))
        {
            app.UseHsts();
            app.UseHttpsRedirection();
        }

        app.UseSecurityHeaders();
    }

    private static void AddHeaders(WebApplicationBuilder builder)
    {
        var tiles = builder.Configuration["Maps:TileUrl"] is { Length: > 0 } template ? new Uri(template.Replace("{s}", "a", StringComparison.Ordinal).Split('{')[0]).GetLeftPart(UriPartial.Authority) : null;
        var (strict, withWorkers) = (Headers(tiles, workers: false), Headers(tiles, workers: true));
        builder.Services.AddSecurityHeaderPolicies().SetDefaultPolicy(strict)
            .SetPolicySelector(answer => answer.HttpContext.GetEndpoint()?.Metadata.GetMetadata<StartsWorkersAttribute>() is null ? strict : withWorkers);
    }

    private static HeaderPolicyCollection Headers(string? tiles, bool workers) => new HeaderPolicyCollection()
        .AddFrameOptionsDeny()
        .AddContentTypeOptionsNoSniff()
        .AddReferrerPolicyStrictOriginWhenCrossOrigin()
        .AddCrossOriginOpenerPolicy(policy => policy.SameOrigin())
        .AddCrossOriginResourcePolicy(policy => policy.SameOrigin())
        .AddPermissionsPolicy(policy =>
        {
            policy.AddGeolocation().Self();
            policy.AddCamera().None();
            policy.AddMicrophone().None();
            policy.AddPayment().None();
        })
        .RemoveServerHeader()
        .AddContentSecurityPolicy(policy =>
        {
            policy.AddDefaultSrc().None();
            policy.AddScriptSrc().Self();
            policy.AddStyleSrc().Self();
            policy.AddFontSrc().Self();
            policy.AddConnectSrc().Self();
            policy.AddManifestSrc().Self();
            var images = policy.AddImgSrc().Self().Data();
            if (tiles is not null)
            {
                images.From(tiles);
            }

            if (workers)
            {
                // The page has compared the file's fingerprint before it makes a worker of its bytes.
                policy.AddWorkerSrc().Blob();
            }

            policy.AddFormAction().Self();
            policy.AddBaseUri().None();
            policy.AddFrameAncestors().None();
        });

    /// <summary>
    /// Posts are counted per account, or per address when nobody is signed in; guessing at a sign-in page is slower still.
    /// A shared address (a library, a neighbourhood's carrier) must be able to work, hence the width.
    /// </summary>
    private static void AddRateLimits(WebApplicationBuilder builder)
    {
        var posts = builder.Configuration.GetValue("RateLimits:PostsPerMinute", 120);
        var signIns = builder.Configuration.GetValue("RateLimits:SignInPostsPerMinute", 20);
        builder.Services.AddRateLimiter(options =>
        {
            options.RejectionStatusCode = StatusCodes.Status429TooManyRequests;
            options.OnRejected = static (context, _) =>
            {
                if (context.Lease.TryGetMetadata(MetadataName.RetryAfter, out var wait))
                {
                    context.HttpContext.Response.Headers.RetryAfter = ((int)Math.Ceiling(wait.TotalSeconds)).ToString(CultureInfo.InvariantCulture);
                }

                return ValueTask.CompletedTask;
            };
            options.GlobalLimiter = PartitionedRateLimiter.Create<HttpContext, string>(context =>
            {
                if (HttpMethods.IsGet(context.Request.Method) || HttpMethods.IsHead(context.Request.Method))
                {
                    return RateLimitPartition.GetNoLimiter("");
                }

                var who = context.User.AccountId()?.ToString() ?? context.Connection.RemoteIpAddress?.ToString() ?? "?";
                // Who asks for codes by e-mail makes us write to somebody: as slow as guessing at a sign-in page.
                var signIn = context.Request.Path.StartsWithSegments("/account/sign-in", StringComparison.OrdinalIgnoreCase)
                    || (context.Request.Path.StartsWithSegments("/vote", StringComparison.OrdinalIgnoreCase, out var voting) && voting.Value!.EndsWith("/code", StringComparison.OrdinalIgnoreCase))
                    // Whoever guesses dates of birth of others on the electoral roll guesses slowly.
                    || (context.Request.Path.StartsWithSegments("/elections", StringComparison.OrdinalIgnoreCase, out var asking) && asking.Value!.EndsWith("/roll", StringComparison.OrdinalIgnoreCase));
                return RateLimitPartition.GetFixedWindowLimiter($"{(signIn ? "sign-in" : "post")}:{who}", _ => new FixedWindowRateLimiterOptions
                {
                    PermitLimit = signIn ? signIns : posts,
                    Window = TimeSpan.FromMinutes(1),
                });
            });
        });
    }
}
