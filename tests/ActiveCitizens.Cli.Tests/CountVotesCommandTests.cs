using System.Text.Json.Nodes;

namespace ActiveCitizens.Cli.Tests;

public sealed class CountVotesCommandTests : IDisposable
{
    private readonly TestCommand _command = new();

    public void Dispose() => _command.Dispose();

    [Fact]
    public void A_result_with_blank_votes_fills_the_seats_and_the_older_wins_a_tie()
    {
        _command.Save("result.json", """{"result":[[3,7,5,5,0],[[1,2],[2,1]]]}""");
        _command.Save("council.csv", "id;name;born\na;Anaïs;1990-01-01\nb;Boris;1990-02-01\nc;Chloé;1950-02-01\nd;David;1970-01-01\n");
        string[] command = ["count-votes", "@result.json", "--method", "plurality", "--seats", "2", "--blank", "--question", "1", "--candidates", "@council.csv", "--ties", "older"];
        var json = _command.Json(command);
        Assert.Equal(["a", "c"], Texts(json["elected"]!));
        Assert.Equal(3, (int)json["blank"]!);
        Assert.Equal(["1950-02-01", "1990-02-01"], json["ties"]![0]!["evidence"]!.AsObject().Select(e => (string)e.Value!));
        Assert.Equal("older", (string)json["ties"]![0]!["decided_by"]!);
        var table = _command.Print(command);
        Assert.Contains("2 of 2 seats: Anaïs, Chloé", table, StringComparison.Ordinal);
        Assert.Contains("Tie between Boris, Chloé for 1 place: Chloé by older (Chloé 1950-02-01, Boris 1990-02-01).", table, StringComparison.Ordinal);
    }

    [Fact]
    public void An_open_tie_is_shown_and_a_lot_resolves_it()
    {
        _command.Save("ballots.json", "[[1,0],[0,1]]");
        var open = _command.Json("count-votes", "@ballots.json", "--method", "plurality");
        Assert.Empty(open["elected"]!.AsArray());
        Assert.Null(open["ties"]![0]!["chosen"]);
        Assert.Contains("is not resolved", _command.Print("count-votes", "@ballots.json", "--method", "plurality"), StringComparison.Ordinal);
        var drawn = _command.Json("count-votes", "@ballots.json", "--method", "plurality", "--ties", "lot", "--seed", "2026");
        Assert.Single(drawn["elected"]!.AsArray());
        Assert.All(drawn["ties"]![0]!["evidence"]!.AsObject(), e => Assert.Matches("^[0-9a-f]{64}$", (string)e.Value!));
    }

    [Fact]
    public void Majority_Judgment_Schulze_and_STV_count_the_same_file_of_ballots()
    {
        _command.Save("ballots.json", "[[1,2,3],[1,2,3],[2,1,3],[3,1,2],[1,3,2]]");
        var judgment = _command.Json("count-votes", "@ballots.json", "--method", "majority-judgment", "--grades", "3");
        Assert.Equal(["0", "1", "2"], judgment["ranking"]!.AsArray().Select(g => Assert.Single(Texts(g!))));
        Assert.Equal(2, judgment["separations"]!.AsArray().Count);
        var schulze = _command.Json("count-votes", "@ballots.json", "--method", "schulze");
        Assert.Equal("0", (string)schulze["condorcet_winner"]!);
        Assert.Equal("[[0,3,4],[2,0,4],[1,1,0]]", schulze["raw"]!.ToJsonString());
        var stv = _command.Json("count-votes", "@ballots.json", "--method", "stv", "--seats", "2");
        Assert.Equal(["0", "1"], Texts(stv["elected"]!));
        Assert.Equal("1/3", (string)stv["rounds"]![0]!["transfer_factor"]!);
        Assert.Equal("8/3", (string)stv["rounds"]![1]!["scores"]!["1"]!);
        foreach (var method in new[] { "schulze", "stv" })
        {
            Assert.Contains("of 1 seats: 0", _command.Print("count-votes", "@ballots.json", "--method", method), StringComparison.Ordinal);
        }

        Assert.Contains("Grade 3", _command.Print("count-votes", "@ballots.json", "--method", "majority-judgment", "--grades", "3"), StringComparison.Ordinal);
    }

    [Fact]
    public void A_municipal_election_by_lists_names_the_elected()
    {
        _command.Save("lists.csv", "list,votes,name\nA,884,Demain\nB,544,Ensemble\n");
        _command.Save("members.csv", "list,id\n" + string.Concat(Enumerable.Range(1, 19).Select(i => $"A,a{i}\nB,b{i}\n")));
        string[] command = ["count-votes", "@lists.csv", "--method", "french-municipal", "--seats", "19", "--first-round", "--candidates", "@members.csv"];
        var json = _command.Json(command);
        Assert.Equal("""{"A":16,"B":3}""", json["seats_of_list"]!.ToJsonString());
        Assert.Equal(["b1", "b2", "b3"], Texts(json["elected"]!["B"]!));
        Assert.Equal(10, (int)json["bonus"]!["seats"]!);
        Assert.Contains("Demain leads and takes 10 seats first.", _command.Print(command), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("dhondt", "4,3,1,0")]
    [InlineData("sainte-lague", "3,3,1,1")]
    [InlineData("largest-remainder-hare", "3,3,1,1")]
    [InlineData("largest-remainder-droop", "4,3,1,0")]
    public void Each_method_on_lists_divides_all_seats(string method, string seats)
    {
        _command.Save("lists.csv", "list;votes\nA;100000\nB;80000\nC;30000\nD;20000\n");
        var json = _command.Json("count-votes", "@lists.csv", "--method", method, "--seats", "8");
        Assert.Equal(seats, string.Join(',', json["seats_of_list"]!.AsObject().Select(s => s.Value!.ToJsonString())));
        Assert.Contains("8 of 8 seats are filled", _command.Print("count-votes", "@lists.csv", "--method", method, "--seats", "8"), StringComparison.Ordinal);
    }

    [Fact]
    public void A_threshold_and_a_bonus_can_be_spelled_out()
    {
        _command.Save("lists.csv", "list,votes\nA,500\nB,475\nC,25\n");
        var json = _command.Json("count-votes", "@lists.csv", "--method", "dhondt", "--seats", "10", "--threshold", "2.6", "--bonus", "1/4");
        Assert.Equal("13/500", (string)json["threshold"]!);
        Assert.Equal(["A", "B"], Texts(json["admitted"]!));
        Assert.Equal("""{"list":"A","seats":3}""", json["bonus"]!.ToJsonString());
        Assert.Equal("SecondRoundNeeded", (string)_command.Json("count-votes", "@lists.csv", "--method", "french-municipal", "--seats", "9", "--first-round")["stop"]!);
    }

    [Theory]
    [InlineData("[[1,2],[1]]", "ballot 2: 1 numbers, but the first ballot has 2")]
    [InlineData("[[1,2],[1,-2]]", "ballot 2: found -2, expected a whole number")]
    [InlineData("[[1,2],[1,2.5]]", "ballot 2: found 2.5")]
    [InlineData("[[1,2],3]", "ballot 2: found Number, expected an array")]
    [InlineData("[[1,2]", "line 1, byte 7")]
    [InlineData("{}", "expected a JSON array of ballots")]
    [InlineData("""{"result":[[1,2],[3,4]]}""", "choose one with --question 1 … 2")]
    public void A_bad_file_exits_2_and_says_where_and_what_was_expected(string content, string reason)
    {
        _command.Save("f.json", content);
        Assert.Contains(reason, _command.Refused("count-votes", "@f.json", "--method", "schulze"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("list,votes\nA,1\nA,2\n", "names \"A\" 2 times")]
    [InlineData("list,votes\nA,-1\n", "line 2: votes is \"-1\"; expected a whole number")]
    [InlineData("list,votes\nA\n", "line 2: 1 fields, expected 2")]
    [InlineData("list,vote\nA,1\n", "there is a column \"vote\" that is unknown or repeated")]
    [InlineData("list\nA\n", "there is no column \"votes\"")]
    [InlineData("list,votes\n,1\n", "line 2: list is empty")]
    [InlineData("", "there is no column \"list\"")]
    public void A_bad_table_exits_2_and_says_where_and_what_was_expected(string content, string reason)
    {
        _command.Save("f.csv", content);
        Assert.Contains(reason, _command.Refused("count-votes", "@f.csv", "--method", "dhondt"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--seats is 0", "@b.json", "--method", "stv", "--seats", "0")]
    [InlineData("--grades means nothing", "@b.json", "--method", "stv", "--grades", "3")]
    [InlineData("needs --grades", "@b.json", "--method", "majority-judgment")]
    [InlineData("--ties lot needs --seed", "@b.json", "--method", "stv", "--ties", "lot")]
    [InlineData("--seed needs --ties lot", "@b.json", "--method", "stv", "--seed", "x")]
    [InlineData("\"coin\" is not known", "@b.json", "--method", "stv", "--ties", "coin")]
    [InlineData("needs ballots", "@r.json", "--method", "stv")]
    [InlineData("--question 3", "@r.json", "--method", "plurality", "--question", "3")]
    [InlineData("--question is for an election's result", "@b.json", "--method", "plurality", "--question", "1")]
    [InlineData("--threshold is \"110\"", "@l.csv", "--method", "dhondt", "--threshold", "110")]
    [InlineData("--bonus is \"3/2\"", "@l.csv", "--method", "dhondt", "--bonus", "3/2")]
    [InlineData("--first-round needs", "@l.csv", "--method", "dhondt", "--first-round")]
    [InlineData("names 1 candidates, but a ballot holds 2 numbers", "@b.json", "--method", "stv", "--candidates", "@c.csv")]
    [InlineData("expected a date such as", "@b.json", "--method", "stv", "--candidates", "@d.csv")]
    [InlineData("cannot be read", "@none.json", "--method", "stv")]
    [InlineData("count-votes --help", "@b.json", "--method", "monarchy")]
    [InlineData("count-votes --help", "@b.json")]
    public void A_bad_argument_exits_2_and_says_what_to_do(string reason, params string[] arguments)
    {
        _command.Save("b.json", "[[1,2],[2,1]]");
        _command.Save("r.json", """{"result":[[4,5]]}""");
        _command.Save("l.csv", "list,votes\nA,1\n");
        _command.Save("c.csv", "id\na\n");
        _command.Save("d.csv", "id,born\na,3/2/1961\nb,\n");
        Assert.Contains(reason, _command.Refused(["count-votes", .. arguments]), StringComparison.Ordinal);
    }

    [Fact]
    public void Help_shows_an_example() =>
        Assert.Contains("activecitizens count-votes ballots.json --method stv --seats 3", _command.Print("count-votes", "--help"), StringComparison.Ordinal);

    private static IEnumerable<string> Texts(JsonNode array) => array.AsArray().Select(t => (string)t!);
}
