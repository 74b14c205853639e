using ActiveCitizens.Voting.Groups.Numbers;

namespace ActiveCitizens.Voting.Groups.FiniteFields;

/// <summary>A residue and its powers value^(2^(window i)), which hold all the squarings that its powers need.</summary>
internal sealed class ResidueBase(FiniteFieldGroup group, Residue element, ulong[]? powers) : PublicBase
{
    private ulong[]? _powers = powers;

    public override Residue Element => element;

    /// <summary>Entry i is element^(2^(window i)); computed at the first use where decoding did not need them.</summary>
    public ulong[] Powers => _powers ??= SuccessivePowers(group.Field, element.Words, group.Window, group.DigitCount);

    /// <summary>Whether <see cref="Powers"/> would have to be computed now.</summary>
    public bool IsUnprepared => _powers is null;

    /// <summary>Computes the <see cref="Powers"/> of two bases at once.</summary>
    public static void Prepare(FiniteFieldGroup group, ResidueBase first, ResidueBase second) =>
        (first._powers, second._powers) = SuccessivePowers(group.Field, first.Element.Words, second.Element.Words, group.Window, group.DigitCount);

    public static (ulong[] First, ulong[] Second) SuccessivePowers(ResidueField field, ReadOnlySpan<ulong> first, ReadOnlySpan<ulong> second, int window, int count)
    {
        var words = field.WordCount;
        var (powers, otherPowers) = (new ulong[count * words], new ulong[count * words]);
        first.CopyTo(powers);
        second.CopyTo(otherPowers);
        for (var i = 1; i < count; i++)
        {
            var power = powers.AsSpan(i * words, words);
            var other = otherPowers.AsSpan(i * words, words);
            powers.AsSpan((i - 1) * words, words).CopyTo(power);
            otherPowers.AsSpan((i - 1) * words, words).CopyTo(other);
            for (var squaring = 0; squaring < window; squaring++)
            {
                field.MultiplyPair(power, power, power, other, other, other);
            }
        }

        return (powers, otherPowers);
    }

    public static ulong[] SuccessivePowers(ResidueField field, ReadOnlySpan<ulong> value, int window, int count)
    {
        var words = field.WordCount;
        var powers = new ulong[count * words];
        value.CopyTo(powers);
        for (var i = 1; i < count; i++)
        {
            var power = powers.AsSpan(i * words, words);
            field.Square(powers.AsSpan((i - 1) * words, words), power);
            for (var squaring = 1; squaring < window; squaring++)
            {
                field.Square(power, power);
            }
        }

        return powers;
    }
}

/// <summary>A residue with value^(d 2^(window i)) for every digit d and position i: no squaring is left.</summary>
internal sealed class FixedResidueBase : PublicBase
{
    private readonly ulong[] _table;
    private readonly int _words;

    public FixedResidueBase(ResidueField field, Residue element, int window, int count)
    {
        (Element, Window, _words) = (element, window, field.WordCount);
        _table = new ulong[(count << window) * _words];
        var powers = ResidueBase.SuccessivePowers(field, element.Words, window, count);
        for (var i = 0; i < count; i++)
        {
            var power = powers.AsSpan(i * _words, _words);
            var row = Row(i);
            field.One.CopyTo(row);
            for (var digit = 1; digit < 1 << window; digit++)
            {
                field.Multiply(row.Slice((digit - 1) * _words, _words), power, row.Slice(digit * _words, _words));
            }
        }
    }

    public override Residue Element { get; }

    public int Window { get; }

    /// <summary>All digits at one position, from 0.</summary>
    public Span<ulong> Row(int position) => _table.AsSpan((position << Window) * _words, _words << Window);

    public ulong[] Table => _table;

    /// <summary>Where in <see cref="Table"/> the entry of a digit at a position begins.</summary>
    public int Offset(int position, int digit) => ((position << Window) + digit) * _words;
}
