using ActiveCitizens.Web.Demo;
using ActiveCitizens.Web.Features.Shared.Layout;

namespace ActiveCitizens.Web.Features.Mandates;

public static class MandatesModule
{
    /// <summary>Tag of cached pages that show mandates.</summary>
    public const string CacheTag = "mandates";

    public static void AddMandates(this WebApplicationBuilder builder)
    {
        builder.Services.AddScoped<MandateDirectory>();
        builder.Services.AddScoped<MandateRules>();
        builder.Services.AddScoped<MandateHandler>();
        builder.Services.AddNavigation<MandatesText>("Mandates", "/mandates", "calendar", order: 15);
        builder.Services.AddDemoData<MandatesDemo>();
    }
}
