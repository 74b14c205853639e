using System.Collections.Concurrent;
using System.Globalization;
using Microsoft.Extensions.Localization;
using Microsoft.Extensions.Options;

namespace ActiveCitizens.Web.Features.Shared.Languages;

/// <summary>The framework's texts, each looked up once per language: a long page asks for hundreds, and the resource files answer under a lock.</summary>
public sealed class TextsInMemory(IOptions<LocalizationOptions> options, ILoggerFactory logs) : IStringLocalizerFactory
{
    private readonly ResourceManagerStringLocalizerFactory _resources = new(options, logs);
    private readonly ConcurrentDictionary<Type, IStringLocalizer> _byType = new();

    public IStringLocalizer Create(Type resourceSource) => _byType.GetOrAdd(resourceSource, static (type, resources) => new Texts(resources.Create(type)), _resources);

    public IStringLocalizer Create(string baseName, string location) => _resources.Create(baseName, location);

    private sealed class Texts(IStringLocalizer resources) : IStringLocalizer
    {
        // Keys are sentences of the program; should a page ever make one up, memory stays bounded.
        private const int MostKept = 5_000;
        private readonly ConcurrentDictionary<(CultureInfo Culture, string Key), LocalizedString> _known = new();

        public LocalizedString this[string name]
        {
            get
            {
                var key = (CultureInfo.CurrentUICulture, name);
                if (_known.TryGetValue(key, out var text))
                {
                    return text;
                }

                text = resources[name];
                return _known.Count < MostKept ? _known.GetOrAdd(key, text) : text;
            }
        }

        public LocalizedString this[string name, params object[] arguments]
        {
            get
            {
                var text = this[name];
                return new LocalizedString(name, string.Format(CultureInfo.CurrentCulture, text.Value, arguments), text.ResourceNotFound, text.SearchedLocation);
            }
        }

        public IEnumerable<LocalizedString> GetAllStrings(bool includeParentCultures) => resources.GetAllStrings(includeParentCultures);
    }
}
