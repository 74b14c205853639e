using System.Globalization;
using System.Text;
using ActiveCitizens.Web.Features.Elections;
using ActiveCitizens.Web.Features.Elections.KeepRoll;
using ActiveCitizens.Web.Tests.Harness;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace ActiveCitizens.Web.Tests.Elections;

/// <summary>Rolls for tests, in the columns of the national register, for the demonstration's election of 2026.</summary>
internal static class SampleRolls
{
    public const string Header = "Code du bureau de vote;Numéro d’électeur;Nom de naissance;Nom d’usage;Prénoms;Sexe;Date de naissance;Commune de naissance;Nationalité;Numéro de voie;Nom de voie;Complément;Code postal;Commune;Courriel\n";

    public static string Line(
        string bureau = "0014", string national = "", string name = "DUPONT", string usual = "", string first = "Marie Claire", string born = "31/12/1980", string street = "Rue Neuve", string town = "Agen", string email = "") =>
        $"{bureau};{national};{name};{usual};{first};F;{born};Agen;Française;12;{street};;47000;{town};{email}\n";

    public static Election Demonstration(CityFactory city) => city.InDb(db => db.Set<Election>().AsNoTracking().SingleAsync(one => one.Slug == "2026"));

    public static RollImport Import(CityFactory city, byte[] file, Guid? election = null)
    {
        Guid id = default;
        var electionId = election ?? Demonstration(city).Id;
        city.InScope(async services =>
        {
            var handler = services.GetRequiredService<ImportRollHandler>();
            id = (await handler.RequestAsync(electionId, null, "liste.csv", new MemoryStream(file), default)).Id;
            await handler.RunWaitingAsync(default);
        });
        return city.InDb(db => db.Set<RollImport>().AsNoTracking().SingleAsync(one => one.Id == id));
    }

    public static RollImport Import(CityFactory city, string lines) => Import(city, Encoding.UTF8.GetBytes(Header + lines));

    /// <summary>As many lines as wished, spread over the 23 bureaus.</summary>
    public static string Many(int count)
    {
        var lines = new StringBuilder();
        for (var i = 0; i < count; i++)
        {
            lines.Append(Line(
                (i % 23 + 1).ToString("0000", CultureInfo.InvariantCulture), (100_000_000 + i).ToString(CultureInfo.InvariantCulture), $"ÉLECTEUR{i / 97}", "", $"Prénom{i % 97}",
                new DateOnly(1930, 1, 1).AddDays(i % 27_000).ToString("dd/MM/yyyy", CultureInfo.InvariantCulture)));
        }

        return lines.ToString();
    }

    /// <summary>An address of the office's pages of the demonstration's election, with an elector and an import to show.</summary>
    public static string Path(CityFactory city, string route)
    {
        var election = Demonstration(city);
        var import = city.InDb(db => db.Set<RollImport>().AsNoTracking().FirstOrDefaultAsync(one => one.ElectionId == election.Id)) ?? Import(city, Line());
        var elector = city.InDb(db => db.Set<Elector>().AsNoTracking().FirstAsync(one => one.ElectionId == election.Id));
        return route.Replace("{id:guid}", election.Id.ToString(), StringComparison.Ordinal).Replace("{importId:guid}", import.Id.ToString(), StringComparison.Ordinal).Replace("{electorId:guid}", elector.Id.ToString(), StringComparison.Ordinal);
    }
}
