using System.Net;
using System.Text;
using ActiveCitizens.Web.Features.Accounts;
using ActiveCitizens.Web.Features.Neighbourhoods;
using ActiveCitizens.Web.Features.Neighbourhoods.ReplaceTerritories;
using ActiveCitizens.Web.Tests.Harness;
using Microsoft.EntityFrameworkCore;

namespace ActiveCitizens.Web.Tests.Neighbourhoods;

/// <summary>Malformed files sent through the real form: each is refused in words, and nothing is stored.</summary>
public sealed class TerritoryCorpusTests(TerritoryCorpusTests.SharedCity shared) : IClassFixture<TerritoryCorpusTests.SharedCity>
{
    private static readonly Dictionary<string, (byte[] File, string Words)> Corpus = Make();

    public static TheoryData<string> Faults => [.. Corpus.Keys];

    [Theory, MemberData(nameof(Faults))]
    public async Task A_faulty_file_is_refused_in_words_and_nothing_is_stored(string fault)
    {
        var (file, words) = Corpus[fault];
        var response = await shared.Administrator.FillAndPostAsync(
            "/administration/territories",
            new Dictionary<string, string> { ["Source"] = "Ville d’Agen" },
            files: new Dictionary<string, (string, byte[])> { ["Territories"] = ("quartiers.geojson", file) });
        Assert.Equal(HttpStatusCode.UnprocessableEntity, response.StatusCode);
        var text = CityBrowser.TextOf(await CityBrowser.ParseAsync(response)).Replace('\u00A0', ' ').Replace('\u202F', ' ');
        Assert.Contains(words, text, StringComparison.Ordinal);
        Assert.Equal(1, shared.City.InDb(db => db.Set<TerritoryVersion>().CountAsync()));
        Assert.Equal(23, shared.City.InDb(db => db.Set<Neighbourhood>().CountAsync()));
        Assert.Equal(0, shared.City.InDb(db => db.Set<TerritoryDraft>().CountAsync()));
    }

    private static Dictionary<string, (byte[] File, string Words)> Make()
    {
        var good = Encoding.UTF8.GetString(DemoTerritories.Territories);
        var ring = "[[0.6132, 44.21003], [0.61362, 44.20542], [0.61656, 44.20405], [0.61954, 44.20468], [0.6218, 44.2092], [0.61539, 44.21168], [0.6132, 44.21003]]";
        Assert.Contains(ring, good, StringComparison.Ordinal);
        string With(string other) => good.Replace(ring, other, StringComparison.Ordinal);
        var deep = good.Replace("\"code\": \"Q01\"", $"\"code\": {new string('[', 5_000)}", StringComparison.Ordinal);
        return new(StringComparer.Ordinal)
        {
            ["empty"] = ([], "Le fichier est vide"),
            ["truncated"] = (Encoding.UTF8.GetBytes(good[..(good.Length / 3)]), "JSON bien formé"),
            ["UTF-16"] = (Encoding.Unicode.GetBytes(good), "UTF-16"),
            ["Latin-1"] = (Encoding.Latin1.GetBytes(good), "ce n’est pas du texte UTF-8"),
            ["1e400"] = (Encoding.UTF8.GetBytes(With(ring.Replace("44.21003", "1e400", StringComparison.Ordinal))), "Ligne 2"),
            ["latitude 95"] = (Encoding.UTF8.GetBytes(With(ring.Replace("44.20542", "95", StringComparison.Ordinal))), "n’est pas une latitude"),
            ["NaN"] = (Encoding.UTF8.GetBytes(With(ring.Replace("44.20542", "NaN", StringComparison.Ordinal))), "JSON bien formé"),
            ["formula"] = (Encoding.UTF8.GetBytes(good.Replace("Le Gravier", "=cmd|' /C calc'!A0", StringComparison.Ordinal)), "formule"),
            ["deep"] = (Encoding.UTF8.GetBytes(deep), "niveaux de crochets"),
            ["null geometry"] = (Encoding.UTF8.GetBytes(good.Replace($"{{\"type\": \"Polygon\", \"coordinates\": [{ring}]}}", "null", StringComparison.Ordinal)), "une géométrie"),
            ["unclosed ring"] = (Encoding.UTF8.GetBytes(With(ring.Replace(", [0.6132, 44.21003]]", "]", StringComparison.Ordinal))), "n’est pas fermé"),
            ["bow-tie"] = (Encoding.UTF8.GetBytes(With("[[0.6132, 44.21003], [0.6218, 44.2092], [0.61539, 44.21168], [0.61362, 44.20542], [0.6132, 44.21003]]")), "se croise"),
            ["hole outside"] = (Encoding.UTF8.GetBytes(With($"{ring}, [[0.70, 44.20], [0.71, 44.20], [0.71, 44.21], [0.70, 44.20]]")), "un trou est hors de son anneau"),
            ["duplicate number"] = (Encoding.UTF8.GetBytes(good.Replace("\"number\": 2,", "\"number\": 1,", StringComparison.Ordinal)), "le numéro 1 est déjà donné"),
            ["overlap"] = (Encoding.UTF8.GetBytes(With(ring.Replace("[0.6218, 44.2092]", "[0.6258, 44.2092]", StringComparison.Ordinal))), "se chevauchent sur"),
            ["gap"] = (Encoding.UTF8.GetBytes(With(ring.Replace("[0.6218, 44.2092]", "[0.6188, 44.2092]", StringComparison.Ordinal))), "n’appartiennent à aucun quartier"),
            ["outside"] = (Encoding.UTF8.GetBytes(good.Replace("0.64681, 44.19318", "0.65681, 44.19318", StringComparison.Ordinal)), "hors de la commune"),
            ["a picture"] = ([0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A], "UTF-8"),
        };
    }

    public sealed class SharedCity : IAsyncLifetime
    {
        public CityFactory City { get; } = new(Database.Sqlite, demonstration: true);

        public CityBrowser Administrator { get; private set; } = null!;

        public ValueTask InitializeAsync()
        {
            Administrator = City.SignedIn(Role.Administrator);
            return ValueTask.CompletedTask;
        }

        public ValueTask DisposeAsync() => City.DisposeAsync();
    }
}
