using ActiveCitizens.Web.Features.Shared.Languages;

namespace ActiveCitizens.Web.Features.Shared;

public static class PagesModule
{
    public static void AddPages(this WebApplicationBuilder builder)
    {
        builder.Services.AddRouting(options => options.LowercaseUrls = true);
        builder.Services.AddRazorPages(options => options.RootDirectory = "/Features")
            .AddDataAnnotationsLocalization(options => options.DataAnnotationLocalizerProvider = (type, factory) => factory.Create(AreaText.Of(type)));
    }
}
