using System.Diagnostics;
using System.IO.Compression;
using System.Text;
using System.Text.Json.Nodes;

namespace ActiveCitizens.Cli.Tests;

public sealed class CountCommandTests : IDisposable
{
    private const string Vote = """
        META
        key;value
        description;Budget d’un quartier
        num_projects;4
        num_votes;6
        budget;1000
        vote_type;approval
        currency;EUR
        PROJECTS
        project_id;cost;name
        1;600;Forêt urbaine à l’école
        2;500;Piste cyclable
        3;300;Boîte à livres
        4;300;Verger
        VOTES
        voter_id;vote
        1;1,2
        2;1,2
        3;1
        4;3
        5;3,4
        6;4
        """;

    private readonly string _folder = Directory.CreateTempSubdirectory().FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void Without_options_greedy_stands_beside_equal_shares_and_names_are_printed_as_written()
    {
        var (exit, output, errors) = Run("count", Save(Vote));
        Assert.Equal(0, exit);
        Assert.Empty(errors);
        Assert.Contains("Budget d’un quartier", output, StringComparison.Ordinal);
        var forest = Assert.Single(output.Split('\n'), line => line.Contains("Forêt urbaine à l’école", StringComparison.Ordinal));
        Assert.Matches(@"1 +Forêt.* 600 +3 +✓ 1 ", forest);
        Assert.Contains("Greedy by votes", output, StringComparison.Ordinal);
        Assert.Contains("Equal Shares", output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--preset", "es_none")]
    [InlineData("--rule", "equal-shares", "--ties", "least-cost,most-votes,id")]
    public void A_rule_by_name_and_the_same_rule_spelled_out_give_the_same_exact_result(params string[] rule)
    {
        var (exit, output, _) = Run(["count", Save(Vote), "--json", .. rule]);
        Assert.Equal(0, exit);
        var result = JsonNode.Parse(output)!;
        Assert.Equal(["3"], result["winners"]!.AsArray().Select(w => (string)w!));
        Assert.Equal("300", (string)result["total_cost"]!);
        Assert.Equal("500/3", (string)result["endowment"]!);
        Assert.Equal(64, ((string)result["sha256"]!).Length);
    }

    [Fact]
    public void A_compressed_file_gives_the_same_result_and_fingerprint()
    {
        var plain = Save(Vote);
        using (var file = new GZipStream(File.Create(plain + ".gz"), CompressionLevel.Fastest))
        {
            file.Write(File.ReadAllBytes(plain));
        }

        var (first, second) = (JsonNode.Parse(Run("count", plain, "--json").Output)!, JsonNode.Parse(Run("count", plain + ".gz", "--json").Output)!);
        Assert.Equal((string)first["sha256"]!, (string)second["sha256"]!);
        Assert.Equal(first["rounds"]!.ToJsonString(), second["rounds"]!.ToJsonString());
    }

    [Fact]
    public void All_presets_print_one_object_whose_members_apply_to_the_ballots()
    {
        var results = JsonNode.Parse(Run("count", Save(Vote), "--all-presets", "--json").Output)!.AsObject();
        Assert.Contains("mes_cost_add1", results);
        Assert.Contains("es_add1u_exh_int", results);
        Assert.Contains("phragmen", results);
        Assert.DoesNotContain("mes_points", results);
        Assert.DoesNotContain("city_greedy_skip_threshold", results);
        Assert.All(results, member => Assert.True(member.Value!["winners"] is JsonArray && member.Value["total_cost"] is JsonValue));
    }

    [Fact]
    public void Presets_are_listed_each_with_a_sentence() =>
        Assert.All(Run("count", "--presets").Output.TrimEnd().Split('\n'), line => Assert.Matches(@"^[a-z0-9_+]+ +[A-Z].*\.$", line));

    [Fact]
    public void Help_shows_an_example()
    {
        var (exit, output, _) = Run("count", "--help");
        Assert.Equal(0, exit);
        Assert.Contains("activecitizens count vote.pb.gz --preset es_add1_int --json", output, StringComparison.Ordinal);
    }

    [Fact]
    public void An_unresolved_tie_is_shown_to_the_clerk_and_a_lot_resolves_it()
    {
        // Three and four cost the same and have as many votes: greedy can afford one beside the first.
        var tied = Save(Vote);
        var (exit, output, _) = Run("count", tied, "--rule", "greedy", "--ties", "unresolved");
        Assert.Equal(0, exit);
        Assert.Contains("is not resolved. Draw a lot", output, StringComparison.Ordinal);
        File.WriteAllLines(Path.Combine(_folder, "lot"), ["4", "3", "2", "1"]);
        var lot = JsonNode.Parse(Run("count", tied, "--rule", "greedy", "--ties", "lot", "--lot", Path.Combine(_folder, "lot"), "--json").Output)!;
        Assert.Equal(["1", "4"], lot["winners"]!.AsArray().Select(w => (string)w!));
    }

    [Theory]
    [InlineData("2;500;", "2;1e999999;", "line 12, column 3")]
    [InlineData("6;4", "6;5", "line 22, column 3")]
    [InlineData("PROJECTS", "PROJETS", "line 10")]
    public void A_bad_file_exits_2_and_says_where_what_was_expected_and_what_to_do(string original, string fault, string place)
    {
        var (exit, output, errors) = Run("count", Save(Vote.Replace(original, fault, StringComparison.Ordinal)));
        Assert.Equal(2, exit);
        Assert.Empty(output);
        Assert.Contains(place.Replace("line 10", "line", StringComparison.Ordinal), errors, StringComparison.Ordinal);
        Assert.Contains("expected", errors, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("count")]
    [InlineData("count", "missing.pb")]
    [InlineData("count", "--no-such-option")]
    [InlineData("count", "VOTE", "--preset", "mes_gold")]
    [InlineData("count", "VOTE", "--preset", "mes_points")]
    [InlineData("count", "VOTE", "--rule", "equal-shares", "--satisfaction", "borda")]
    [InlineData("count", "VOTE", "--rule", "monarchy")]
    [InlineData("count", "VOTE", "--satisfaction", "cost")]
    [InlineData("count", "VOTE", "--rule", "greedy", "--ties", "id,most-votes")]
    [InlineData("count", "VOTE", "--rule", "equal-shares", "--completion", "add1", "--step", "0")]
    public void A_bad_argument_exits_2_and_says_what_to_do(params string[] arguments)
    {
        var (exit, output, errors) = Run([.. arguments.Select(a => a == "VOTE" ? Save(Vote) : a)]);
        Assert.Equal(2, exit);
        Assert.Empty(output);
        Assert.NotEmpty(errors);
    }

    [Fact]
    public void A_file_that_only_pretends_to_be_compressed_exits_2()
    {
        var path = Path.Combine(_folder, "bad.pb.gz");
        File.WriteAllBytes(path, [0x1F, 0x8B, 0x08, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11]);
        Assert.Equal(2, Run("count", path).Exit);
    }

    [Fact]
    public async Task The_built_program_counts()
    {
        var program = Path.Combine(AppContext.BaseDirectory, OperatingSystem.IsWindows() ? "activecitizens.exe" : "activecitizens");
        using var process = Process.Start(new ProcessStartInfo(program, ["count", Save(Vote), "--preset", "es_none", "--json"]) { UseShellExecute = false, RedirectStandardOutput = true, StandardOutputEncoding = Encoding.UTF8 })!;
        var output = await process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        Assert.Equal(0, process.ExitCode);
        Assert.Equal("300", (string)JsonNode.Parse(output)!["total_cost"]!);
    }

    private string Save(string text)
    {
        var path = Path.Combine(_folder, "vote.pb");
        File.WriteAllText(path, text);
        return path;
    }

    private static (int Exit, string Output, string Errors) Run(params string[] arguments)
    {
        using var output = new MemoryStream();
        using var errors = new StringWriter();
        var exit = CommandLine.Run(arguments, output, errors, progress: false, wide: true);
        return (exit, Encoding.UTF8.GetString(output.ToArray()), errors.ToString());
    }
}
