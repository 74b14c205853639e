using System.Globalization;
using System.Numerics;
using System.Runtime.InteropServices;
using System.Text;
using ActiveCitizens.Voting.Groups;
using ActiveCitizens.Voting.Groups.Curve25519;

namespace ActiveCitizens.Bench;

/// <summary>Question answered: what does one exponentiation cost on one core, in each way that elections need it, next to libsodium's in the same run?</summary>
internal static partial class Exponentiations
{
    // A ballot of 16 ciphertexts with 0 to 9 choices and blank: PROTOCOL.md section 18.
    private const int BallotElements = 33;
    private const int BallotProducts = 91;
    private const int Rounds = 9;

    public static void Print(TextWriter output)
    {
        output.WriteLine("Microseconds of processor time on one core, median of nine");
        foreach (var name in new[] { "Ed25519", "BELENIOS-2048", "RFC-3526-2048" })
        {
            Print(output, name, Group.Find(name)!);
        }

        Print(output, "Ed25519, point by point", new Ed25519Group(new ScalarCurveEngine()));
        output.WriteLine("libsodium");
        if (Sodium() is { } sodium)
        {
            Print(output, "crypto_scalarmult_ed25519_noclamp", sodium);
        }
        else
        {
            output.WriteLine("  not found: install libsodium23");
        }
    }

    private static void Print(TextWriter output, string title, Group group)
    {
        var scalars = Enumerable.Range(0, BallotProducts).Select(i => Scalar(group, i)).ToArray();
        var elements = scalars.Take(BallotElements).Select(group.GeneratorPower).ToArray();
        var texts = group.Encode(elements).Select(text => (ReadOnlyMemory<byte>)Encoding.ASCII.GetBytes(text)).ToArray();
        var bases = group.DecodeAll(texts).Select(element => element!).ToArray();
        var key = group.PrepareFixed(elements[0]);
        var products = Enumerable.Range(0, BallotProducts).Select(i => Product(group, key, bases, scalars, i)).ToArray();
        var decimals = scalars.Select(group.Scalars.Format).Select(Encoding.ASCII.GetBytes).ToArray();

        output.WriteLine(title);
        Print(output, "secret power", Median(() => group.Power(elements[0], scalars[1]), 1));
        Print(output, "secret power of g", Median(() => group.GeneratorPower(scalars[1]), 1));
        Print(output, "g^r alpha^c, alone, alpha prepared", Median(() => group.ProductOfPowersVariableTime(products[0]), 1));
        Print(output, "g^r alpha^c or y^r beta^c g^s, 91 together", Median(() => group.ProductsOfPowersVariableTime(products), BallotProducts));
        Print(output, "decoding with membership, alone", Median(() => group.TryDecode(texts[0].Span, out PublicBase? _), 1));
        Print(output, "decoding with membership, 33 together", Median(() => group.DecodeAll(texts), BallotElements));
        Print(output, "writing, 91 together", Median(() => group.Encode(elements), BallotElements));
        Print(output, "reading a scalar", Median(() => Array.TrueForAll(decimals, text => group.Scalars.TryParse(text, out _)), decimals.Length));
        Print(output, "ballot: 33 decoded, 91 products written", Median(() => Ballot(group, key, texts, scalars), 1));
    }

    private static void Print(TextWriter output, string label, double microseconds) =>
        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"  {label,-45}{microseconds,12:F2}"));

    private static string[] Ballot(Group group, PublicBase key, ReadOnlyMemory<byte>[] texts, Scalar[] scalars)
    {
        var bases = group.DecodeAll(texts).Select(element => element!).ToArray();
        return group.Encode(group.ProductsOfPowersVariableTime([.. Enumerable.Range(0, BallotProducts).Select(i => Product(group, key, bases, scalars, i))]));
    }

    /// <summary>The commitments of a proof by turns: the second kind takes beta/g^m apart, so that beta's doublings serve all m.</summary>
    private static (PublicBase Base, Scalar Exponent)[] Product(Group group, PublicBase key, PublicBase[] bases, Scalar[] scalars, int i)
    {
        var (response, challenge, other) = (scalars[i], scalars[(i + 1) % scalars.Length], scalars[(i + 2) % scalars.Length]);
        var ciphertextPart = bases[i % bases.Length];
        return i % 2 == 0
            ? [(group.FixedGenerator, response), (ciphertextPart, challenge)]
            : [(key, response), (ciphertextPart, challenge), (group.FixedGenerator, other)];
    }

    private static Scalar Scalar(Group group, int seed)
    {
        var bytes = new byte[300];
        new Random(seed).NextBytes(bytes);
        return group.Scalars.Of(new BigInteger(bytes, isUnsigned: true));
    }

    /// <summary>Median microseconds of one of the <paramref name="count"/> things that the work does, each round as long as a tenth of a second.</summary>
    private static double Median(Action work, int count)
    {
        var repetitions = 1;
        for (; ; repetitions *= 2)
        {
            if (Time(work, repetitions) >= 100_000)
            {
                break;
            }
        }

        var times = Enumerable.Range(0, Rounds).Select(_ => Time(work, repetitions)).Order().ToArray();
        return times[Rounds / 2] / repetitions / count;
    }

    /// <summary>Processor time, for the machine may be shared.</summary>
    private static double Time(Action work, int repetitions)
    {
        var before = Environment.CpuUsage.TotalTime;
        for (var i = 0; i < repetitions; i++)
        {
            work();
        }

        return (Environment.CpuUsage.TotalTime - before).TotalMicroseconds;
    }

    /// <returns>Null where the machine has no libsodium.</returns>
    private static double? Sodium()
    {
        var group = Group.Find("Ed25519")!;
        byte[] point = [.. Convert.FromHexString(group.Encode(group.GeneratorPower(Scalar(group, 1)))[0]).Reverse()];
        var scalar = new byte[32];
        new Random(2).NextBytes(scalar);
        scalar[31] &= 0x0F;
        var result = new byte[32];
        try
        {
            if (SodiumPower(result, scalar, point) != 0)
            {
                throw new InvalidOperationException("libsodium refused the point.");
            }
        }
        catch (DllNotFoundException)
        {
            return null;
        }

        return Median(() => SodiumPower(result, scalar, point), 1);
    }

    [LibraryImport("libsodium.so.23", EntryPoint = "crypto_scalarmult_ed25519_noclamp")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int SodiumPower([Out] byte[] result, byte[] scalar, byte[] point);
}
