namespace ActiveCitizens.Web.Features.Neighbourhoods;

public static class NeighbourhoodsModule
{
    public static void AddNeighbourhoods(this WebApplicationBuilder builder)
    {
        builder.Services.AddSingleton<TerritoryMaps>();
        builder.Services.AddScoped<NeighbourhoodDirectory>();
    }
}
