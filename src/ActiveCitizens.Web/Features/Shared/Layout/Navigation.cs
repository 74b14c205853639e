using Microsoft.Extensions.Localization;

namespace ActiveCitizens.Web.Features.Shared.Layout;

/// <summary>An entry of the main navigation, contributed by the area whose page it opens.</summary>
public sealed record NavigationEntry(Type Text, string Key, string Href, string Icon, int Order);

public static class NavigationModule
{
    /// <summary>
    /// Adds an entry to the main navigation; <paramref name="key"/> is a text of the area.
    /// <code>builder.Services.AddNavigation&lt;NeighbourhoodsText&gt;("Neighbourhoods", "/neighbourhoods", "map", order: 10);</code>
    /// </summary>
    public static IServiceCollection AddNavigation<TText>(this IServiceCollection services, string key, string href, string icon, int order) =>
        services.AddSingleton(new NavigationEntry(typeof(TText), key, href, icon, order));

    /// <summary>The entry's words in the language of the request.</summary>
    public static string Label(this NavigationEntry entry, IStringLocalizerFactory texts) => texts.Create(entry.Text)[entry.Key];
}
