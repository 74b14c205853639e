namespace ActiveCitizens.Budgeting.Pabulib;

/// <summary>Collects errors and oddities while a file is read.</summary>
internal sealed class PabulibFindings(RowScanner scanner, PabulibReadOptions options)
{
    private readonly List<PabulibProblem> _problems = [];
    private readonly PabulibWarning?[] _warnings = new PabulibWarning?[Enum.GetValues<PabulibOddity>().Length];

    public static bool SaysNone(string text) => string.Equals(text, "none", StringComparison.OrdinalIgnoreCase);

    /// <exception cref="PabulibFormatException">The most errors that are collected have been found.</exception>
    public void Refuse(PabulibError error, int offset, string found, string expected, string advice)
    {
        _problems.Add(scanner.At(error, offset, found, expected, advice));
        if (_problems.Count >= options.MaxProblems)
        {
            ThrowIfAny();
        }
    }

    public void ThrowIfAny()
    {
        if (_problems.Count > 0)
        {
            throw new PabulibFormatException([.. _problems.OrderBy(p => p.Line).ThenBy(p => p.Column)]);
        }
    }

    public void Note(PabulibOddity oddity, int line, string example = "")
    {
        ref var warning = ref _warnings[(int)oddity];
        warning = warning is null ? new(oddity, 1, line, RowScanner.Shorten(example)) : warning with { Count = warning.Count + 1 };
    }

    public void NoteCell(int cell)
    {
        if (scanner[cell].Quoted)
        {
            Note(PabulibOddity.QuotedCell, scanner.Line);
        }

        if (scanner.Content(cell).IndexOf("\u00A0"u8) >= 0)
        {
            Note(PabulibOddity.NoBreakSpace, scanner.Line, scanner.String(cell));
        }
    }

    public void NoteAmount(string text, Rational amount, PabulibOddity withDecimals, int line)
    {
        if (text.Contains(',', StringComparison.Ordinal))
        {
            Note(PabulibOddity.DecimalComma, line, text);
        }

        if (!amount.IsInteger || text.AsSpan().ContainsAny('.', ','))
        {
            Note(withDecimals, line, text);
        }
    }

    public void NoteCost(Rational cost, Rational budget, string id)
    {
        if (cost.Sign == 0)
        {
            Note(PabulibOddity.CostIsZero, scanner.Line, id);
        }
        else if (cost > budget)
        {
            Note(PabulibOddity.CostAboveBudget, scanner.Line, id);
        }
    }

    public IReadOnlyList<PabulibWarning> Warnings() => [.. _warnings.OfType<PabulibWarning>()];
}
