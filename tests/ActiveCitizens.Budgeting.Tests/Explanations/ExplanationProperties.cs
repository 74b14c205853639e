using ActiveCitizens.Budgeting.Counting;
using ActiveCitizens.Budgeting.Explanations;
using ActiveCitizens.Budgeting.Tests.Counting;
using CsCheck;

namespace ActiveCitizens.Budgeting.Tests.Explanations;

public sealed class ExplanationProperties
{
    private static readonly Gen<Preset> AnyPreset = Gen.OneOfConst([.. Presets.All]);

    private static void Sample(Action<Instance, Outcome, Explanation> check, int iter = 4_000) =>
        Gen.Select(Votes.OfAnyType, AnyPreset).Sample((instance, preset) =>
        {
            if (preset.RuleFor(instance) is { } rule)
            {
                var outcome = Counter.Count(instance, rule);
                check(instance, outcome, Explainer.Explain(instance, outcome));
            }
        }, iter: iter);

    [Fact]
    public void What_voters_paid_for_a_bought_project_is_exactly_its_cost() => Sample((instance, outcome, told) =>
    {
        foreach (var project in told.Projects.Where(p => p.Position is { } place && outcome.Rounds[place - 1].Phase == Phase.EqualShares && p.Cost.Sign > 0))
        {
            Assert.Equal(project.Cost, project.Payments.Aggregate(Rational.Zero, (sum, g) => sum + g.Voters * g.Payment));
            Assert.True(project.Payments[0].Payment <= outcome.Rounds[project.Position!.Value - 1].MaxPayment);
            Assert.True(outcome.Rule is EqualSharesRule { Satisfaction: Satisfaction.Points or Satisfaction.Borda } || project.Payments[0].Payment == outcome.Rounds[project.Position!.Value - 1].MaxPayment);
            Assert.Equal(project.Position, project.Considered[^1].Round);
        }
    });

    [Fact]
    public void Money_spent_and_left_is_what_supporters_were_given_and_never_enough_for_a_loser() => Sample((instance, outcome, told) =>
    {
        foreach (var project in told.Projects)
        {
            foreach (var money in new[] { project.WhenDropped, project.AtTheEnd }.OfType<SupporterMoney>())
            {
                Assert.Equal(outcome.Endowment!.Value * money.Supporters, money.Endowments);
                Assert.Equal(money.Endowments, money.Spent.Aggregate(money.Left, (sum, s) => sum + s.Amount));
                Assert.Equal(project.Cost - money.Left, money.Missing);
                Assert.True(money.Missing.Sign > 0);
            }

            var naive = Enumerable.Range(0, instance.Profile.Count).Where(b => project.AtTheEnd is not null && instance.Profile.Projects(b).Contains(project.Project))
                .Aggregate(Rational.Zero, (sum, b) => sum + outcome.Ledger!.Left(b)!.Value * instance.Profile.Weight(b));
            Assert.True(project.AtTheEnd is null || outcome.Rule is EqualSharesRule { Satisfaction: Satisfaction.Points or Satisfaction.Borda } || naive == project.AtTheEnd.Left);
        }
    });

    [Fact]
    public void Every_project_has_a_verdict_that_agrees_with_the_outcome() => Sample((instance, outcome, told) =>
    {
        Assert.Equal(outcome.Winners, told.Projects.Where(p => p.Selected).OrderBy(p => p.Position).Select(p => p.Project));
        foreach (var project in told.Projects)
        {
            var won = project.Verdict is Verdict.BoughtInRound or Verdict.LoadedInRound or Verdict.FundedByTailRule or Verdict.GreedyFunded;
            Assert.Equal(project.Selected, won);
            switch (project.Verdict)
            {
                case Verdict.GreedySkipped skipped:
                    Assert.True(skipped.Missing.Sign > 0 && skipped.Remaining + skipped.Missing == project.Cost);
                    break;
                case Verdict.GreedyFunded funded:
                    Assert.True(funded.RemainingBefore >= project.Cost);
                    break;
                case Verdict.FundedByTailRule funded:
                    Assert.True(funded.RemainingBefore >= project.Cost);
                    break;
                case Verdict.NoVotes:
                    Assert.True(outcome.Rule is EqualSharesRule { Satisfaction: Satisfaction.Points or Satisfaction.Borda } || project.Cost.Sign == 0 || project.Votes == 0);
                    break;
                case Verdict.NoLongerFits late:
                    Assert.True(late.Missing.Sign > 0 && late.AfterRound <= outcome.Winners.Count);
                    break;
            }
        }
    });

    [Fact]
    public void The_histogram_counts_every_voter_and_the_money_decided_is_the_money_spent() => Sample((instance, outcome, told) =>
    {
        var figures = told.Figures;
        Assert.Equal(instance.VoterCount, figures.VotersByWinners.Sum());
        Assert.Equal(figures.ExcludedVoters, figures.VotersByWinners[0]);
        Assert.Equal(instance.VoterCount, figures.MoneyDecided.Groups.Sum(g => g.Voters));
        Assert.Equal(
            instance.CostOf(outcome.Winners.Where(w => instance.Votes[w] > 0)),
            figures.MoneyDecided.Groups.Aggregate(Rational.Zero, (sum, g) => sum + g.Voters * g.Payment));
        Assert.InRange(figures.MoneyDecided.Gini, 0, 1);
        Assert.True(figures.ExcludedWithTwoChoices <= figures.ExcludedVoters && figures.VotersWithTwoChoices <= figures.Voters);
    });

    [Fact]
    public void The_order_of_ballots_changes_nothing_in_an_explanation() => Sample((instance, outcome, told) =>
    {
        var reversed = Votes.Reversed(instance);
        var again = Explainer.Explain(reversed, Counter.Count(reversed, outcome.Rule));
        foreach (var (mine, theirs) in told.Projects.Zip(again.Projects))
        {
            Assert.Equal(mine.Verdict is Verdict.TieNeedsLot ? null : mine.Verdict, theirs.Verdict is Verdict.TieNeedsLot ? null : theirs.Verdict);
            Assert.Equal(mine.Payments, theirs.Payments);
            Assert.Equal(mine.AtTheEnd?.Spent, theirs.AtTheEnd?.Spent);
            Assert.Equal(mine.WhenDropped?.Left, theirs.WhenDropped?.Left);
        }

        Assert.Equal(told.Figures.VotersByWinners, again.Figures.VotersByWinners);
        Assert.Equal(told.Figures.MoneyDecided.Groups, again.Figures.MoneyDecided.Groups);
    });

    [Fact] // The recount decides, never the search.
    public void What_would_have_made_a_project_win_makes_it_win_and_one_unit_less_does_not() => Sample((instance, outcome, told) =>
    {
        foreach (var project in instance.Projects.Where(p => !outcome.Winners.Contains(p.Index)))
        {
            var reports = new Reports();
            var needed = WhatWouldHaveWon.Find(instance, outcome, project.Index, progress: reports);
            Assert.True(reports.Heard.Zip(reports.Heard.Skip(1)).All(pair => pair.First.Question < pair.Second.Question || (pair.First.Question == pair.Second.Question && pair.First.Recounts < pair.Second.Recounts)));
            foreach (var found in new[] { needed.CostReduction, needed.NewVoters, needed.MoreApprovals, needed.MoreApprovalsAtWorst }.OfType<Counterfactual.Needed>())
            {
                Assert.Contains(project.Index, Counter.Count(found.ChangedVote, outcome.Rule).Winners);
                Assert.True(found.Amount > found.NotEnough && found.Recounts <= 64);
            }

            if (needed.CostReduction is Counterfactual.Needed cheaper)
            {
                Assert.Equal(project.Cost - cheaper.Amount, cheaper.ChangedVote.Projects[project.Index].Cost);
                Assert.Equal(instance.VoterCount, cheaper.ChangedVote.VoterCount);
            }

            // Without completion the run stays the same up to the end, where the supporters can pay the lower cost.
            if (outcome.Rule is EqualSharesRule { Satisfaction: Satisfaction.Cardinality, Tail: Tail.None, Increase.Unit: IncreaseUnit.None } && told.Projects[project.Index].AtTheEnd is { } end && end.Left >= 1)
            {
                Assert.True(Assert.IsType<Counterfactual.Needed>(needed.CostReduction).Amount < end.Missing + 1);
            }

            if (needed.NewVoters is Counterfactual.Needed { Amount: var more } larger)
            {
                Assert.Equal(instance.VoterCount + more, (Rational)larger.ChangedVote.VoterCount);
                Assert.Equal(instance.Votes[project.Index] + more, (Rational)larger.ChangedVote.Votes[project.Index]);
            }

            if (outcome.Rule is not EqualSharesRule)
            {
                Assert.Same(needed.MoreApprovals, needed.MoreApprovalsAtWorst);
            }

            foreach (var (approved, added) in new[] { needed.MoreApprovals, needed.MoreApprovalsAtWorst }.OfType<Counterfactual.Needed>().Select(approved => (approved, approved.Amount)))
            {
                Assert.Equal(instance.VoterCount, approved.ChangedVote.VoterCount);
                Assert.Equal(instance.Votes[project.Index] + added, (Rational)approved.ChangedVote.Votes[project.Index]);
            }
        }
    }, 400);

    private sealed class Reports : IProgress<NeededProgress>
    {
        public List<NeededProgress> Heard { get; } = [];

        public void Report(NeededProgress value) => Heard.Add(value);
    }
}
