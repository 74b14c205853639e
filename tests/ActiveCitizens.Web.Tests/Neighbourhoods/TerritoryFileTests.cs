using System.Text;
using ActiveCitizens.Web.Features.Neighbourhoods;
using ActiveCitizens.Web.Features.Neighbourhoods.ReplaceTerritories;

namespace ActiveCitizens.Web.Tests.Neighbourhoods;

/// <summary>Files that are refused, each with the place and what was expected.</summary>
public sealed class TerritoryFileTests
{
    [Fact]
    public void Two_halves_of_a_square_are_accepted() => Assert.Empty(DemoTerritories.Problems(DemoTerritories.TwoHalves()));

    [Theory]
    [InlineData("")]
    [InlineData("  \n\t ")]
    public void An_empty_file_says_so(string text) => Assert.Equal([new TerritoryProblem.Empty()], Problems(text));

    [Fact]
    public void A_truncated_file_names_the_place_where_it_ends()
    {
        var file = DemoTerritories.TwoHalves();
        var problem = Assert.IsType<TerritoryProblem.NotJson>(Assert.Single(DemoTerritories.Problems(file[..(file.Length / 2)])));
        Assert.Equal(2, problem.At.Line);
    }

    [Fact]
    public void Text_after_the_end_is_refused() => Assert.IsType<TerritoryProblem.NotJson>(Assert.Single(DemoTerritories.Problems([.. DemoTerritories.TwoHalves(), .. "}"u8])));

    [Fact]
    public void Utf16_is_named_with_and_without_a_mark()
    {
        var text = Encoding.UTF8.GetString(DemoTerritories.TwoHalves());
        Assert.Equal([new TerritoryProblem.Utf16()], DemoTerritories.Problems([0xFF, 0xFE, .. Encoding.Unicode.GetBytes(text)]));
        Assert.Equal([new TerritoryProblem.Utf16()], DemoTerritories.Problems(Encoding.Unicode.GetBytes(text)));
        Assert.Equal([new TerritoryProblem.Utf16()], DemoTerritories.Problems(Encoding.BigEndianUnicode.GetBytes(text)));
    }

    [Fact]
    public void Latin_1_names_the_first_character_that_is_not_utf_8()
    {
        var file = Encoding.Latin1.GetBytes("{\n \"name\": \"Cœur".Replace('œ', 'é') + "\"}");
        Assert.Equal([new TerritoryProblem.NotUtf8(new FilePlace(2, 12))], DemoTerritories.Problems(file));
    }

    [Fact]
    public void A_utf_8_mark_is_no_fault() => Assert.Empty(DemoTerritories.Problems([0xEF, 0xBB, 0xBF, .. DemoTerritories.TwoHalves()]));

    [Theory]
    [InlineData("[0.60,1e400]")]
    [InlineData("[-1e999,44.20]")]
    public void A_number_too_large_to_hold_is_refused(string position) =>
        Assert.IsType<TerritoryProblem.NotFinite>(Assert.Single(DemoTerritories.Problems(WestWith(position))));

    [Fact]
    public void A_latitude_of_95_degrees_is_refused_with_its_place()
    {
        var problem = Assert.IsType<TerritoryProblem.LatitudeOutOfRange>(Assert.Single(DemoTerritories.Problems(WestWith("[0.60,95]"))));
        Assert.Equal(95, problem.Value);
        Assert.Equal(2, problem.At.Line);
        var line = Encoding.UTF8.GetString(WestWith("[0.60,95]")).Split('\n')[1];
        Assert.StartsWith("95]", line[(problem.At.Column - 1)..], StringComparison.Ordinal);
    }

    [Fact]
    public void Metres_in_place_of_degrees_are_refused() =>
        Assert.IsType<TerritoryProblem.LongitudeOutOfRange>(Assert.Single(DemoTerritories.Problems(WestWith("[507123.5,6348011.2]"))));

    [Theory]
    [InlineData("[NaN,44.20]")]
    [InlineData("[0.60,-Infinity]")]
    public void NaN_is_not_json(string position) => Assert.IsType<TerritoryProblem.NotJson>(Assert.Single(DemoTerritories.Problems(WestWith(position))));

    [Theory]
    [InlineData("[0.60]")]
    [InlineData("[]")]
    [InlineData("12")]
    [InlineData("null")]
    public void A_position_needs_two_numbers(string position) =>
        Assert.Equal(ExpectedJson.Position, Assert.IsType<TerritoryProblem.Expected>(Assert.Single(DemoTerritories.Problems(WestWith(position)))).What);

    [Fact]
    public void A_position_of_text_is_refused() =>
        Assert.Equal(ExpectedJson.Number, Assert.IsType<TerritoryProblem.Expected>(Assert.Single(DemoTerritories.Problems(WestWith("[\"0.60\",44.20]")))).What);

    [Fact]
    public void Deep_nesting_is_refused()
    {
        var file = $$"""{"type": "FeatureCollection", "features": [{"type": "Feature", "properties": {"code": {{new string('[', 100_000)}}""";
        Assert.IsType<TerritoryProblem.TooDeep>(Assert.Single(Problems(file)));
    }

    [Theory]
    [InlineData("[]", ExpectedJson.FeatureCollection)]
    [InlineData("12", ExpectedJson.FeatureCollection)]
    [InlineData("{\"type\": \"Topology\", \"features\": []}", ExpectedJson.FeatureCollection)]
    [InlineData("{\"features\": []}", ExpectedJson.FeatureCollection)]
    [InlineData("{\"type\": \"FeatureCollection\"}", ExpectedJson.ListOfFeatures)]
    [InlineData("{\"type\": \"FeatureCollection\", \"features\": {}}", ExpectedJson.ListOfFeatures)]
    [InlineData("{\"type\": \"FeatureCollection\", \"features\": [1]}", ExpectedJson.Feature)]
    [InlineData("{\"type\": \"FeatureCollection\", \"features\": [{\"type\": \"Thing\"}]}", ExpectedJson.Feature)]
    [InlineData("{\"type\": \"FeatureCollection\", \"features\": [{\"type\": \"Feature\", \"properties\": {}, \"geometry\": null}]}", ExpectedJson.Geometry)]
    [InlineData("{\"type\": \"FeatureCollection\", \"features\": [{\"type\": \"Feature\", \"properties\": {}}]}", ExpectedJson.Geometry)]
    [InlineData("{\"type\": \"FeatureCollection\", \"features\": [{\"type\": \"Feature\", \"properties\": null, \"geometry\": null}]}", ExpectedJson.Properties)]
    [InlineData("{\"type\": \"FeatureCollection\", \"features\": [{\"type\": \"Feature\", \"geometry\": {\"type\": \"Point\", \"coordinates\": [0, 0]}}]}", ExpectedJson.PolygonOrMultiPolygon)]
    [InlineData("{\"type\": \"FeatureCollection\", \"features\": [{\"type\": \"Feature\", \"geometry\": {\"type\": \"Polygon\"}}]}", ExpectedJson.ListOfRings)]
    [InlineData("{\"type\": \"FeatureCollection\", \"features\": [{\"type\": \"Feature\", \"geometry\": {\"type\": \"Polygon\", \"coordinates\": []}}]}", ExpectedJson.ListOfRings)]
    [InlineData("{\"type\": \"FeatureCollection\", \"features\": [{\"type\": \"Feature\", \"geometry\": {\"type\": \"Polygon\", \"coordinates\": [3]}}]}", ExpectedJson.Ring)]
    [InlineData("{\"type\": \"FeatureCollection\", \"features\": [{\"type\": \"Feature\", \"geometry\": {\"type\": \"MultiPolygon\", \"coordinates\": []}}]}", ExpectedJson.ListOfPolygons)]
    public void Another_structure_says_what_was_expected(string file, ExpectedJson expected) =>
        Assert.Equal(expected, Assert.IsType<TerritoryProblem.Expected>(Assert.Single(Problems(file))).What);

    [Fact]
    public void A_collection_without_features_is_refused() => Assert.Equal([new TerritoryProblem.NoFeature()], Problems("{\"type\": \"FeatureCollection\", \"features\": []}"));

    [Fact]
    public void An_unclosed_ring_is_refused_with_its_ends()
    {
        var problem = Assert.IsType<TerritoryProblem.RingNotClosed>(Assert.Single(DemoTerritories.Problems(DemoTerritories.TwoHalves(west: "[[0.60,44.20],[0.61,44.20],[0.61,44.22],[0.60,44.22]]"))));
        Assert.Equal((0.60, 44.22), (problem.Last.Longitude, problem.Last.Latitude));
    }

    [Fact]
    public void A_ring_of_three_positions_is_refused() =>
        Assert.Equal(3, Assert.IsType<TerritoryProblem.RingTooShort>(Assert.Single(DemoTerritories.Problems(DemoTerritories.TwoHalves(west: "[[0.60,44.20],[0.61,44.20],[0.60,44.20]]")))).Positions);

    [Fact]
    public void A_bow_tie_names_the_place_where_it_crosses_itself()
    {
        var problem = Assert.IsType<TerritoryProblem.BoundaryInvalid>(Assert.Single(DemoTerritories.Problems(DemoTerritories.TwoHalves(west: "[[0.60,44.20],[0.61,44.22],[0.61,44.20],[0.60,44.22],[0.60,44.20]]"))));
        Assert.Equal(BoundaryFault.SelfIntersection, problem.Fault);
        Assert.Equal(0.605, problem.Place.Longitude, 6);
        Assert.Equal(44.21, problem.Place.Latitude, 6);
    }

    [Fact]
    public void A_hole_outside_its_ring_is_refused() =>
        Assert.Equal(BoundaryFault.HoleOutside, Assert.IsType<TerritoryProblem.BoundaryInvalid>(Assert.Single(DemoTerritories.Problems(
            DemoTerritories.TwoHalves(west: $"{DemoTerritories.West},[[0.70,44.20],[0.71,44.20],[0.71,44.21],[0.70,44.20]]")))).Fault);

    [Theory]
    [InlineData("Ouest", "=cmd|' /C calc'!A0")]
    [InlineData("Ouest", "+33 6")]
    [InlineData("Ouest", "@SUM(A1)")]
    [InlineData("Ouest", "-2+3")]
    public void A_name_that_a_spreadsheet_would_run_is_refused(string name, string formula)
    {
        var file = Encoding.UTF8.GetBytes(Encoding.UTF8.GetString(DemoTerritories.TwoHalves()).Replace(name, formula, StringComparison.Ordinal));
        var problem = Assert.IsType<TerritoryProblem.PropertyIsFormula>(Assert.Single(DemoTerritories.Problems(file)));
        Assert.Equal(("name", formula), (problem.Property, problem.Value));
    }

    [Theory]
    [InlineData("\"code\": \"Q01\"", "\"code\": \"Q 01\"", ExpectedValue.Code)]
    [InlineData("\"code\": \"Q01\"", "\"code\": 1", ExpectedValue.Code)]
    [InlineData("\"number\": 1", "\"number\": 0", ExpectedValue.PositiveCount)]
    [InlineData("\"number\": 1", "\"number\": 1.5", ExpectedValue.PositiveCount)]
    [InlineData("\"number\": 1", "\"number\": 1e400", ExpectedValue.PositiveCount)]
    [InlineData("\"name\": \"Ouest\"", "\"name\": \" \"", ExpectedValue.Name)]
    [InlineData("\"name\": \"Ouest\"", "\"name\": \"A\\u0000B\"", ExpectedValue.Name)]
    [InlineData("\"name\": \"Ouest\"", "\"name\": \"\\ud800\"", ExpectedValue.Name)]
    [InlineData("\"population\": 1200", "\"population\": -1", ExpectedValue.Count)]
    [InlineData("\"population\": 1200", "\"population\": \"1200\"", ExpectedValue.Count)]
    [InlineData("\"seats\": 9", "\"seats\": 0", ExpectedValue.PositiveCount)]
    [InlineData("\"budgetPerMandateEur\": 375000", "\"budgetPerMandateEur\": 1e300", ExpectedValue.Money)]
    [InlineData("\"budgetPerMandateEur\": 375000", "\"budgetPerMandateEur\": 0.001", ExpectedValue.Money)]
    [InlineData("\"seats\": 9", "\"seats\": 9, \"labelPoint\": [200, 10]", ExpectedValue.Point)]
    [InlineData("\"seats\": 9", "\"seats\": 9, \"nameStatus\": \"sure\"", ExpectedValue.NameStatus)]
    public void A_wrong_property_is_named_with_its_place(string good, string bad, ExpectedValue expected)
    {
        var text = Encoding.UTF8.GetString(DemoTerritories.TwoHalves());
        var at = text.IndexOf(good, StringComparison.Ordinal);
        var problem = Assert.IsType<TerritoryProblem.PropertyWrong>(Assert.Single(Problems(text[..at] + bad + text[(at + good.Length)..])));
        Assert.Equal(expected, problem.What);
        Assert.Equal(2, problem.At.Line);
    }

    [Fact]
    public void A_missing_property_is_named() =>
        Assert.Equal("name", Assert.IsType<TerritoryProblem.PropertyMissing>(Assert.Single(Problems(Encoding.UTF8.GetString(DemoTerritories.TwoHalves()).Replace("\"name\": \"Est\",", "", StringComparison.Ordinal)))).Property);

    [Fact]
    public void A_code_and_a_number_given_twice_are_both_reported()
    {
        var text = Encoding.UTF8.GetString(DemoTerritories.TwoHalves()).Replace("\"Q02\", \"number\": 2", "\"q01\", \"number\": 1", StringComparison.Ordinal);
        Assert.Collection(Problems(text),
            problem => Assert.Equal(("Q01", 3), (Assert.IsType<TerritoryProblem.CodeTwice>(problem).Code, ((TerritoryProblem.CodeTwice)problem).At.Line)),
            problem => Assert.Equal(1, Assert.IsType<TerritoryProblem.NumberTwice>(problem).Number));
    }

    [Fact] // A strip of 0.001° of longitude over 0.02° of latitude, about 80 m × 2 222 m.
    public void An_overlap_is_reported_with_place_and_area()
    {
        var problems = DemoTerritories.Problems(DemoTerritories.TwoHalves(east: "[[0.609,44.20],[0.62,44.20],[0.62,44.22],[0.609,44.22],[0.609,44.20]]"));
        var overlap = Assert.IsType<TerritoryProblem.Overlap>(Assert.Single(problems));
        Assert.Equal(("Q01 Ouest", "Q02 Est"), (overlap.Name, overlap.OtherName));
        Assert.InRange(overlap.SquareMetres, 177_000, 178_500);
        Assert.InRange(overlap.Place.Longitude, 0.609, 0.610);
        Assert.InRange(overlap.Place.Latitude, 44.20, 44.22);
    }

    [Fact]
    public void A_gap_is_reported_with_place_area_and_nearest_neighbourhood()
    {
        var problems = DemoTerritories.Problems(DemoTerritories.TwoHalves(east: "[[0.611,44.20],[0.62,44.20],[0.62,44.22],[0.611,44.22],[0.611,44.20]]"));
        var gap = Assert.IsType<TerritoryProblem.Gap>(Assert.Single(problems));
        Assert.InRange(gap.SquareMetres, 177_000, 178_500);
        Assert.InRange(gap.Place.Longitude, 0.610, 0.611);
        Assert.Contains(gap.NearestName, new[] { "Q01 Ouest", "Q02 Est" });
    }

    [Fact]
    public void A_part_outside_the_municipality_is_reported()
    {
        var problems = DemoTerritories.Problems(DemoTerritories.TwoHalves(east: "[[0.61,44.20],[0.63,44.20],[0.63,44.22],[0.61,44.22],[0.61,44.20]]"));
        Assert.Equal("Q02 Est", Assert.IsType<TerritoryProblem.Outside>(Assert.Single(problems)).Name);
    }

    [Fact] // About 0.8 m over 2 km: rounding to five decimals does that.
    public void A_sliver_thinner_than_two_metres_is_accepted_and_told()
    {
        var (plan, problems) = TerritoryPlan.Make(DemoTerritories.TwoHalves(east: "[[0.61001,44.20],[0.62,44.20],[0.62,44.22],[0.61001,44.22],[0.61001,44.20]]"), DemoTerritories.Square, "test", TerritoryMap.Empty, null, DateTimeOffset.UnixEpoch);
        Assert.Empty(problems);
        Assert.InRange(Assert.IsType<TerritoryRemark.Slivers>(Assert.Single(plan!.Remarks)).SquareMetres, 1_700, 1_800);
    }

    [Fact] // A4
    public void A_territory_of_961_inhabitants_warns_and_is_accepted()
    {
        var text = Encoding.UTF8.GetString(DemoTerritories.TwoHalves()).Replace("\"population\": 1200", "\"population\": 961", StringComparison.Ordinal);
        var (plan, problems) = TerritoryPlan.Make(Encoding.UTF8.GetBytes(text), DemoTerritories.Square, "test", TerritoryMap.Empty, null, DateTimeOffset.UnixEpoch);
        Assert.Empty(problems);
        Assert.Equal(new TerritoryRemark.UnusualSize("Q01 Ouest", 961), Assert.Single(plan!.Remarks));
    }

    [Fact]
    public void Without_any_outline_the_outline_is_asked_for() =>
        Assert.IsType<TerritoryProblem.NoOutline>(Assert.Single(TerritoryPlan.Make(DemoTerritories.TwoHalves(), null, "test", TerritoryMap.Empty, null, DateTimeOffset.UnixEpoch).Problems));

    [Fact]
    public void A_new_code_needs_seats_and_envelope_a_known_one_keeps_its_own()
    {
        var current = DemoTerritories.Map();
        var text = Encoding.UTF8.GetString(DemoTerritories.Territories).Replace(", \"seats\": 9, \"budgetPerMandateEur\": 375000", "", StringComparison.Ordinal);
        var (plan, problems) = TerritoryPlan.Make(Encoding.UTF8.GetBytes(text), null, "test", current, null, DateTimeOffset.UnixEpoch);
        Assert.Empty(problems);
        Assert.Empty(plan!.ComparedWith(current));
        var renamed = Encoding.UTF8.GetBytes(text.Replace("\"code\": \"Q07\"", "\"code\": \"Q77\"", StringComparison.Ordinal));
        Assert.Equal("Q77", Assert.IsType<TerritoryProblem.NewWithoutTerms>(Assert.Single(TerritoryPlan.Make(renamed, null, "test", current, null, DateTimeOffset.UnixEpoch).Problems)).Code);
    }

    [Fact]
    public void What_changes_is_listed()
    {
        var current = DemoTerritories.Map();
        var text = Encoding.UTF8.GetString(DemoTerritories.Territories)
            .Replace("\"code\": \"Q07\"", "\"code\": \"Q77\"", StringComparison.Ordinal)
            .Replace("\"name\": \"Le Gravier\"", "\"name\": \"Gravier et Péristyle\"", StringComparison.Ordinal);
        var plan = TerritoryPlan.Make(Encoding.UTF8.GetBytes(text), null, "test", current, null, DateTimeOffset.UnixEpoch).Plan!;
        Assert.Collection(plan.ComparedWith(current),
            change => Assert.Equal("Gravier et Péristyle", Assert.IsType<TerritoryChange.Changed>(change).Neighbourhood.Name),
            change => Assert.Equal("Q07", Assert.IsType<TerritoryChange.Removed>(change).Neighbourhood.Code),
            change => Assert.Equal("Q77", Assert.IsType<TerritoryChange.Added>(change).Neighbourhood.Code));
        Assert.Equal(2, plan.Version.Number);
    }

    [Fact]
    public void Several_faulty_features_are_reported_at_once() =>
        Assert.Equal(2, DemoTerritories.Problems(DemoTerritories.TwoHalves(west: "[[0.60,95]]", east: "[[200,44.20]]")).Count);

    private static IReadOnlyList<TerritoryProblem> Problems(string file) => DemoTerritories.Problems(Encoding.UTF8.GetBytes(file));

    private static byte[] WestWith(string position) => DemoTerritories.TwoHalves(west: $"[{position},[0.61,44.20],[0.61,44.22],[0.60,44.22],{position}]");
}
