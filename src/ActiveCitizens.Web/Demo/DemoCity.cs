using ActiveCitizens.Web.Features.Shared.Cities;

namespace ActiveCitizens.Web.Demo;

/// <summary>
/// What one area adds to the demonstration city, registered by the area's module with <see cref="DemoCity.AddDemoData{TData}"/>.
/// Areas load in the order of registration; each leaves alone what is already there, so that a restart keeps what people did.
/// </summary>
public abstract class DemoData
{
    /// <param name="folder">The city's data, such as <c>data/agen</c>.</param>
    public abstract Task LoadAsync(string folder, CancellationToken cancel);
}

public static class DemoCity
{
    public static void AddDemoData<TData>(this IServiceCollection services) where TData : DemoData => services.AddScoped<DemoData, TData>();

    /// <summary>Loads every demonstration city whose data lie beside the program; comes after the migrations.</summary>
    public static async Task LoadDemoCitiesAsync(this IServiceProvider services, CancellationToken cancel)
    {
        foreach (var city in services.GetRequiredService<CityDirectory>().All.Where(city => city.IsDemonstration))
        {
            var folder = Path.Combine(AppContext.BaseDirectory, "data", city.Id);
            if (!Directory.Exists(folder))
            {
                continue;
            }

            await using var scope = services.CreateCityScope(city);
            foreach (var data in scope.ServiceProvider.GetServices<DemoData>())
            {
                await data.LoadAsync(folder, cancel);
            }
        }
    }
}
