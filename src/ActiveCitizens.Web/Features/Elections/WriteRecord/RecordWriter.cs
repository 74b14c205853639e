using ActiveCitizens.Voting.Json;
using ActiveCitizens.Web.Features.Elections.CountSeats;
using ActiveCitizens.Web.Features.Shared.Cities;
using ActiveCitizens.Web.Features.Shared.Components;
using ActiveCitizens.Web.Persistence;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;

namespace ActiveCitizens.Web.Features.Elections.WriteRecord;

/// <summary>Writes the official record of an election, or of one of its neighbourhoods, from what the database holds.</summary>
public sealed class RecordWriter(CityDbContext db, City city, ElectionDirectory contests, SeatCounter counter, RuleInWords words, Format format, IStringLocalizer<ElectionsText> text)
{
    /// <param name="only">One neighbourhood; null for all.</param>
    /// <returns>Null before the proclamation.</returns>
    public async Task<OfficialRecord?> WriteAsync(Election election, Contest? only, CancellationToken cancel)
    {
        if (election.State is not (ElectionState.Proclaimed or ElectionState.Final))
        {
            return null;
        }

        var board = await db.Set<BoardMember>().AsNoTracking().Where(member => member.ElectionId == election.Id && (only == null || member.ContestId == null || member.ContestId == only.Id)).ToListAsync(cancel);
        var sections = new List<RecordSection> { General(election, board) };
        foreach (var contest in (await contests.WholeContestsAsync(election.Id, cancel)).Where(contest => only is null || contest.Id == only.Id))
        {
            sections.AddRange(await OfAsync(election, contest, cancel));
        }

        sections.Add(await JournalAsync(election, only, cancel));
        var subtitle = only is null ? text["All neighbourhoods"].Value : only.Name;
        return new(text["Official record: {0}", election.Name], election.IsRehearsal ? $"{city.Name} – {subtitle} – {text["Rehearsal"]}" : $"{city.Name} – {subtitle}", sections, text["Signatures"], [.. board.OrderBy(member => member.Duty).ThenBy(member => member.Name, StringComparer.Ordinal).Select(member => $"{member.Name}, {text.WordOf(member.Duty)}")]);
    }

    private RecordSection General(Election election, List<BoardMember> board) => new(2, text["The election"],
    [
        text["People could vote from {0} to {1}, online, at their polling station and by post.", format.DateAndTime(election.OpensAt), format.DateAndTime(election.ClosesAt)],
        text["The ballots were encrypted on the voters’ devices by the Belenios protocol; only the encrypted sum of each box was decrypted, by the holders of the keys together."],
        text["Fingerprint of the trustees’ keys (SHA-256): {0}", Digest.Of(election.TrusteesDocument).Hex],
    ], [new(text["The election board"], [text["Name"], text["Duty"]], [.. board.OrderBy(member => member.Duty).Select(member => (IReadOnlyList<string>)[member.Name, text.WordOf(member.Duty)])])]);

    private async Task<IEnumerable<RecordSection>> OfAsync(Election election, Contest contest, CancellationToken cancel)
    {
        var turnout = contest.Turnout ?? Turnout.None;
        var outcome = (await counter.CountAsync(election, contest, cancel))!;
        var seats = await (from seat in db.Set<Seat>().AsNoTracking()
                           where seat.ContestId == contest.Id && seat.Turn == 1
                           join candidate in db.Set<Candidate>() on seat.CandidateId equals candidate.Id into candidates
                           from candidate in candidates.DefaultIfEmpty()
                           orderby seat.Number
                           select new { seat.Number, candidate.FirstNames, candidate.LastName }).ToListAsync(cancel);
        var title = $"{contest.NeighbourhoodCode} {contest.Name}";
        List<RecordTable> tables = outcome.Options.Count == 0 ? [] :
        [
            new(text["Figures"], [text["What"], text["How many"]],
            [
                [text["Electors registered"], format.Number(contest.ElectorCount)],
                [text["Voted online"], format.Number(turnout.Online)],
                [text["Voted at the polling station"], format.Number(turnout.PollingStation)],
                [text["Voted by post"], format.Number(turnout.Post)],
                [text["Turnout"], format.Percent(turnout.Voters / (double)Math.Max(1, contest.ElectorCount), 2)],
                [text["Papers found"], format.Number(outcome.Paper?.Ballots ?? 0)],
                [text["Void papers"], format.Number(outcome.Paper?.Void ?? 0)],
                [text["Blank votes, online and on paper"], format.Number(outcome.Blank)],
                [text["Votes cast, blank ones included"], format.Number(outcome.Cast)],
            ]),
            new(text["Votes"], [election.Rules.IsByLists ? text["List"] : text["Candidate"], text["Online votes"], text["Paper votes"], text["In all"]],
                [.. outcome.Options.OrderByDescending(option => option.Total).Select(option => (IReadOnlyList<string>)[option.Name, format.Number(option.Online), format.Number(option.Paper), format.Number(option.Total)])]),
        ];
        tables.Add(new(text["Proclaimed elected"], [text["Seat"], text["Name"]], [.. seats.Select(seat => (IReadOnlyList<string>)[format.Number(seat.Number), seat.LastName is null ? text["vacant"] : $"{seat.FirstNames} {seat.LastName}"])]));
        if (contest.LastEvent is not null)
        {
            tables.Add(new(text["Fingerprints"], [text["What"], text["Fingerprint"]],
            [
                [text["Election"], contest.Fingerprint!], [text["List of codes"], Digest.Of(contest.CredentialsDocument).Base64], [text["Roll"], contest.RollFingerprint!], [text["Last event of the box ({0} events)", contest.Height], contest.LastEvent],
            ]));
        }

        return [new(2, title, [], []), new(3, text["How votes become seats"], words.Tell(outcome), tables)];
    }

    private async Task<RecordSection> JournalAsync(Election election, Contest? only, CancellationToken cancel)
    {
        var lines = await db.Set<JournalEntry>().AsNoTracking().Where(line => line.ElectionId == election.Id && (only == null || line.ContestId == null || line.ContestId == only.Id)).OrderBy(line => line.At).ToListAsync(cancel);
        return lines.Count == 0
            ? new(2, text["Journal"], [text["Nothing was written down."]], [])
            : new(2, text["Journal"], [], [new(text["What happened"], [text["Time"], text["What"], text["Text"], text["Written by"]], [.. lines.Select(line => (IReadOnlyList<string>)[format.DateAndTime(line.At), text.WordOf(line.Kind), line.Text, line.Author])])]);
    }
}
