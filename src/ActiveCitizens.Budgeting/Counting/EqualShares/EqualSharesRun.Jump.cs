namespace ActiveCitizens.Budgeting.Counting.EqualShares;

/// <summary>
/// How far the endowment may rise before this run could buy other projects or in another order. As long as it does not, nobody has
/// less and no price is higher than now; so each amount is kept between two lines in the rise d, valid up to <see cref="Horizon"/>,
/// and the order holds as long as the upper line of every winner's price lies below the lower line of every other's.
/// </summary>
internal sealed partial class EqualSharesRun
{
    /// <summary>Allowance for rounding in slopes, far above what arises.</summary>
    private const double SlopeError = 1e-8;

    private double[] _fastest = [];
    private double[] _slowest = [];
    private double[] _lineValue = [];
    private double[] _lineSlope = [];
    private double[] _lineError = [];
    private double _winnerSlope;

    /// <summary>Greater than zero to have <see cref="SafeRise"/> computed up to there; such a run takes about twice as long.</summary>
    public double Horizon { get; set; }

    /// <summary>For any rise below this the winners and their order are the same; at most <see cref="Horizon"/>.</summary>
    public double SafeRise { get; private set; }

    private void StartJump()
    {
        SafeRise = Horizon;
        if (Horizon == 0)
        {
            return;
        }

        if (_fastest.Length == 0)
        {
            (_fastest, _slowest) = (new double[_money.Length], new double[_money.Length]);
            (_lineValue, _lineSlope, _lineError) = (new double[_price.Length], new double[_price.Length], new double[_price.Length]);
        }

        Array.Fill(_fastest, 1);
        Array.Fill(_slowest, 1);
        Array.Clear(_lineSlope);
        foreach (var project in _supporters.Supported)
        {
            _lineValue[project] = _supporters.Cost[project] / _supporters.TotalUnits[project] / _supporters.FactorValue[project];
            _lineError[project] = 16 * Epsilon * _lineValue[project];
        }
    }

    /// <summary>A comparison was decided exactly: nothing is known about how it goes on.</summary>
    private void StopJump() => SafeRise = 0;

    /// <summary>Remembers the lower line of rho in which those who cannot pay <paramref name="splitPrice"/> count as poor: valid whoever is.</summary>
    private void NoteLine(int project, double splitPrice, double price, double error, double rich)
    {
        if (SafeRise == 0)
        {
            return;
        }

        var entries = _supporters.Starts[project].._supporters.Starts[project + 1];
        var units = _supporters.AllOnes ? default : _supporters.Units.AsSpan(entries);
        var poor = Passes.SlopeOfPoor(_supporters.Ballot.AsSpan(entries), _supporters.Weight.AsSpan(entries), units, _money, _fastest, splitPrice);
        var factor = _supporters.FactorValue[project];
        (_lineValue[project], _lineSlope[project], _lineError[project]) = (price / factor, -poor / rich / factor, 2 * error / factor);
    }

    /// <summary>A project was dropped because its supporters lack <paramref name="lacking"/>.</summary>
    private void NoteDropped(int project, double lacking, double error)
    {
        if (SafeRise == 0)
        {
            return;
        }

        var rise = 0.0;
        for (var entry = _supporters.Starts[project]; entry < _supporters.Starts[project + 1]; entry++)
        {
            rise += _supporters.Weight[entry] * _fastest[_supporters.Ballot[entry]];
        }

        Bound(lacking - error, rise);
    }

    /// <summary>The winner of a round is known: the upper line of its price must stay below every other candidate's lower line.</summary>
    private void NoteRound(Candidate winner)
    {
        if (SafeRise == 0)
        {
            return;
        }

        var (best, factor) = (winner.Project, _supporters.FactorValue[winner.Project]);
        var lowestPrice = Math.Max(0, winner.Price - winner.PriceError + _lineSlope[best] * factor * (1 + SlopeError) * Horizon);
        var growth = 0.0;
        for (var entry = _supporters.Starts[best]; entry < _supporters.Starts[best + 1]; entry++)
        {
            var ballot = _supporters.Ballot[entry];
            var units = _supporters.AllOnes ? 1 : _supporters.Units[entry];
            var money = _money[ballot];
            if (money < winner.Price * units && _brokeIn[ballot] == int.MaxValue)
            {
                // A poor supporter pays at least what lies under both the own money and the lowest price.
                var least = Math.Min(_slowest[ballot], (lowestPrice * units - money - _moneyError) / Horizon);
                growth += _supporters.Weight[entry] * (least - SlopeError * (_slowest[ballot] + (lowestPrice * units + money) * 1e-6 / Horizon));
            }
        }

        _winnerSlope = Math.Min(0, -growth / winner.RichUnits);
        foreach (var project in _alive)
        {
            if (project != best)
            {
                var closing = _winnerSlope / factor - _lineSlope[project];
                Bound(
                    _lineValue[project] - _lineValue[best] - _lineError[project] - _lineError[best],
                    closing + SlopeError * (Math.Abs(_winnerSlope / factor) + Math.Abs(_lineSlope[project])));
            }
        }
    }

    /// <summary>A distance of at least <paramref name="gap"/> closes at most at <paramref name="rate"/> per unit of rise.</summary>
    private void Bound(double gap, double rate)
    {
        if (rate > 0)
        {
            SafeRise = Math.Min(SafeRise, Math.Max(0, gap) / rate * (1 - 1e-6));
        }
    }

    /// <summary>Draws the lines of a supporter's money after a purchase; <paramref name="before"/> is what the supporter held.</summary>
    private void FollowPayment(Candidate winner, int ballot, double before, double units, bool poor)
    {
        var fastest = _fastest[ballot] - _lineSlope[winner.Project] * _supporters.FactorValue[winner.Project] * units;
        if (!poor)
        {
            (_fastest[ballot], _slowest[ballot]) = (fastest, _slowest[ballot] - _winnerSlope * units);
            return;
        }

        // Whoever pays everything now keeps something once the price has fallen or the money has risen enough: at most this line.
        var lacking = winner.Price * units - before - _moneyError - winner.PriceError * units;
        (_fastest[ballot], _slowest[ballot]) = (Math.Max(0, fastest * (1 + SlopeError) - Math.Max(0, lacking) / Horizon), 0);
    }
}
