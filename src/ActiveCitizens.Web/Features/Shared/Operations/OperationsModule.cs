using ActiveCitizens.Web.Features.Shared.Cities;
using ActiveCitizens.Web.Persistence;
using Microsoft.AspNetCore.Diagnostics.HealthChecks;
using Microsoft.AspNetCore.ResponseCompression;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using OpenTelemetry.Metrics;
using OpenTelemetry.Trace;

namespace ActiveCitizens.Web.Features.Shared.Operations;

/// <summary>What an operator watches: health, traces, metrics; and the cache and compression that keep the site small.</summary>
public static class OperationsModule
{
    // Pages are kept compressed: some thousands of them fit.
    private const long CacheBytes = 32L << 20;

    public static void AddOperations(this WebApplicationBuilder builder)
    {
        builder.WebHost.ConfigureKestrel(options => options.AddServerHeader = false);
        builder.Services.AddSingleton(TimeProvider.System);
        builder.Services.AddHealthChecks().AddCheck<CityDatabasesHealth>("databases");
        builder.Services.AddResponseCompression(options => options.EnableForHttps = true);
        builder.Services.Configure<BrotliCompressionProviderOptions>(options => options.Level = System.IO.Compression.CompressionLevel.NoCompression);
        builder.Services.AddSingleton<PublicPages>();
        builder.Services.AddOutputCache(options =>
        {
            options.SizeLimit = CacheBytes;
            options.AddPolicy(PublicPage.Policy, policy => policy.AddPolicy<PublicPage>().Expire(PublicPage.Lifetime));
        });
        if (builder.Configuration["OTEL_EXPORTER_OTLP_ENDPOINT"] is { Length: > 0 })
        {
            builder.Services.AddOpenTelemetry()
                .WithTracing(tracing => tracing.AddAspNetCoreInstrumentation(options => options.Filter = static context => !VotesAt(context.Request.Path)).AddHttpClientInstrumentation().AddSource("Quartz", "Npgsql").AddOtlpExporter())
                .WithMetrics(metrics => metrics.AddAspNetCoreInstrumentation().AddRuntimeInstrumentation().AddMeter("Microsoft.EntityFrameworkCore", "Npgsql").AddOtlpExporter());
        }
    }

    // Who came to the booth at which moment is for nobody to know.
    private static bool VotesAt(PathString path) => path.Value?.Contains("/vote/", StringComparison.OrdinalIgnoreCase) == true;

    public static void MapOperations(this WebApplication app)
    {
        app.MapHealthChecks("/health/live", new HealthCheckOptions { Predicate = static _ => false }).DisableHttpMetrics().ShortCircuit();
        app.MapHealthChecks("/health/ready").DisableHttpMetrics().ShortCircuit();
    }
}

/// <summary>Ready when every city's database answers.</summary>
internal sealed class CityDatabasesHealth(IServiceProvider services, CityDirectory cities) : IHealthCheck
{
    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        foreach (var city in cities.All)
        {
            await using var scope = services.CreateCityScope(city);
            if (!await scope.ServiceProvider.GetRequiredService<CityDbContext>().Database.CanConnectAsync(cancellationToken))
            {
                return HealthCheckResult.Unhealthy($"The database of {city.Id} does not answer.");
            }
        }

        return HealthCheckResult.Healthy();
    }
}
