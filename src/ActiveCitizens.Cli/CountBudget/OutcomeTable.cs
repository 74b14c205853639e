using System.Globalization;
using ActiveCitizens.Budgeting;
using ActiveCitizens.Budgeting.Counting;
using Spectre.Console;

namespace ActiveCitizens.Cli.CountBudget;

/// <summary>Results as tables that a person reads.</summary>
internal static class OutcomeTable
{
    private static readonly CultureInfo English = CultureInfo.InvariantCulture;

    /// <summary>Greedy beside Equal Shares.</summary>
    public static void Compare(Screen screen, BallotFile ballots, Outcome greedy, Outcome shares)
    {
        var instance = ballots.File.Instance;
        var console = screen.Console();
        Head(console, ballots);
        var table = new Table().Border(TableBorder.Simple).AddColumns("Project", "Name");
        table.AddColumn(new TableColumn("Cost").RightAligned()).AddColumn(new TableColumn("Votes").RightAligned()).AddColumns("Greedy", "Equal Shares");
        var (first, second) = (Places(greedy), Places(shares));
        foreach (var project in instance.Projects.OrderByDescending(p => instance.Votes[p.Index]).ThenBy(p => p.Index))
        {
            table.AddRow(
                new Text(project.Id), new Text(project.Name), new Text(Money(instance, project.Cost)), new Text(instance.Votes[project.Index].ToString("N0", English)),
                new Text(first.TryGetValue(project.Index, out var place) ? $"✓ {place}" : "–"), new Text(second.TryGetValue(project.Index, out place) ? $"✓ {place}" : "–"));
        }

        console.Write(table);
        console.Write(Summary(instance, [("Greedy by votes", greedy), ("Equal Shares", shares)]));
        var preference = OutcomeComparison.Compare(instance, shares.Winners, greedy.Winners, ComparisonStep.ApprovedWinners);
        console.WriteLine(string.Create(English, $"{preference.ThisOutcome:N0} voters get more of their projects with Equal Shares, {preference.Greedy:N0} with greedy."));
        ShowTies(console, instance, greedy, "Greedy");
        ShowTies(console, instance, shares, "Equal Shares");
    }

    /// <summary>One outcome, round by round.</summary>
    public static void Show(Screen screen, BallotFile ballots, Outcome outcome)
    {
        var instance = ballots.File.Instance;
        var console = screen.Console();
        Head(console, ballots);
        var table = new Table().Border(TableBorder.Simple).AddColumns("", "Project", "Name");
        foreach (var column in new[] { "Cost", "Votes", "Effective votes", "Highest payment" })
        {
            table.AddColumn(new TableColumn(column).RightAligned());
        }

        for (var i = 0; i < outcome.Rounds.Count; i++)
        {
            var round = outcome.Rounds[i];
            var project = instance.Projects[round.Project];
            table.AddRow(
                new Text((i + 1).ToString(English)), new Text(project.Id), new Text(project.Name), new Text(Money(instance, project.Cost)),
                new Text(instance.Votes[project.Index].ToString("N0", English)), new Text(Approximately(round.EffectiveVotes)), new Text(Approximately(round.MaxPayment)));
        }

        console.Write(table);
        console.Write(Summary(instance, [("Result", outcome)]));
        ShowTies(console, instance, outcome, "The count");
    }

    /// <summary>Every preset in a line.</summary>
    public static void ShowAll(Screen screen, BallotFile ballots, IReadOnlyList<(string Id, Outcome Outcome)> outcomes)
    {
        var console = screen.Console();
        Head(console, ballots);
        console.Write(Summary(ballots.File.Instance, outcomes));
    }

    private static void Head(IAnsiConsole console, BallotFile ballots)
    {
        var (file, instance) = (ballots.File, ballots.File.Instance);
        console.WriteLine(file.MetaValue("description") ?? ballots.Name);
        console.WriteLine(string.Create(English, $"{instance.VoterCount:N0} ballots ({instance.VoteType}), {instance.Projects.Count:N0} projects, budget {Money(instance, instance.Budget)} {instance.Currency}"));
        foreach (var warning in file.Warnings)
        {
            console.WriteLine(string.Create(English, $"Note: {warning.Oddity}{(warning.FirstLine > 0 ? $", {warning.Count:N0} ×, first in line {warning.FirstLine}" : "")}{(warning.Example.Length > 0 ? $" ({warning.Example})" : "")}"));
        }
    }

    private static Table Summary(Instance instance, IEnumerable<(string Name, Outcome Outcome)> outcomes)
    {
        var table = new Table().Border(TableBorder.Simple).AddColumn("");
        foreach (var column in new[] { "Projects", "Cost", "Of budget", "Own projects per voter", "Voters with none" })
        {
            table.AddColumn(new TableColumn(column).RightAligned());
        }

        foreach (var (name, outcome) in outcomes)
        {
            var voters = OutcomeComparison.VotersByWinners(instance, outcome.Winners);
            var own = voters.Select((count, winners) => (double)count * winners).Sum() / Math.Max(1, instance.VoterCount);
            var share = instance.Budget.Sign == 0 ? 0 : (outcome.TotalCost / instance.Budget).ToDouble();
            table.AddRow(
                new Text(name), new Text(outcome.Winners.Count.ToString("N0", English)), new Text(Money(instance, outcome.TotalCost)), new Text(share.ToString("P1", English)),
                new Text(own.ToString("F3", English)), new Text(voters[0].ToString("N0", English)));
        }

        return table;
    }

    private static void ShowTies(IAnsiConsole console, Instance instance, Outcome outcome, string name)
    {
        foreach (var tie in outcome.Ties)
        {
            var tied = string.Join(", ", tie.Tied.Select(p => instance.Projects[p].Id));
            console.WriteLine(tie.Chosen is { } chosen
                ? $"{name}: tie between {tied}; {instance.Projects[chosen].Id} first by {tie.ResolvedBy?.ToString() ?? tie.Final.ToString()}."
                : $"{name}: tie between {tied} is not resolved. Draw a lot and count again with --ties lot --lot FILE.");
        }
    }

    private static Dictionary<int, int> Places(Outcome outcome) => outcome.Winners.Select((project, i) => (project, i)).ToDictionary(w => w.project, w => w.i + 1);

    private static string Approximately(Rational? value) => value?.ToDouble().ToString("N2", English) ?? "";

    private static string Money(Instance instance, Rational amount) =>
        amount.ToDouble().ToString(instance.Budget.IsInteger && amount.IsInteger ? "N0" : "N2", English);
}
