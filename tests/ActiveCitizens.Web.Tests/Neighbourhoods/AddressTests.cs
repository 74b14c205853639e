using System.Globalization;
using System.Text;
using ActiveCitizens.Web.Features.Neighbourhoods;
using ActiveCitizens.Web.Features.Neighbourhoods.FindMyNeighbourhood;
using ActiveCitizens.Web.Features.Neighbourhoods.ImportAddresses;

namespace ActiveCitizens.Web.Tests.Neighbourhoods;

public sealed class AddressTests
{
    public const string Header = "id;id_fantoir;numero;rep;nom_voie;code_postal;code_insee;nom_commune;code_insee_ancienne_commune;nom_ancienne_commune;x;y;lon;lat;type_position;alias;nom_ld;libelle_acheminement;nom_afnor;source_position;source_nom_voie;certification_commune;cad_parcelles";

    [Theory]
    [InlineData("12 rue des Pruniers en Fleur", 12, "", "rue pruniers fleur")]
    [InlineData("12 bis, av. des Quatre-Vents", 12, "bis", "avenue quatre vents")]
    [InlineData("12bis AVENUE DES QUATRE VENTS 47000 AGEN", 12, "bis", "avenue quatre vents")]
    [InlineData("3b bd de la Tuilerie, Agen", 3, "b", "boulevard tuilerie")]
    [InlineData("3 B boulevard de la Tuilerie", 3, "b", "boulevard tuilerie")]
    [InlineData("7 r. de l’Écluse Haute", 7, "", "rue ecluse haute")]
    [InlineData("rue du Cœur-Volant 5", 5, "", "rue coeur volant")]
    [InlineData("Rue du 8 mai 1945", null, "", "rue 8 mai 1945")]
    [InlineData("10 rue du 8 mai 1945", 10, "", "rue 8 mai 1945")]
    [InlineData("r Ste Radegonde des Prés", null, "", "rue sainte radegonde pres")]
    [InlineData("47000 Agen", 47000, "", "agen")]
    [InlineData("", null, "", "")]
    [InlineData("12", null, "", "12")]
    [InlineData(", ; -", null, "", "")]
    public void A_line_is_taken_apart_whatever_its_accents_and_abbreviations(string line, int? number, string suffix, string words)
    {
        var parsed = AddressLine.Parse(line, "Agen");
        Assert.Equal((number, suffix, words), (parsed.Number, parsed.Suffix, string.Join(' ', parsed.Words)));
    }

    [Fact]
    public void A_street_folds_the_same_in_the_file_and_in_a_question() =>
        Assert.Equal(" avenue general leclerc", AddressLine.Fold("Avenue du Général Leclerc"));

    [Theory]
    [InlineData("kitten", "sitting", 3)]
    [InlineData("", "abc", 3)]
    [InlineData("rue lilas", "rue lilas", 0)]
    public void Edit_distance_counts_single_changes(string first, string second, int distance) => Assert.Equal(distance, AddressSearch.EditDistance(first, second));

    [Fact]
    public void The_demonstration_file_has_no_fault_and_every_point_is_in_a_neighbourhood()
    {
        using var file = File.OpenRead(Path.Combine(DemoTerritories.Folder, "adresses-illustratives.csv"));
        var rows = AddressFileReader.Read(file, "47001", Guid.NewGuid).ToList();
        Assert.All(rows, row => Assert.IsType<AddressRow.Read>(row));
        Assert.InRange(rows.Count, 200, 400);
        var map = DemoTerritories.Map();
        var found = rows.Cast<AddressRow.Read>().Select(row => map.Locate(row.Address.Longitude, row.Address.Latitude)).ToList();
        Assert.DoesNotContain(null, found);
        Assert.InRange(found.Select(one => one!.Code).Distinct().Count(), 15, 23);
    }

    [Fact]
    public void The_demonstration_file_has_the_columns_of_a_real_export_and_says_that_it_is_illustrative()
    {
        Assert.Equal(Header, File.ReadLines(Path.Combine(DemoTerritories.Folder, "adresses-illustratives.csv")).First());
        foreach (var line in File.ReadLines(Path.Combine(DemoTerritories.Folder, "adresses-illustratives.csv")).Skip(1))
        {
            var fields = line.Split(';');
            Assert.Equal(23, fields.Length);
            Assert.All(new[] { 10, 11, 12, 13 }, at => Assert.True(double.TryParse(fields[at], CultureInfo.InvariantCulture, out _)));
            Assert.Equal("illustratif", fields[19]);
        }
    }

    [Theory]
    [InlineData("47001_a_1;;x;;Rue A;47000;47001;Agen;;;1;2;0.61;44.2;;;;;;;;0;", AddressFault.BadNumber)]
    [InlineData("47001_a_1;;-1;;Rue A;47000;47001;Agen;;;1;2;0.61;44.2;;;;;;;;0;", AddressFault.BadNumber)]
    [InlineData("47001_a_1;;1;;;47000;47001;Agen;;;1;2;0.61;44.2;;;;;;;;0;", AddressFault.BadStreet)]
    [InlineData("47001_a_1;;1;;=cmd;47000;47001;Agen;;;1;2;0.61;44.2;;;;;;;;0;", AddressFault.StreetIsFormula)]
    [InlineData("47001_a_1;;1;;Rue A;4700;47001;Agen;;;1;2;0.61;44.2;;;;;;;;0;", AddressFault.BadPostcode)]
    [InlineData("47001_a_1;;1;;Rue A;47000;47001;Agen;;;1;2;NaN;44.2;;;;;;;;0;", AddressFault.BadLongitude)]
    [InlineData("47001_a_1;;1;;Rue A;47000;47001;Agen;;;1;2;1e400;44.2;;;;;;;;0;", AddressFault.BadLongitude)]
    [InlineData("47001_a_1;;1;;Rue A;47000;47001;Agen;;;1;2;0.61;95;;;;;;;;0;", AddressFault.BadLatitude)]
    [InlineData(";;1;;Rue A;47000;47001;Agen;;;1;2;0.61;44.2;;;;;;;;0;", AddressFault.BadKey)]
    [InlineData("47001_a_1;;1;b/c;Rue A;47000;47001;Agen;;;1;2;0.61;44.2;;;;;;;;0;", AddressFault.BadSuffix)]
    [InlineData("47001_a_1;;1;;Rue A", AddressFault.TooFewColumns)]
    public void A_faulty_line_is_named(string line, AddressFault fault)
    {
        var problem = Assert.IsType<AddressRow.Refused>(Read($"{Header}\n{line}\n").Single()).Problem;
        Assert.Equal((2, fault), (problem.Line, problem.Fault));
    }

    [Fact]
    public void A_key_given_twice_names_the_second_line()
    {
        const string line = "47001_a_1;;1;;Rue A;47000;47001;Agen;;;1;2;0.61;44.2;;;;;;;;0;\n";
        Assert.Equal(new AddressProblem(3, AddressFault.KeyTwice, "47001_a_1"), Assert.IsType<AddressRow.Refused>(Read(Header + "\n" + line + line).Last()).Problem);
    }

    [Fact]
    public void Addresses_of_other_municipalities_are_passed_over() =>
        Assert.IsType<AddressRow.OtherMunicipality>(Read(Header + "\n47999_a_1;;1;;Rue A;47000;47999;Ailleurs;;;1;2;0.61;44.2;;;;;;;;0;\n").Single());

    [Theory]
    [InlineData("", AddressFault.NoHeader)]
    [InlineData("a;b;c\n1;2;3\n", AddressFault.ColumnMissing)]
    public void A_file_without_the_columns_says_which(string text, AddressFault fault) => Assert.All(Read(text), row => Assert.Equal(fault, Assert.IsType<AddressRow.Refused>(row).Problem.Fault));

    [Fact]
    public void Latin_1_names_its_lines()
    {
        var bytes = Encoding.Latin1.GetBytes(Header + "\n47001_a_1;;1;;Allée A;47000;47001;Agen;;;1;2;0.61;44.2;;;;;;;;0;\n");
        Assert.Equal((2, AddressFault.NotUtf8), (Problem(bytes).Line, Problem(bytes).Fault));
    }

    [Fact]
    public void Utf_16_is_named() => Assert.Equal(AddressFault.Utf16, Problem([0xFF, 0xFE, .. Encoding.Unicode.GetBytes(Header)]).Fault);

    [Fact]
    public void A_line_without_end_is_refused_before_it_is_kept()
    {
        var endless = new byte[20_000_000];
        Array.Fill(endless, (byte)';');
        Assert.Equal((1, AddressFault.TooLong), (Problem(endless).Line, Problem(endless).Fault));
    }

    [Fact]
    public void A_quoted_street_is_read() =>
        Assert.Equal("Rue \"A\"; suite", Assert.IsType<AddressRow.Read>(Read(Header + "\r\n47001_a_1;;1;;\"Rue \"\"A\"\"; suite\";47000;47001;Agen;;;1;2;0.61;44.2;;;;;;;;0;\r\n").Single()).Address.Street);

    private static List<AddressRow> Read(string text) => Read(Encoding.UTF8.GetBytes(text));

    private static List<AddressRow> Read(byte[] bytes) => [.. AddressFileReader.Read(new MemoryStream(bytes), "47001", Guid.NewGuid)];

    private static AddressProblem Problem(byte[] bytes) => Assert.IsType<AddressRow.Refused>(Read(bytes).Single()).Problem;
}
