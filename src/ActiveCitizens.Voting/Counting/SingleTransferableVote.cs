using System.Globalization;
using System.Numerics;

namespace ActiveCitizens.Voting.Counting;

/// <summary>The single transferable vote: ballots pass on to their next choice what their first choices do not need.</summary>
/// <remarks>PROTOCOL.md section 14, with exact fractions: Droop quota, fractional transfer of the whole surplus (weighted inclusive Gregory).</remarks>
public static class SingleTransferableVote
{
    /// <summary>Fills the seats.</summary>
    /// <param name="ballots">n ballots, each a rank per candidate from 1, 0 for not ranked; in any order. A ballot whose ranks are not exactly 1 … k once each is invalid.</param>
    /// <param name="candidates">The length of every ballot; ids distinct. One that no ballot ranks is never elected.</param>
    /// <param name="seats">At least 1.</param>
    /// <param name="ties">
    /// Who goes first among equals that reach the quota, and who stays among equals of which one is eliminated. An open tie ends the count.
    /// </param>
    /// <exception cref="ArgumentException">A ballot has another length, ids repeat or there is no seat.</exception>
    /// <remarks>O(r·d) operations on fractions for r rounds and d distinct ballots. The order of ballots cannot change the result.</remarks>
    public static StvOutcome Count(IEnumerable<IReadOnlyList<int>> ballots, IReadOnlyList<Candidate> candidates, int seats, TieRule ties)
    {
        ArgumentNullException.ThrowIfNull(ballots);
        ArgumentNullException.ThrowIfNull(candidates);
        ArgumentNullException.ThrowIfNull(ties);
        ArgumentOutOfRangeException.ThrowIfLessThan(seats, 1);
        TieBreaker.RequireDistinct(candidates.Select(c => c.Id), nameof(candidates));
        var piles = new Dictionary<string, Pile>(StringComparer.Ordinal);
        var invalid = new List<IReadOnlyList<int>>();
        var valid = 0L;
        foreach (var ballot in ballots)
        {
            RankedBallots.RequireLength(ballot, candidates.Count);
            if (PreferencesOf(ballot) is not { } preferences)
            {
                invalid.Add(ballot);
                continue;
            }

            valid++;
            var key = string.Join(',', preferences.Select(p => p.ToString(CultureInfo.InvariantCulture)));
            if (!piles.TryGetValue(key, out var pile))
            {
                piles.Add(key, pile = new(preferences));
            }

            pile.Count++;
        }

        return new Run([.. piles.Values], candidates, seats, (valid / (seats + 1)) + 1, ties).Finish(valid, invalid);
    }

    /// <summary>Candidates in the order a ballot ranks them; null when it is invalid.</summary>
    internal static int[]? PreferencesOf(IReadOnlyList<int> ballot)
    {
        var length = ballot.Count(v => v != 0);
        var preferences = new int[length];
        Array.Fill(preferences, -1);
        for (var i = 0; i < ballot.Count; i++)
        {
            var rank = ballot[i];
            if (rank == 0)
            {
                continue;
            }

            if (rank < 1 || rank > length || preferences[rank - 1] >= 0)
            {
                return null;
            }

            preferences[rank - 1] = i;
        }

        return preferences;
    }

    /// <summary>Equal ballots, which go the same way through the whole count.</summary>
    private sealed class Pile(int[] preferences)
    {
        private int _at;

        public long Count { get; set; }

        public Fraction Weight { get; set; } = Fraction.One;

        /// <summary>Who holds these ballots; null when they are exhausted.</summary>
        public int? Holder => _at < preferences.Length ? preferences[_at] : null;

        public IEnumerable<int> Preferences => preferences;

        public void PassOn(HashSet<int> continuing)
        {
            while (_at < preferences.Length && !continuing.Contains(preferences[_at]))
            {
                _at++;
            }
        }
    }

    private sealed class Run(List<Pile> piles, IReadOnlyList<Candidate> candidates, int seats, long quota, TieRule rule)
    {
        private readonly HashSet<int> _continuing = [.. piles.SelectMany(p => p.Preferences)];
        private readonly List<int> _elected = [];
        private readonly List<Tie> _ties = [];
        private readonly List<StvRound> _rounds = [];

        public StvOutcome Finish(long valid, List<IReadOnlyList<int>> invalid)
        {
            while (_elected.Count < seats && Advance())
            {
            }

            return new(valid, invalid, quota, _rounds, new(seats, _elected, _ties));
        }

        private bool Advance()
        {
            var (scores, exhausted) = Scores();
            if (_continuing.Count <= seats - _elected.Count)
            {
                List<int> all = [.. _continuing.Order()];
                _elected.AddRange(all);
                _rounds.Add(new StvRound.AllRemainingWin(all) { Scores = scores, Exhausted = exhausted });
                return false;
            }

            var reached = Fraction.Of(quota);
            var best = scores.Max(s => s.Score);
            return best >= reached ? Elect(scores, exhausted, best, reached) : Eliminate(scores, exhausted);
        }

        private bool Elect(IReadOnlyList<StvScore> scores, Fraction exhausted, Fraction best, Fraction reached)
        {
            if (Choose(scores, best, keep: 1, out var tie) is not [var winner])
            {
                _rounds.Add(new StvRound.Open(tie!) { Scores = scores, Exhausted = exhausted });
                return false;
            }

            var factor = Fraction.Divide(Fraction.Subtract(best, reached), best);
            _elected.Add(winner);
            _rounds.Add(new StvRound.Win(winner, factor, tie) { Scores = scores, Exhausted = exhausted });
            foreach (var pile in piles.Where(p => p.Holder == winner))
            {
                pile.Weight = Fraction.Multiply(pile.Weight, factor);
            }

            Remove(winner);
            return true;
        }

        private bool Eliminate(IReadOnlyList<StvScore> scores, Fraction exhausted)
        {
            var least = scores.Min(s => s.Score);
            var equals = scores.Where(s => s.Score == least).Select(s => s.Candidate).ToList();
            var loser = equals[0];
            Tie? tie = null;
            if (equals.Count > 1)
            {
                if (Choose(scores, least, equals.Count - 1, out tie) is not { } staying)
                {
                    _rounds.Add(new StvRound.Open(tie!) { Scores = scores, Exhausted = exhausted });
                    return false;
                }

                loser = equals.Except(staying).Single();
            }

            _rounds.Add(new StvRound.Lose(loser, tie) { Scores = scores, Exhausted = exhausted });
            Remove(loser);
            return true;
        }

        private IReadOnlyList<int>? Choose(IReadOnlyList<StvScore> scores, Fraction score, int keep, out Tie? tie)
        {
            List<int> equals = [.. scores.Where(s => s.Score == score).Select(s => s.Candidate)];
            tie = null;
            if (equals.Count == keep)
            {
                return equals;
            }

            tie = TieBreaker.Resolve(rule, equals.Select(i => new Contender(i, candidates[i].Id) { BirthDay = TieBreaker.BirthDay(candidates[i]) }), keep);
            _ties.Add(tie);
            return tie.Chosen;
        }

        private void Remove(int candidate)
        {
            _continuing.Remove(candidate);
            foreach (var pile in piles.Where(p => p.Holder == candidate))
            {
                pile.PassOn(_continuing);
            }
        }

        private (IReadOnlyList<StvScore> Scores, Fraction Exhausted) Scores()
        {
            var totals = _continuing.ToDictionary(c => c, _ => Fraction.Zero);
            var exhausted = Fraction.Zero;
            foreach (var pile in piles)
            {
                var worth = Fraction.Multiply(pile.Weight, Fraction.Of(new BigInteger(pile.Count)));
                if (pile.Holder is { } holder)
                {
                    totals[holder] = Fraction.Add(totals[holder], worth);
                }
                else
                {
                    exhausted = Fraction.Add(exhausted, worth);
                }
            }

            return ([.. totals.OrderByDescending(t => t.Value).ThenBy(t => t.Key).Select(t => new StvScore(t.Key, t.Value))], exhausted);
        }
    }
}
