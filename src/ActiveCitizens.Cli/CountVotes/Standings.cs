using ActiveCitizens.Cli.Files;
using ActiveCitizens.Voting.Counting;
using ActiveCitizens.Voting.Counting.Lists;

namespace ActiveCitizens.Cli.CountVotes;

/// <summary>Who stands: candidates as the count sees them, with names for people.</summary>
internal sealed record Standings(IReadOnlyList<Candidate> Candidates, IReadOnlyList<string> Names)
{
    /// <summary>Reads a CSV file with a line per candidate, in the order of the numbers on the ballots; without a file their ids are 0, 1, …</summary>
    /// <exception cref="BadInputException">The file is not as expected, or has another number of candidates than <paramref name="count"/>.</exception>
    /// <param name="answers">What to call them for people when there is no file; may be null.</param>
    public static Standings Read(FileInfo? path, int? count, IReadOnlyList<string>? answers)
    {
        if (path is null)
        {
            var numbered = Candidate.Numbered(count ?? answers?.Count ?? 0);
            return new(numbered, answers ?? [.. numbered.Select(c => c.Id)]);
        }

        var csv = CsvFile.Read(path, ["id"], "name", "born");
        if (count is { } expected && csv.Rows.Count != expected)
        {
            throw new BadInputException($"{path.Name} names {csv.Rows.Count} candidates, but a ballot holds {expected} numbers; expected one line for each, in their order.");
        }

        var standings = new Standings([.. csv.Rows.Select(CandidateOf)], [.. csv.Rows.Select(NameOf)]);
        RequireDistinct(path, standings.Candidates.Select(c => c.Id));
        return standings;
    }

    /// <summary>Reads lists with their votes, and their candidates in order when a file of them is given.</summary>
    /// <exception cref="BadInputException">A file is not as expected, or a candidate's list is unknown.</exception>
    public static (IReadOnlyList<PartyList> Lists, IReadOnlyList<string> Names, InputFile File) ReadLists(FileInfo path, FileInfo? candidates)
    {
        var csv = CsvFile.Read(path, ["list", "votes"], "name");
        var members = candidates is null ? null : CsvFile.Read(candidates, ["list", "id"], "name", "born");
        var ids = csv.Rows.Select(r => r.Required("list")).ToHashSet(StringComparer.Ordinal);
        if (members?.Rows.FirstOrDefault(r => !ids.Contains(r.Text("list"))) is { } stray)
        {
            throw new BadInputException($"{stray.Place}: there is no list \"{stray.Text("list")}\" in {path.Name}.");
        }

        RequireDistinct(path, csv.Rows.Select(r => r.Text("list")));
        var groups = members?.Rows.ToLookup(r => r.Text("list"), StringComparer.Ordinal);
        if (groups is not null && ids.FirstOrDefault(id => !groups[id].Any()) is { } empty)
        {
            throw new BadInputException($"{candidates!.Name} has no candidate of the list \"{empty}\"; expected the candidates of every list.");
        }

        return (
            [.. csv.Rows.Select(r => new PartyList(r.Text("list"), r.Number("votes")) { Candidates = groups is null ? [] : [.. groups[r.Text("list")].Select(CandidateOf)] })],
            [.. csv.Rows.Select(r => r.Text("name") is { Length: > 0 } name ? name : r.Text("list"))],
            csv.File);
    }

    private static Candidate CandidateOf(CsvRow row) => new(row.Required("id"), row.Date("born"));

    private static string NameOf(CsvRow row) => row.Text("name") is { Length: > 0 } name ? name : row.Text("id");

    private static void RequireDistinct(FileInfo path, IEnumerable<string> ids)
    {
        if (ids.GroupBy(id => id, StringComparer.Ordinal).FirstOrDefault(g => g.Count() > 1) is { } repeated)
        {
            throw new BadInputException($"{path.Name} names \"{repeated.Key}\" {repeated.Count()} times; expected distinct ids.");
        }
    }
}
