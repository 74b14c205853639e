using ActiveCitizens.Web.Features.Shared.Layout;

namespace ActiveCitizens.Web.Features.MunicipalCouncil;

public static class MunicipalCouncilModule
{
    /// <summary>Tag of cached pages that show deliberations or what they authorise.</summary>
    public const string CacheTag = "deliberations";

    public static void AddMunicipalCouncil(this WebApplicationBuilder builder)
    {
        builder.Services.AddScoped<Deliberations>();
        builder.Services.AddScoped<RegisterHandler>();
        builder.Services.AddScoped<SigningAuthorisations>();
        builder.Services.AddScoped<SigningAuthorisationHandler>();
        builder.Services.AddNavigation<MunicipalCouncilText>("Municipal decisions", "/deliberations", "landmark", order: 30);
    }
}
