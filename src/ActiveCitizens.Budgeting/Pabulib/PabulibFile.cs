namespace ActiveCitizens.Budgeting.Pabulib;

/// <summary>A <c>.pb</c> file as read: what it means, what is odd about it, and every character it was written with.</summary>
/// <remarks>Format: D. Stolicki, S. Szufa, N. Talmon, "Pabulib: A Participatory Budgeting Library", 2020, arXiv:2012.06539.</remarks>
public sealed class PabulibFile
{
    internal PabulibFile()
    {
    }

    /// <summary>The vote itself, ready to count.</summary>
    public required Instance Instance { get; init; }

    /// <summary>META keys and values in file order, blanks and quotes removed; unknown keys are kept.</summary>
    public required IReadOnlyList<KeyValuePair<string, string>> Meta { get; init; }

    /// <summary>Names of the columns under PROJECTS.</summary>
    public required IReadOnlyList<string> ProjectColumns { get; init; }

    /// <summary>Names of the columns under VOTES.</summary>
    public required IReadOnlyList<string> VoteColumns { get; init; }

    /// <summary>Oddities that do not stop a count.</summary>
    public required IReadOnlyList<PabulibWarning> Warnings { get; init; }

    /// <summary>The value of a META key (any case), or null.</summary>
    public string? MetaValue(string key)
    {
        foreach (var (name, value) in Meta)
        {
            if (string.Equals(name, key, StringComparison.OrdinalIgnoreCase))
            {
                return value;
            }
        }

        return null;
    }

    internal bool HasByteOrderMark { get; init; }

    /// <summary>Every line up to the header of VOTES, as cells exactly as written.</summary>
    internal IReadOnlyList<Line> Lines { get; init; } = [];

    /// <summary>The rows of VOTES exactly as written.</summary>
    internal ReadOnlyMemory<byte> VoteRows { get; init; }

    internal sealed record Line(string[] Lexemes, string End);
}
