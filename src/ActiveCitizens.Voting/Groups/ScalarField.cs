using System.Diagnostics.CodeAnalysis;
using System.Numerics;
using System.Security.Cryptography;

namespace ActiveCitizens.Voting.Groups;

/// <summary>Numbers modulo a group's prime order q. All members but the ones on text and <see cref="BigInteger"/> take a time that depends on q alone.</summary>
public abstract class ScalarField
{
    /// <summary>q.</summary>
    public abstract BigInteger Order { get; }

    /// <summary>Digits of q - 1: the longest canonical text.</summary>
    public abstract int MaxTextLength { get; }

    public abstract Scalar Zero { get; }

    public abstract Scalar One { get; }

    public abstract Scalar Add(Scalar left, Scalar right);

    public abstract Scalar Subtract(Scalar left, Scalar right);

    public abstract Scalar Negate(Scalar value);

    public abstract Scalar Multiply(Scalar left, Scalar right);

    /// <exception cref="DivideByZeroException"><paramref name="value"/> is zero.</exception>
    public abstract Scalar Invert(Scalar value);

    /// <summary>A uniform number in 0 … q-1: at least 128 bits more than q are drawn and reduced.</summary>
    public abstract Scalar Random(RandomNumberGenerator random);

    /// <summary>The big-endian number of any length, reduced modulo q: how digests become challenges and seeds become keys.</summary>
    public abstract Scalar Reduce(ReadOnlySpan<byte> bigEndian);

    /// <summary>A small number, reduced modulo q; may be negative.</summary>
    public abstract Scalar Of(BigInteger value);

    /// <summary>Reads the canonical decimal: digits only, no leading zero, below q.</summary>
    /// <returns>False for any other text, of any length.</returns>
    public abstract bool TryParse(ReadOnlySpan<byte> text, [NotNullWhen(true)] out Scalar? scalar);

    /// <summary>The canonical decimal, ASCII.</summary>
    public abstract string Format(Scalar scalar);
}

/// <summary>A number modulo the order of a <see cref="Group"/>; belongs to the field that made it. Equality takes a time that does not depend on the values.</summary>
public abstract class Scalar : IEquatable<Scalar>
{
    public abstract bool IsZero { get; }

    public abstract bool Equals([NotNullWhen(true)] Scalar? other);

    public sealed override bool Equals([NotNullWhen(true)] object? obj) => obj is Scalar other && Equals(other);

    public abstract override int GetHashCode();
}
