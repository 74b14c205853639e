using System.Globalization;
using ActiveCitizens.Voting.Archives;
using ActiveCitizens.Voting.Counting;
using ActiveCitizens.Voting.Counting.Lists;
using ActiveCitizens.Voting.Decryption;
using ActiveCitizens.Web.Persistence;
using Microsoft.EntityFrameworkCore;
using Standing = ActiveCitizens.Voting.Counting.Candidate;

namespace ActiveCitizens.Web.Features.Elections.CountSeats;

/// <summary>Adds paper to the decrypted result and applies the rule that was called: nothing is kept, so that it can be counted again at any time.</summary>
public sealed class SeatCounter(CityDbContext db, SealedContests sealedContests, ElectionDirectory contests)
{
    /// <summary>The contests of an election whose result is decrypted, or that need no vote.</summary>
    public async Task<IReadOnlyList<ContestOutcome>> CountAsync(Election election, CancellationToken cancel)
    {
        var outcomes = new List<ContestOutcome>();
        foreach (var contest in await contests.WholeContestsAsync(election.Id, cancel))
        {
            if (await CountAsync(election, contest, cancel) is { } outcome)
            {
                outcomes.Add(outcome);
            }
        }

        return outcomes;
    }

    /// <summary>Null before the decryption.</summary>
    public async Task<ContestOutcome?> CountAsync(Election election, Contest contest, CancellationToken cancel)
    {
        if (contest.Box is not (BoxState.Decrypted or BoxState.Uncontested))
        {
            return null;
        }

        var standing = await db.Set<Candidate>().AsNoTracking().Where(candidate => candidate.ContestId == contest.Id && candidate.State == CandidacyState.Eligible).ToListAsync(cancel);
        var lists = await db.Set<CandidateList>().AsNoTracking().Where(list => list.ContestId == contest.Id).ToListAsync(cancel);
        lists = [.. lists.Where(list => standing.Exists(candidate => candidate.ListId == list.Id)).OrderBy(list => list.BallotOrder ?? int.MaxValue).ThenBy(list => list.Name, StringComparer.Ordinal)];
        standing = election.Rules.IsByLists ? [.. standing.OrderBy(candidate => candidate.ListRank)] : [.. standing.OrderBy(candidate => candidate.BallotOrder ?? int.MaxValue).ThenBy(candidate => candidate.LastName, StringComparer.Ordinal).ThenBy(candidate => candidate.Id)];
        if (contest.Box == BoxState.Uncontested)
        {
            return new() { Election = election, Contest = contest, Options = [], OnlineBallots = 0, OnlineBlank = 0, Paper = null, Elected = [.. standing.Take(contest.Seats)] };
        }

        var online = await ResultAsync(contest.Id, cancel);
        var paper = await PaperAsync(contest, online.Votes.Count, cancel);
        var names = BallotOptions.Of(contest);
        var outcome = new ContestOutcome
        {
            Election = election, Contest = contest, OnlineBallots = online.Ballots, OnlineBlank = online.Blank, Paper = paper, Elected = [],
            Options = [.. names.Select((name, place) => new OutcomeOption(name, online.Votes[place], paper?.Votes[place] ?? 0))],
        };
        var ties = await TiesAsync(election, cancel);
        return election.Rules.Method switch
        {
            ElectionMethod.IndividualPlurality => ByVotes(outcome, standing, ties),
            ElectionMethod.SingleList => ByApproval(outcome, standing, lists),
            _ => ByLists(outcome, standing, lists, ties),
        };
    }

    /// <summary>Who takes a seat that its holder left: the next in the same order; null when nobody is left.</summary>
    /// <param name="called">Everybody who was ever called to a seat of this council in this election.</param>
    /// <param name="leaving">Who leaves it.</param>
    public async Task<Candidate?> FindNextAsync(ContestOutcome outcome, IReadOnlySet<Guid> called, Guid leaving, CancellationToken cancel)
    {
        var standing = await db.Set<Candidate>().AsNoTracking().Where(candidate => candidate.ContestId == outcome.Contest.Id && candidate.State == CandidacyState.Eligible).ToListAsync(cancel);
        if (outcome.Election.Rules.IsByLists)
        {
            var list = standing.Find(candidate => candidate.Id == leaving)?.ListId;
            return standing.Where(candidate => candidate.ListId == list && !called.Contains(candidate.Id)).MinBy(candidate => candidate.ListRank);
        }

        if (outcome.Plurality is not { } counted)
        {
            return standing.Where(candidate => !called.Contains(candidate.Id)).OrderBy(candidate => candidate.BallotOrder ?? int.MaxValue).ThenBy(candidate => candidate.BornOn).ThenBy(candidate => candidate.Id).FirstOrDefault();
        }

        standing = [.. standing.OrderBy(candidate => candidate.BallotOrder)];
        var ranking = counted.Ranking.Where(group => counted.Votes[group[0]] > 0).Select(group => (IReadOnlyList<int>)[.. group.Where(place => !called.Contains(standing[place].Id))]).Where(group => group.Count > 0).ToList();
        if (ranking.Count == 0)
        {
            return null;
        }

        // After the proclamation no lot is drawn any more: the older one, then the first on the ballot, whose order was drawn.
        var rule = await TiesAsync(outcome.Election, cancel);
        var ties = new TieRule([.. rule.Criteria, new TieCriterion.Older(), new TieCriterion.ListedOrder()]);
        return standing[SeatAllocation.Fill(ranking, [.. standing.Select(Stand)], 1, ties).Elected[0]];
    }

    private static ContestOutcome ByVotes(ContestOutcome outcome, List<Candidate> standing, TieRule ties)
    {
        var counted = Plurality.Count([.. outcome.Options.Select(option => option.Total)], [.. standing.Select(Stand)], outcome.Contest.Seats, ties);
        return outcome with { Plurality = counted, Elected = [.. counted.Seats.Elected.Select(place => standing[place])] };
    }

    private static ContestOutcome ByApproval(ContestOutcome outcome, List<Candidate> standing, List<CandidateList> lists)
    {
        var best = outcome.Options.Index().MaxBy(option => option.Item.Total);
        var approved = best.Item.Total * 2 > outcome.Cast;
        return outcome with { IsApproved = approved, Elected = approved ? [.. standing.Where(candidate => candidate.ListId == lists[best.Index].Id).Take(outcome.Contest.Seats)] : [] };
    }

    private static ContestOutcome ByLists(ContestOutcome outcome, List<Candidate> standing, List<CandidateList> lists, TieRule ties)
    {
        var members = lists.ConvertAll(list => standing.FindAll(candidate => candidate.ListId == list.Id));
        var seats = outcome.Contest.Seats;
        var rule = new ListRule(outcome.Election.Rules.Method == ElectionMethod.ListLargestRemainder ? ListMethod.LargestRemainderHare : ListMethod.DHondt, seats)
        {
            Bonus = outcome.Election.Rules.HasMajorityBonus ? new(Fraction.Of(1, 2)) { RoundsUp = seats > 4, Ties = ties } : null,
            Ties = new([new TieCriterion.MoreVotes(), .. ties.Criteria]),
        };
        var counted = ListProportional.Count([.. lists.Select((_, place) => new PartyList(Place(place), outcome.Options[place].Total) { Candidates = [.. members[place].Select(Stand)] })], rule);
        return outcome with { Lists = counted, Elected = [.. members.SelectMany((list, place) => list.Take(counted.Seats[place]))] };
    }

    /// <summary>A lot is drawn on places on the ballot, from 0, so that a recount with <c>activecitizens count-votes</c> draws the same.</summary>
    private static Standing Stand(Candidate candidate, int place) => new(Place(place), candidate.BornOn);

    private static string Place(int place) => place.ToString(CultureInfo.InvariantCulture);

    private async Task<TieRule> TiesAsync(Election election, CancellationToken cancel)
    {
        var seed = await db.Set<PublicLot>().Where(lot => lot.ElectionId == election.Id).Select(lot => lot.Seed).SingleOrDefaultAsync(cancel);
        TieCriterion[] lot = seed is null ? [] : [new TieCriterion.Lot(seed)];
        return new(election.Rules.Ties == TieResolution.OlderCandidate ? [new TieCriterion.Older(), .. lot] : lot);
    }

    private async Task<(IReadOnlyList<long> Votes, long Blank, long Ballots)> ResultAsync(Guid contestId, CancellationToken cancel)
    {
        var contest = (await sealedContests.FindAsync(contestId, cancel))!;
        var events = await db.Set<BoxEvent>().AsNoTracking().Where(one => one.ContestId == contestId && (one.Type == ArchiveEventType.EncryptedTally || one.Type == ArchiveEventType.Result)).ToListAsync(cancel);
        var ballots = events.Single(one => one.Type == ArchiveEventType.EncryptedTally).NumTallied!.Value;
        var result = ElectionResult.Read(contest.Election, ballots, events.Single(one => one.Type == ArchiveEventType.Result).Content);
        var values = ((QuestionResult.Counts)result.Questions[0]).Values;
        return ([.. values.Skip(1)], values[0], ballots);
    }

    /// <summary>Nobody on paper and nothing typed is a result as well, once the board has declared the paper complete.</summary>
    private async Task<PaperFigures?> PaperAsync(Contest contest, int options, CancellationToken cancel)
    {
        if (await db.Set<PaperCount>().AsNoTracking().FirstOrDefaultAsync(count => count.ContestId == contest.Id && count.IsFixed, cancel) is { } kept)
        {
            return kept.Figures;
        }

        return await db.Set<CalendarStep>().AnyAsync(step => step.ElectionId == contest.ElectionId && step.Step == ElectionStep.PaperCounted && step.DoneAt != null, cancel) ? PaperFigures.None(options) : null;
    }
}
