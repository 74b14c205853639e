using System.Diagnostics.CodeAnalysis;
using ActiveCitizens.Voting.Groups.Numbers;

namespace ActiveCitizens.Voting.Groups.FiniteFields;

/// <summary>An element of a <see cref="FiniteFieldGroup"/>, in the form of its field.</summary>
internal sealed class Residue(ResidueField field, ulong[] words) : Element
{
    public ReadOnlySpan<ulong> Words => words;

    /// <summary>The number below p.</summary>
    public ulong[] ToLimbs()
    {
        var limbs = new ulong[field.LimbCount];
        field.Store(words, limbs);
        return limbs;
    }

    public override bool Equals([NotNullWhen(true)] Element? other) => other is Residue residue && ToLimbs().AsSpan().SequenceEqual(residue.ToLimbs());

    public override int GetHashCode()
    {
        var hash = default(HashCode);
        foreach (var limb in ToLimbs())
        {
            hash.Add(limb);
        }

        return hash.ToHashCode();
    }
}
