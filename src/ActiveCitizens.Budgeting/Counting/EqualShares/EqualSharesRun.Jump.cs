namespace ActiveCitizens.Budgeting.Counting.EqualShares;

/// <summary>
/// How far the endowment may rise before this run could end differently. Every amount is followed as a line a + b·d in the rise d;
/// each comparison the run makes holds up to some d, and below the least of them the winners and their order stay the same.
/// </summary>
internal sealed partial class EqualSharesRun
{
    /// <summary>Slopes are sums of positive terms; their relative error stays far below this.</summary>
    private const double SlopeError = 1e-8;

    private double[] _slope = [];
    private double[] _lineValue = [];
    private double[] _lineSlope = [];
    private double[] _lineError = [];

    /// <summary>Set before a run to have <see cref="SafeRise"/> computed; such a run takes about twice as long.</summary>
    public bool FollowsLines { get; set; }

    /// <summary>After a run that follows lines: for any rise below this the winners and their order are the same. May be infinite.</summary>
    public double SafeRise { get; private set; }

    private void StartJump()
    {
        SafeRise = FollowsLines ? double.PositiveInfinity : 0;
        if (!FollowsLines)
        {
            return;
        }

        if (_slope.Length == 0)
        {
            (_slope, _lineValue, _lineSlope, _lineError) = (new double[_money.Length], new double[_price.Length], new double[_price.Length], new double[_price.Length]);
        }

        Array.Fill(_slope, 1);
        Array.Clear(_lineSlope);
        foreach (var project in _supporters.Supported)
        {
            _lineValue[project] = _supporters.Cost[project] / _supporters.TotalUnits[project] / _supporters.FactorValue[project];
            _lineError[project] = 16 * Epsilon * _lineValue[project];
        }
    }

    /// <summary>A comparison was decided exactly: nothing is known about how it goes on.</summary>
    private void StopJump() => SafeRise = 0;

    /// <summary>Remembers a lower bound of rho as a line: those who could not pay <paramref name="splitPrice"/> count as poor.</summary>
    private void NoteLine(int project, double splitPrice, double price, double error, double rich)
    {
        if (SafeRise == 0)
        {
            return;
        }

        var poor = 0.0;
        for (var entry = _supporters.Starts[project]; entry < _supporters.Starts[project + 1]; entry++)
        {
            var ballot = _supporters.Ballot[entry];
            var needed = _supporters.AllOnes ? splitPrice : splitPrice * _supporters.Units[entry];
            poor += _money[ballot] < needed ? _supporters.Weight[entry] * _slope[ballot] : 0;
        }

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
            rise += _supporters.Weight[entry] * _slope[_supporters.Ballot[entry]];
        }

        Bound(lacking - error, rise);
    }

    /// <summary>The winner of a round is known: it must stay ahead of every other candidate, and the same supporters must stay poor.</summary>
    private void NoteRound(Candidate winner)
    {
        if (SafeRise == 0)
        {
            return;
        }

        var best = winner.Project;
        foreach (var project in _alive)
        {
            if (project != best)
            {
                var closing = _lineSlope[best] - _lineSlope[project] + SlopeError * (Math.Abs(_lineSlope[best]) + Math.Abs(_lineSlope[project]));
                Bound(_lineValue[project] - _lineValue[best] - _lineError[project] - _lineError[best], closing);
            }
        }

        var priceSlope = _lineSlope[best] * _supporters.FactorValue[best];
        for (var entry = _supporters.Starts[best]; entry < _supporters.Starts[best + 1]; entry++)
        {
            var ballot = _supporters.Ballot[entry];
            var units = _supporters.AllOnes ? 1 : _supporters.Units[entry];
            var lacking = winner.Price * units - _money[ballot];
            if (lacking > 0 && _brokeIn[ballot] == int.MaxValue)
            {
                Bound(lacking - _moneyError - 2 * winner.PriceError * units, _slope[ballot] - priceSlope * units);
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

    private void EndSlope(int ballot)
    {
        if (SafeRise > 0)
        {
            _slope[ballot] = 0;
        }
    }

    private void LowerSlope(int ballot, int project, int entry)
    {
        if (SafeRise > 0)
        {
            _slope[ballot] -= _lineSlope[project] * _supporters.FactorValue[project] * (_supporters.AllOnes ? 1 : _supporters.Units[entry]);
        }
    }
}
