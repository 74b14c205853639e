namespace ActiveCitizens.Web.Features.Shared.Cities;

/// <summary>The city that one request or one job works for; set once, before anything reads the database.</summary>
public sealed class CurrentCity
{
    private City? _city;

    public bool IsChosen => _city is not null;

    public City City
    {
        get => _city ?? throw new InvalidOperationException("No city was chosen for this scope.");
        set => _city = _city is null || _city == value ? value : throw new InvalidOperationException("The city of a scope cannot change.");
    }
}

public static class CityModule
{
    public static void AddCities(this WebApplicationBuilder builder)
    {
        builder.Services.AddSingleton(_ => new CityDirectory(Configured(builder.Configuration)));
        builder.Services.AddScoped<CurrentCity>();
        builder.Services.AddScoped(services => services.GetRequiredService<CurrentCity>().City);
    }

    public static IReadOnlyList<City> Configured(IConfiguration configuration) => configuration.GetSection("Cities").Get<List<City>>() ?? [];

    /// <summary>Finds the city by host name; an unknown host is answered 404 and touches no database.</summary>
    public static void UseCity(this WebApplication app) => app.Use(static (context, next) =>
    {
        if (context.Request.Path.StartsWithSegments("/health", StringComparison.Ordinal))
        {
            return next(context);
        }

        if (context.RequestServices.GetRequiredService<CityDirectory>().Find(context.Request.Host.Host) is not { } city)
        {
            context.Response.StatusCode = StatusCodes.Status404NotFound;
            return context.Response.WriteAsync("No city is served at this address.\n", context.RequestAborted);
        }

        context.RequestServices.GetRequiredService<CurrentCity>().City = city;
        return next(context);
    });

    /// <summary>A scope that works for one city, for jobs and start-up work.</summary>
    public static AsyncServiceScope CreateCityScope(this IServiceProvider services, City city)
    {
        var scope = services.CreateAsyncScope();
        scope.ServiceProvider.GetRequiredService<CurrentCity>().City = city;
        return scope;
    }
}
