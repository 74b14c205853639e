using System.Text.Encodings.Web;
using System.Text.Unicode;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.WebEncoders;

namespace ActiveCitizens.Web.Features.Shared.Components;

/// <summary>What the tag helpers of this folder need; each is shown in all its states on <c>/design</c> in Development.</summary>
public static class ComponentsModule
{
    public static void AddComponents(this WebApplicationBuilder builder)
    {
        builder.Services.AddScoped<Format>();
        builder.Services.Configure<MapOptions>(builder.Configuration.GetSection("Maps"));

        // Accented letters go out as they are: as numbers they would weigh more and read worse.
        builder.Services.Configure<WebEncoderOptions>(options => options.TextEncoderSettings = new TextEncoderSettings(UnicodeRanges.All));

        // Errors are written by the server in the page's language; attributes for a validation script would only add weight.
        builder.Services.Configure<MvcViewOptions>(options => options.HtmlHelperOptions.ClientValidationEnabled = false);
    }
}
