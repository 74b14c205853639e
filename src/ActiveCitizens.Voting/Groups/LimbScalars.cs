using System.Diagnostics.CodeAnalysis;
using System.Numerics;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using ActiveCitizens.Voting.Groups.Numbers;

namespace ActiveCitizens.Voting.Groups;

/// <summary>Numbers modulo a prime q, as limbs of the plain number.</summary>
internal sealed class LimbScalars : ScalarField
{
    private readonly Montgomery _field;
    private readonly ulong[] _orderMinusTwo;
    private readonly int _maxTextLength;

    public LimbScalars(BigInteger order)
    {
        _field = new Montgomery(order);
        _orderMinusTwo = Limbs.Of(order - 2, _field.LimbCount);
        BitLength = (int)order.GetBitLength();
        Zero = new LimbScalar(new ulong[_field.LimbCount]);
        One = new LimbScalar(Limbs.Of(1, _field.LimbCount));
        OrderMinusOne = new LimbScalar(Limbs.Of(order - 1, _field.LimbCount));
        _maxTextLength = Format(OrderMinusOne).Length;
    }

    public override BigInteger Order => _field.Modulus;

    /// <summary>Bits of q: all exponents are gone through as if they had as many.</summary>
    public int BitLength { get; }

    /// <summary>The limbs of q.</summary>
    public ReadOnlySpan<ulong> OrderLimbs => _field.ModulusLimbs;

    public LimbScalar OrderMinusOne { get; }

    public override int MaxTextLength => _maxTextLength;

    public override Scalar Zero { get; }

    public override Scalar One { get; }

    public override Scalar Add(Scalar left, Scalar right)
    {
        var sum = ((LimbScalar)left).Limbs.ToArray();
        var carry = Limbs.Add(sum, ((LimbScalar)right).Limbs);
        var borrow = Limbs.Subtract(sum, OrderLimbs);
        Limbs.AddIf(borrow & (carry ^ 1), sum, OrderLimbs);
        return new LimbScalar(sum);
    }

    public override Scalar Subtract(Scalar left, Scalar right)
    {
        var difference = ((LimbScalar)left).Limbs.ToArray();
        var borrow = Limbs.Subtract(difference, ((LimbScalar)right).Limbs);
        Limbs.AddIf(borrow, difference, OrderLimbs);
        return new LimbScalar(difference);
    }

    public override Scalar Negate(Scalar value) => Subtract(Zero, value);

    public override Scalar Multiply(Scalar left, Scalar right)
    {
        var product = new ulong[_field.LimbCount];
        _field.Load(((LimbScalar)left).Limbs, product);
        _field.Multiply(product, ((LimbScalar)right).Limbs, product);
        return new LimbScalar(product);
    }

    /// <remarks>Fermat: value^(q-2), so that the time depends on q alone.</remarks>
    public override Scalar Invert(Scalar value)
    {
        if (value.IsZero)
        {
            throw new DivideByZeroException("Zero has no inverse modulo q.");
        }

        var inverse = new ulong[_field.LimbCount];
        _field.Load(((LimbScalar)value).Limbs, inverse);
        _field.Power(inverse, _orderMinusTwo, BitLength, inverse);
        _field.Store(inverse, inverse);
        return new LimbScalar(inverse);
    }

    public override Scalar Random(RandomNumberGenerator random)
    {
        Span<byte> bytes = stackalloc byte[(BitLength + 128 + 7) / 8];
        random.GetBytes(bytes);
        var scalar = Reduce(bytes);
        CryptographicOperations.ZeroMemory(bytes);
        return scalar;
    }

    public override Scalar Reduce(ReadOnlySpan<byte> bigEndian)
    {
        var size = _field.LimbCount * sizeof(ulong);
        var total = new LimbScalar(new ulong[_field.LimbCount]);
        Span<ulong> digit = stackalloc ulong[_field.LimbCount];
        while (!bigEndian.IsEmpty)
        {
            var length = bigEndian.Length % size == 0 ? size : bigEndian.Length % size;
            Limbs.ReadBigEndian(bigEndian[..length], digit);

            // Horner in base R: bringing into Montgomery's form is what multiplies by R.
            var shifted = new ulong[_field.LimbCount];
            _field.Load(total.Limbs, shifted);
            _field.Load(digit, digit);
            _field.Store(digit, digit);
            total = (LimbScalar)Add(new LimbScalar(shifted), new LimbScalar(digit.ToArray()));
            bigEndian = bigEndian[length..];
        }

        return total;
    }

    public override Scalar Of(BigInteger value)
    {
        var remainder = BigInteger.Remainder(value, Order);
        return new LimbScalar(Limbs.Of(remainder.Sign < 0 ? remainder + Order : remainder, _field.LimbCount));
    }

    public override bool TryParse(ReadOnlySpan<byte> text, [NotNullWhen(true)] out Scalar? scalar)
    {
        var limbs = new ulong[_field.LimbCount];
        scalar = text.Length <= _maxTextLength && DecimalText.TryParse(text, limbs) && Limbs.IsLess(limbs, OrderLimbs) ? new LimbScalar(limbs) : null;
        return scalar is not null;
    }

    public override string Format(Scalar scalar) => DecimalText.Format(((LimbScalar)scalar).Limbs);
}

/// <summary>A number below q as limbs, least significant first.</summary>
internal sealed class LimbScalar(ulong[] limbs) : Scalar
{
    public ReadOnlySpan<ulong> Limbs => limbs;

    public override bool IsZero => Numbers.Limbs.IsZero(limbs) == 1;

    public override bool Equals([NotNullWhen(true)] Scalar? other) =>
        other is LimbScalar scalar && CryptographicOperations.FixedTimeEquals(MemoryMarshal.AsBytes(Limbs), MemoryMarshal.AsBytes(scalar.Limbs));

    public override int GetHashCode()
    {
        var hash = default(HashCode);
        hash.AddBytes(MemoryMarshal.AsBytes(Limbs));
        return hash.ToHashCode();
    }
}
