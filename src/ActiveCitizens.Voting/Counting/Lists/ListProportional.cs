using System.Numerics;

namespace ActiveCitizens.Voting.Counting.Lists;

/// <summary>Divides seats among lists in proportion to their votes.</summary>
/// <remarks>Sources: M. Balinski, H. P. Young, "Fair Representation", 1982; Code électoral, articles L. 260 and L. 262.</remarks>
public static class ListProportional
{
    /// <summary>Divides the seats.</summary>
    /// <param name="lists">Ids distinct; their order decides nothing (unless <see cref="TieCriterion.ListedOrder"/> is asked for).</param>
    /// <param name="rule">Method, seats, threshold, bonus and what resolves ties.</param>
    /// <returns>
    /// A list never takes more seats than it has candidates; the seats go to the others. A list without votes takes none.
    /// With an open tie, <see cref="ListOutcome.Seats"/> are those given before it.
    /// </returns>
    /// <exception cref="ArgumentException">Ids repeat, votes are negative, or a number of the rule is outside its range.</exception>
    /// <remarks>O(s·l) operations on fractions for s seats and l lists.</remarks>
    public static ListOutcome Count(IReadOnlyList<PartyList> lists, ListRule rule)
    {
        ArgumentNullException.ThrowIfNull(lists);
        ArgumentNullException.ThrowIfNull(rule);
        ArgumentOutOfRangeException.ThrowIfLessThan(rule.Seats, 1, nameof(rule));
        TieBreaker.RequireDistinct(lists.Select(l => l.Id), nameof(lists));
        if (lists.Any(l => l.Votes < 0))
        {
            throw new ArgumentException("A list has fewer than 0 votes.", nameof(lists));
        }

        if (rule.Threshold < Fraction.Zero || rule.Threshold > Fraction.One || (rule.Bonus is { } bonus && (bonus.Share <= Fraction.Zero || bonus.Share > Fraction.One)))
        {
            throw new ArgumentException("The threshold must be 0 to 1, and the bonus above 0 and at most 1.", nameof(rule));
        }

        return new Run(lists, rule).Finish();
    }

    private sealed class Run(IReadOnlyList<PartyList> lists, ListRule rule)
    {
        private readonly long _votes = lists.Aggregate(0L, (sum, list) => checked(sum + list.Votes));
        private readonly int[] _seats = new int[lists.Count];
        private readonly List<Tie> _ties = [];
        private List<int> _admitted = [];
        private BonusAward? _bonus;

        public ListOutcome Finish()
        {
            var needed = Fraction.Multiply(rule.Threshold, Fraction.Of(_votes));
            _admitted = [.. Enumerable.Range(0, lists.Count).Where(i => lists[i].Votes > 0 && Fraction.Of(lists[i].Votes) >= needed)];
            if (rule.Bonus is { } bonus && _admitted.Count > 0)
            {
                if (bonus.NeedsAbsoluteMajority && !_admitted.Exists(i => new BigInteger(lists[i].Votes) * 2 > _votes))
                {
                    return Outcome(ListStop.SecondRoundNeeded);
                }

                GiveBonus(bonus);
                if (_bonus!.List is null)
                {
                    return Outcome(ListStop.OpenTie);
                }
            }

            var left = rule.Seats - _seats.Sum();
            return left == 0 || _admitted.Count == 0 ? Outcome(ListStop.Complete)
                : rule.Method is ListMethod.DHondt or ListMethod.SainteLague ? DivideByAverages(left)
                : DivideByRemainders(left);
        }

        private ListOutcome Outcome(ListStop stop) => new()
        {
            Rule = rule, Votes = _votes, Admitted = _admitted, Seats = _seats, Bonus = _bonus, Ties = _ties, Stop = stop,
        };

        private void GiveBonus(MajorityBonus bonus)
        {
            var size = bonus.SeatsOf(rule.Seats);
            var most = _admitted.Max(i => lists[i].Votes);
            var leaders = _admitted.FindAll(i => lists[i].Votes == most);
            Tie? tie = null;
            int? leader = leaders[0];
            if (leaders.Count > 1)
            {
                tie = TieBreaker.Resolve(bonus.Ties, leaders.Select(i => new Contender(i, lists[i].Id) { Votes = most, BirthDay = MeanBirthDay(lists[i]) }), 1);
                _ties.Add(tie);
                leader = tie.Chosen?[0];
            }

            _bonus = new(leader, size, tie);
            if (leader is { } list)
            {
                _seats[list] = Math.Min(size, lists[list].Capacity);
            }
        }

        private ListOutcome DivideByAverages(int left)
        {
            var step = rule.Method == ListMethod.SainteLague ? 2 : 1;
            var divided = new int[lists.Count];
            var steps = new List<AverageStep>();
            while (left > 0)
            {
                var averages = new Fraction?[lists.Count];
                foreach (var i in _admitted.Where(i => _seats[i] < lists[i].Capacity))
                {
                    averages[i] = Fraction.Of(lists[i].Votes, ((long)step * divided[i]) + 1);
                }

                var best = averages.Max();
                if (best is null)
                {
                    break;
                }

                var equals = _admitted.FindAll(i => averages[i] == best);
                var tie = equals.Count > left ? Resolve(equals, left) : null;
                if (tie is { Chosen: null })
                {
                    steps.Add(new(averages, null, tie));
                    return Outcome(ListStop.OpenTie) with { Averages = steps };
                }

                foreach (var winner in tie?.Chosen ?? equals)
                {
                    steps.Add(new(averages, winner, tie));
                    divided[winner]++;
                    _seats[winner]++;
                    left--;
                }
            }

            return Outcome(ListStop.Complete) with { Averages = steps };
        }

        private ListOutcome DivideByRemainders(int left)
        {
            var votes = _admitted.Aggregate(BigInteger.Zero, (sum, i) => sum + lists[i].Votes);
            var quota = rule.Method == ListMethod.LargestRemainderHare ? Fraction.Of(votes, left) : Fraction.Of((votes / (left + 1)) + 1);
            var (whole, extra, remainders) = (new int[lists.Count], new int[lists.Count], new Fraction?[lists.Count]);
            foreach (var i in _admitted)
            {
                var quotas = Fraction.Divide(Fraction.Of(lists[i].Votes), quota).Floor();
                remainders[i] = Fraction.Subtract(Fraction.Of(lists[i].Votes), Fraction.Multiply(quota, Fraction.Of(quotas)));
                whole[i] = (int)BigInteger.Min(quotas, lists[i].Capacity - _seats[i]);
                _seats[i] += whole[i];
                left -= whole[i];
            }

            ListOutcome Ended(Tie? tie) => Outcome(tie is { Chosen: null } ? ListStop.OpenTie : ListStop.Complete) with { Remainders = new(quota, whole, remainders, extra, tie) };
            void Give(IEnumerable<int> winners)
            {
                foreach (var winner in winners)
                {
                    extra[winner]++;
                    _seats[winner]++;
                    left--;
                }
            }

            // A second pass is only needed when lists have too few candidates for their votes.
            while (left > 0 && _admitted.FindAll(i => _seats[i] < lists[i].Capacity) is { Count: > 0 } open)
            {
                foreach (var equals in open.GroupBy(i => remainders[i]!.Value).OrderByDescending(g => g.Key).Select(g => g.ToList()).TakeWhile(_ => left > 0))
                {
                    if (equals.Count > left)
                    {
                        var tie = Resolve(equals, left);
                        Give(tie.Chosen ?? []);
                        return Ended(tie);
                    }

                    Give(equals);
                }
            }

            return Ended(null);
        }

        private Tie Resolve(List<int> equals, int places)
        {
            var tie = TieBreaker.Resolve(rule.Ties, equals.Select(i => new Contender(i, lists[i].Id) { Votes = lists[i].Votes, BirthDay = NextBirthDay(lists[i], _seats[i]) }), places);
            _ties.Add(tie);
            return tie;
        }

        private static Fraction? NextBirthDay(PartyList list, int seats) => seats < list.Candidates.Count ? TieBreaker.BirthDay(list.Candidates[seats]) : null;

        private static Fraction? MeanBirthDay(PartyList list) =>
            list.Candidates.Count > 0 && list.Candidates.All(c => c.Born is not null)
                ? Fraction.Of(list.Candidates.Sum(c => (long)c.Born!.Value.DayNumber), list.Candidates.Count)
                : null;
    }
}
