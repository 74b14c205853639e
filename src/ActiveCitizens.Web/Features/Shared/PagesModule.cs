using ActiveCitizens.Web.Features.Shared.Languages;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.Localization;

namespace ActiveCitizens.Web.Features.Shared;

public static class PagesModule
{
    public static void AddPages(this WebApplicationBuilder builder)
    {
        builder.Services.AddRouting(options => options.LowercaseUrls = true);
        builder.Services.AddRazorPages(options => options.RootDirectory = "/Features")
            .AddDataAnnotationsLocalization(options => options.DataAnnotationLocalizerProvider = (type, factory) => factory.Create(AreaText.Of(type)));
        builder.Services.AddOptions<MvcOptions>().Configure(static (MvcOptions options, IStringLocalizer<SharedText> shared) =>
        {
            // What is no number or no date at all never reaches a form's own messages; the framework would answer in English.
            var messages = options.ModelBindingMessageProvider;
            messages.SetAttemptedValueIsInvalidAccessor((value, field) => shared["“{0}” cannot be used here. Correct it: {1}", value, field]);
            messages.SetNonPropertyAttemptedValueIsInvalidAccessor(value => shared["“{0}” cannot be used here", value]);
            messages.SetValueMustBeANumberAccessor(field => shared["Enter a number: {0}", field]);
        });
    }
}
