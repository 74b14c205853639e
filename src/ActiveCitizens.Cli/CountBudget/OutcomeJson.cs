using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using ActiveCitizens.Budgeting;
using ActiveCitizens.Budgeting.Counting;

namespace ActiveCitizens.Cli.CountBudget;

/// <summary>Results as JSON, in the words of the published golden results.</summary>
internal static class OutcomeJson
{
    // Results are read by people and programs, not embedded in pages: names stay legible.
    private static readonly JsonWriterOptions Options = new() { Indented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>One count with everything a recount needs: file, options, ties and every round.</summary>
    public static void Write(TextWriter output, BallotFile ballots, Outcome outcome) => Write(output, json =>
    {
        var instance = ballots.File.Instance;
        json.WriteStartObject();
        json.WriteString("file", ballots.Name);
        json.WriteString("sha256", ballots.Sha256);
        json.WriteNumber("voters", instance.VoterCount);
        json.WriteNumber("projects", instance.Projects.Count);
        json.WriteString("budget", instance.Budget.ToDecimalText());
        json.WriteString("rule", outcome.Rule.ToString());
        json.WriteString("tie_breaking", outcome.Rule.Ties.ToString());
        WriteMembers(json, instance, outcome);
        json.WriteEndObject();
    });

    /// <summary>One object whose members are preset ids.</summary>
    public static void WriteAll(TextWriter output, Instance instance, IEnumerable<(string Id, Outcome Outcome)> outcomes) => Write(output, json =>
    {
        json.WriteStartObject();
        foreach (var (id, outcome) in outcomes)
        {
            json.WriteStartObject(id);
            WriteMembers(json, instance, outcome);
            json.WriteEndObject();
        }

        json.WriteEndObject();
    });

    private static void Write(TextWriter output, Action<Utf8JsonWriter> write)
    {
        using var bytes = new MemoryStream();
        using (var json = new Utf8JsonWriter(bytes, Options))
        {
            write(json);
        }

        output.WriteLine(Encoding.UTF8.GetString(bytes.GetBuffer(), 0, (int)bytes.Length));
    }

    private static void WriteMembers(Utf8JsonWriter json, Instance instance, Outcome outcome)
    {
        string Id(int project) => instance.Projects[project].Id;
        WriteIds(json, "winners", outcome.Winners.Select(Id));
        json.WriteString("total_cost", outcome.TotalCost.ToDecimalText());
        json.WriteString("stop", outcome.Stop.ToString());
        if (outcome.Endowment is { } endowment)
        {
            json.WriteString("endowment", endowment.ToString());
        }

        if (outcome.Steps is { } steps)
        {
            json.WriteNumber("steps", steps);
        }

        if (outcome.Comparison is { } comparison)
        {
            json.WriteStartObject("comparison");
            json.WriteNumber("prefer_equal_shares", comparison.ThisOutcome);
            json.WriteNumber("prefer_greedy", comparison.Greedy);
            json.WriteBoolean("replaced_by_greedy", outcome.ReplacedByGreedy);
            json.WriteEndObject();
        }

        json.WriteStartArray("ties");
        foreach (var tie in outcome.Ties)
        {
            json.WriteStartObject();
            json.WriteNumber("round", tie.Round);
            WriteIds(json, "tied", tie.Tied.Select(Id));
            json.WriteString("chosen", tie.Chosen is { } chosen ? Id(chosen) : null);
            json.WriteString("resolved_by", tie.ResolvedBy?.ToString() ?? tie.Final?.ToString());
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteStartArray("rounds");
        foreach (var round in outcome.Rounds)
        {
            WriteRound(json, Id(round.Project), round);
        }

        json.WriteEndArray();
    }

    private static void WriteRound(Utf8JsonWriter json, string project, Round round)
    {
        json.WriteStartObject();
        json.WriteString("project", project);
        json.WriteString("phase", round.Phase.ToString());
        foreach (var (name, value) in new[] { ("rho", round.Rho), ("effective_votes", round.EffectiveVotes), ("max_payment", round.MaxPayment), ("load", round.Load) })
        {
            if (value is { } exact)
            {
                json.WriteString(name, exact.ToString());
            }
        }

        json.WriteEndObject();
    }

    private static void WriteIds(Utf8JsonWriter json, string name, IEnumerable<string> ids)
    {
        json.WriteStartArray(name);
        foreach (var id in ids)
        {
            json.WriteStringValue(id);
        }

        json.WriteEndArray();
    }
}
