using System.Globalization;
using System.Numerics;
using System.Runtime.Intrinsics;
using System.Text;
using ActiveCitizens.Voting.Groups.Curve25519;
using ActiveCitizens.Voting.Groups.Numbers;
using CsCheck;

namespace ActiveCitizens.Voting.Tests.Groups;

/// <summary>The arithmetic under the groups, against <see cref="BigInteger"/>.</summary>
public sealed class NumberTests
{
    private static readonly Gen<ulong> Limb = Gen.OneOf(Gen.ULong, Gen.OneOfConst(0UL, 1UL, ulong.MaxValue, ulong.MaxValue - 1, 1UL << 63));

    [Fact]
    public void Montgomery_products_agree_for_moduli_of_any_size()
    {
        var operands = Gen.Int[1, 33].SelectMany(n => Gen.Select(Limb.Array[n], Limb.Array[n], Limb.Array[n]));
        operands.Sample(
            (first, second, modulus) =>
            {
                modulus[0] |= 1;
                modulus[^1] |= 2;
                var n = Value(modulus);
                var field = new Montgomery(n);
                var (x, y) = (new ulong[first.Length], new ulong[first.Length]);
                field.Load(first, x);
                field.Load(second, y);
                Check(field, x, Value(first) % n);
                var product = new ulong[first.Length];
                field.Multiply(x, y, product);
                Check(field, product, Value(first) * Value(second) % n);
                field.Square(x, product);
                Check(field, product, Value(first) * Value(first) % n);
                field.Power(x, second, 64 * second.Length, product);
                Check(field, product, BigInteger.ModPow(Value(first), Value(second), n));
            },
            iter: 60);
    }

    [Fact]
    public void Vectors_multiply_as_limbs_do_for_any_modulus_of_2048_bits()
    {
        Assert.SkipUnless(VectorMontgomery.Supports((BigInteger.One << 2047) + 1), "This processor has no vectors of 512 bits.");
        Gen.Select(Limb.Array[32], Limb.Array[32], Limb.Array[32]).Sample(
            (first, second, modulus) =>
            {
                modulus[0] |= 1;
                modulus[^1] |= 1UL << 63;
                var n = Value(modulus);
                var field = new VectorMontgomery(n);
                var (x, y) = (new ulong[field.WordCount], new ulong[field.WordCount]);
                field.Load(first, x);
                field.Load(second, y);
                Check(field, x, Value(first) % n);
                Check(field, field.One.ToArray(), BigInteger.One);
                var product = new ulong[field.WordCount];
                field.Multiply(x, y, product);
                Check(field, product, Value(first) * Value(second) % n);
                field.Multiply(product, x, product);
                Check(field, product, Value(first) * Value(first) * Value(second) % n);
                field.MultiplyPair(x, y, product, y, y, x);
                Check(field, product, Value(first) * Value(second) % n);
                Check(field, x, Value(second) * Value(second) % n);
                field.Load(first, x);
                field.Square(x, x);
                Check(field, x, Value(first) * Value(first) % n);
                field.Power(y, second, 300, product);
                Check(field, product, BigInteger.ModPow(Value(second), Value(second) & ((BigInteger.One << 300) - 1), n));
                field.Load(modulus, x);
                Check(field, x, BigInteger.Zero);
                field.Multiply(x, y, product);
                Check(field, product, BigInteger.Zero);
                field.Load(new ulong[32], x);
                Check(field, x, BigInteger.Zero);
            },
            iter: 300);
    }

    [Fact]
    public void Decimal_text_agrees_for_numbers_of_any_size() =>
        Gen.Int[1, 34].SelectMany(n => Gen.Select(Limb.Array[n], Gen.Int[0, n])).Sample(
            (limbs, zeros) =>
            {
                limbs.AsSpan(limbs.Length - zeros).Clear();
                var text = Value(limbs).ToString(CultureInfo.InvariantCulture);
                Assert.Equal(text, DecimalText.Format(limbs));
                var read = new ulong[limbs.Length];
                Assert.True(DecimalText.TryParse(Encoding.ASCII.GetBytes(text), read));
                Assert.Equal(limbs, read);
            },
            iter: 1000);

    [Fact]
    public void Decimal_text_of_a_number_too_large_is_refused()
    {
        for (var n = 1; n <= 34; n++)
        {
            var limit = BigInteger.One << (64 * n);
            var limbs = new ulong[n];
            Assert.True(DecimalText.TryParse(Encoding.ASCII.GetBytes((limit - 1).ToString(CultureInfo.InvariantCulture)), limbs));
            Assert.Equal(limit - 1, Value(limbs));
            Assert.False(DecimalText.TryParse(Encoding.ASCII.GetBytes(limit.ToString(CultureInfo.InvariantCulture)), limbs));
        }
    }

    [Fact]
    public void The_Jacobi_symbol_agrees_with_the_product_of_Legendre_symbols()
    {
        for (var modulus = 1; modulus < 200; modulus += 2)
        {
            for (var value = 0; value < 2 * modulus; value++)
            {
                var expected = Factors(modulus).Aggregate(1, (product, prime) => product * Legendre(value, prime));
                Assert.Equal(expected, Jacobi.Symbol([(ulong)value], [(ulong)modulus]));
                Assert.Equal(expected, Jacobi.Symbol([(ulong)value, 0, 0], [(ulong)modulus, 0, 0]));
            }
        }
    }

    [Fact]
    public void Field_operations_agree_for_any_limbs_in_bounds()
    {
        var limb = Gen.OneOf(Gen.ULong[0, (1UL << 52) - 1], Gen.OneOfConst(0UL, 1UL, 18UL, 19UL, (1UL << 51) - 19, (1UL << 51) - 1, 1UL << 51, (1UL << 52) - 1));
        var element = Gen.Select(limb, limb, limb, limb, limb).Select((a, b, c, d, e) => new FieldElement { L0 = a, L1 = b, L2 = c, L3 = d, L4 = e });
        Gen.Select(element, element).Sample(
            (x, y) =>
            {
                var (a, b, p) = (Value(x), Value(y), ReferenceEd25519.P);
                FieldElement.Add(out var sum, x, y);
                FieldElement.Add(out var largest, sum, sum);
                FieldElement.Subtract(out var difference, x, y);
                FieldElement.Multiply(out var product, largest, largest);
                FieldElement.Square(out var square, largest);
                FieldElement.Multiply(out var mixed, x, difference);
                FieldElement.Invert(out var inverse, x);
                FieldElement.Negate(out var negated, y);
                CheckField(a + b, sum);
                CheckField(a - b, difference);
                CheckField(4 * (a + b) * (a + b), product);
                CheckField(4 * (a + b) * (a + b), square);
                CheckField(a * (a - b), mixed);
                CheckField(BigInteger.ModPow(a, p - 2, p), inverse);
                CheckField(-b, negated);
                Assert.Equal((a - b) % p == 0, FieldElement.AreEqual(x, y));
                Assert.Equal(!(a % p).IsEven, FieldElement.IsOdd(x));
            },
            iter: 500);
    }

    [Fact]
    public void Eight_field_operations_at_once_agree_for_any_limbs_in_bounds()
    {
        Assert.SkipUnless(FieldVector.IsSupported, "This processor has no vectors of 512 bits.");
        const double Bound = (1L << 50) + (1L << 16);
        var limb = Gen.OneOf(Gen.Double[-Bound, Bound].Select(Math.Truncate), Gen.OneOfConst(Bound, -Bound, 0, 1, -1, 1L << 50, -(1L << 50)));
        var vectors = Gen.Select(limb.Array[40], limb.Array[40]).Select((x, y) => (x, y));
        vectors.Sample(
            (first, second) =>
            {
                var (x, y, p) = (Vector(first), Vector(second), ReferenceEd25519.P);
                FieldVector.Multiply(out var product, x, y + y + x);
                FieldVector.Square(out var square, x);
                var combined = FieldSum.Reduce(FieldSum.Product(x, y) - (FieldSum.Square(x) + FieldSum.Square(y)) + FieldSum.From(y + y - x));
                for (var lane = 0; lane < FieldVector.Lanes; lane++)
                {
                    var (a, b) = (Lane(x, lane), Lane(y, lane));
                    CheckVector(a * (b + b + a), product, lane);
                    CheckVector(a * a, square, lane);
                    CheckVector((a * b) - (a * a) - (b * b) + b + b - a, combined, lane);
                }
            },
            iter: 300);

        static FieldVector Vector(double[] limbs) => new()
        {
            L0 = Vector512.Create<double>(limbs),
            L1 = Vector512.Create<double>(limbs.AsSpan(8)),
            L2 = Vector512.Create<double>(limbs.AsSpan(16)),
            L3 = Vector512.Create<double>(limbs.AsSpan(24)),
            L4 = Vector512.Create<double>(limbs.AsSpan(32)),
        };

        static void CheckVector(BigInteger expected, in FieldVector actual, int lane)
        {
            Assert.Equal(ReferenceScalars.Modulo(expected, ReferenceEd25519.P), ReferenceScalars.Modulo(Lane(actual, lane), ReferenceEd25519.P));
            Assert.All(new[] { actual.L0, actual.L1, actual.L2, actual.L3, actual.L4 }, limbs => Assert.InRange(limbs[lane], -Bound, Bound));
            var stored = new FieldElement[lane + 1];
            FieldVector.Store(actual, stored);
            CheckField(expected, stored[lane]);
            CheckField(expected, Store(FieldVector.From(stored), lane));
        }

        static FieldElement Store(in FieldVector vector, int lane)
        {
            var stored = new FieldElement[lane + 1];
            FieldVector.Store(vector, stored);
            return stored[lane];
        }

        static BigInteger Lane(in FieldVector vector, int lane) =>
            (BigInteger)vector.L0[lane] + ((BigInteger)vector.L1[lane] << 51) + ((BigInteger)vector.L2[lane] << 102) + ((BigInteger)vector.L3[lane] << 153) + ((BigInteger)vector.L4[lane] << 204);
    }

    [Fact]
    public void Signed_digits_add_up_to_their_number() =>
        Gen.Select(Gen.Int[2, 12], GroupSamples.Exponents(CurveConstants.Order)).Sample(
            (window, number) =>
            {
                var digits = new short[SignedDigits.Count(window)];
                SignedDigits.Write(Limbs.Of(number, 4), window, digits);
                Assert.All(digits, digit => Assert.InRange(digit, -(1 << (window - 1)), 1 << (window - 1)));
                Assert.Equal(number, digits.Reverse().Aggregate(BigInteger.Zero, (total, digit) => (total << window) + digit));
            },
            iter: 500);

    private static void CheckField(BigInteger expected, in FieldElement actual)
    {
        var limbs = new ulong[4];
        FieldElement.ToLimbs(actual, limbs);
        Assert.Equal(ReferenceScalars.Modulo(expected, ReferenceEd25519.P), Value(limbs));
        Assert.Equal(Value(limbs), Value(FieldElement.FromLimbs(limbs)));
    }

    private static void Check(ResidueField field, ulong[] words, BigInteger expected)
    {
        var limbs = new ulong[field.LimbCount];
        field.Store(words, limbs);
        Assert.Equal(expected, Value(limbs));
    }

    private static BigInteger Value(ulong[] limbs) => limbs.Reverse().Aggregate(BigInteger.Zero, (total, limb) => (total << 64) + limb);

    private static BigInteger Value(in FieldElement element) =>
        element.L0 + ((BigInteger)element.L1 << 51) + ((BigInteger)element.L2 << 102) + ((BigInteger)element.L3 << 153) + ((BigInteger)element.L4 << 204);

    private static int Legendre(int value, int prime)
    {
        var power = BigInteger.ModPow(value, (prime - 1) / 2, prime);
        return value % prime == 0 ? 0 : power.IsOne ? 1 : -1;
    }

    private static IEnumerable<int> Factors(int number)
    {
        for (var factor = 3; number > 1; factor += 2)
        {
            for (; number % factor == 0; number /= factor)
            {
                yield return factor;
            }
        }
    }
}
