using ActiveCitizens.Web.Demo;
using ActiveCitizens.Web.Features.Neighbourhoods.DownloadNeighbourhoods;
using ActiveCitizens.Web.Features.Neighbourhoods.FindMyNeighbourhood;
using ActiveCitizens.Web.Features.Neighbourhoods.ImportAddresses;
using ActiveCitizens.Web.Features.Neighbourhoods.ReplaceTerritories;
using ActiveCitizens.Web.Features.Shared.Jobs;
using ActiveCitizens.Web.Features.Shared.Layout;
using Microsoft.AspNetCore.ResponseCompression;

namespace ActiveCitizens.Web.Features.Neighbourhoods;

public static class NeighbourhoodsModule
{
    /// <summary>Tag of cached pages that show territories.</summary>
    public const string CacheTag = "neighbourhoods";

    private static readonly TimeSpan ImportsEvery = TimeSpan.FromSeconds(3);

    public static void AddNeighbourhoods(this WebApplicationBuilder builder)
    {
        builder.Services.AddSingleton<TerritoryMaps>();
        builder.Services.AddScoped<NeighbourhoodDirectory>();
        builder.Services.AddScoped<CouncilDirectory>();
        builder.Services.AddScoped<CouncilHandler>();
        builder.Services.AddScoped<AddressSearch>();
        builder.Services.AddScoped<ReplaceTerritoriesHandler>();
        builder.Services.AddScoped<TerritoryProblemText>();
        builder.Services.AddScoped<ImportAddressesHandler>();
        builder.Services.AddCityJob<ImportAddressesJob>(ImportsEvery);
        builder.Services.AddNavigation<NeighbourhoodsText>("Neighbourhoods", "/neighbourhoods", "map", order: 10);
        builder.Services.AddDemoData<NeighbourhoodsDemo>();
        builder.Services.AddDemoData<CouncilsDemo>();
        builder.Services.Configure<ResponseCompressionOptions>(options => options.MimeTypes = [.. ResponseCompressionDefaults.MimeTypes, .. options.MimeTypes, NeighbourhoodFiles.GeoJsonType]);
    }
}
