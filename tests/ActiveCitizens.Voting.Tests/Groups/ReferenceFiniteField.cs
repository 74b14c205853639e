using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Numerics;
using ActiveCitizens.Voting.Groups;

namespace ActiveCitizens.Voting.Tests.Groups;

/// <summary>Integers modulo p, each operation as PROTOCOL.md section 2.3 states it.</summary>
internal sealed class ReferenceFiniteField(string name, BigInteger modulus, BigInteger generator, BigInteger order, IntegerEmbedding? embedding) : ReferenceGroup(order)
{
    private static readonly BigInteger BeleniosModulus = Number(
        "2069478569142254640101364365750500806492298929575110409710088478705737421924271740192223725449768433" +
        "8129066633138078958404960054389636289796393038773905722803605973749427671376777618898589872735865049" +
        "0811670993105358677809800307904916540637771737641986785272734744763418356000356983051931442845617019" +
        "1100078673730733356412397173289791324047457883446826065232797464795113767265869358218004631792207366" +
        "8860052627186363386088796882120769432366149491002923444346373222145884100586421050242120365433561201" +
        "3204811188524087310770141516662001623131771693721892480785077118278423174980732765988288251691831031" +
        "25680162072880719");

    private static readonly BigInteger BeleniosGenerator = Number(
        "2402352677501852209227687703532399932712287657378364916510075318787663274146353219320285676155269678" +
        "7996946682987493890950838965734256019006010684771644917354741372831046104586813145117816467554005274" +
        "0288984613986453266121505579709716201616827031288643245666383486363578210615491841998253431518974065" +
        "8186868651151358576410138882215396016043228843603930989333662772848406593138406010231675095763777982" +
        "6651036068224066350766977640253462537730851331734951942489677540525736590494924776314759915751987751" +
        "7771148149092045660020547812705472823814097251863985833411570056835369555342378147558249189605029668" +
        "0037745308460627");

    private static readonly BigInteger BeleniosOrder = Number("78571733251071885079927659812671450121821421258408794611510081919805623223441");

    // 2^2048 - 2^1984 - 1 + 2^64 * (floor(2^1918 * pi) + 124476): RFC 3526 section 3.
    private static readonly BigInteger Rfc3526Modulus = BigInteger.Parse(
        "0" +
        "FFFFFFFFFFFFFFFFC90FDAA22168C234C4C6628B80DC1CD129024E088A67CC74020BBEA63B139B22514A08798E3404DD" +
        "EF9519B3CD3A431B302B0A6DF25F14374FE1356D6D51C245E485B576625E7EC6F44C42E9A637ED6B0BFF5CB6F406B7ED" +
        "EE386BFB5A899FA5AE9F24117C4B1FE649286651ECE45B3DC2007CB8A163BF0598DA48361C55D39A69163FA8FD24CF5F" +
        "83655D23DCA3AD961C62F356208552BB9ED529077096966D670C354E4ABC9804F1746C08CA18217C32905E462E36CE3B" +
        "E39E772C180E86039B2783A2EC07A28FB5C55DF06F4C52C9DE2BCBF6955817183995497CEA956AE515D2261898FA0510" +
        "15728E5A8AACAA68FFFFFFFFFFFFFFFF",
        NumberStyles.AllowHexSpecifier,
        CultureInfo.InvariantCulture);

    public static new ReferenceFiniteField Find(string name) => name switch
    {
        "BELENIOS-2048" => new(name, BeleniosModulus, BeleniosGenerator, BeleniosOrder, null),
        "RFC-3526-2048" => new(name, Rfc3526Modulus, 2, (Rfc3526Modulus - 1) / 2, new(8, 8, 255)),
        _ => throw new ArgumentException($"Unknown group {name}.", nameof(name)),
    };

    public BigInteger Modulus => modulus;

    public override string Name => name;

    public override Element Identity => new Residue(1);

    public override Element Generator => new Residue(generator);

    public override IntegerEmbedding? Embedding => embedding;

    public override int MaxTextLength => (modulus - 1).ToString(CultureInfo.InvariantCulture).Length;

    protected override int IntegerLength => 256;

    public override bool TryDecode(ReadOnlySpan<byte> text, [NotNullWhen(true)] out Element? element)
    {
        element = null;
        return ReferenceScalars.TryParseDecimal(text, MaxTextLength, out var value) && TryRead(value, out element);
    }

    public override Element Multiply(Element left, Element right) => new Residue(Value(left) * Value(right) % modulus);

    public override Element Invert(Element value) => new Residue(BigInteger.ModPow(Value(value), modulus - 2, modulus));

    public override Element ShuffleGenerator(int index) => new Residue(BigInteger.ModPow(GeneratorHash(index), (modulus - 1) / Scalars.Order, modulus));

    protected override string Encode(Element element) => Value(element).ToString(CultureInfo.InvariantCulture);

    protected override bool TryRead(ReadOnlySpan<byte> bigEndian, [NotNullWhen(true)] out Element? element) =>
        TryRead(new BigInteger(bigEndian, isUnsigned: true, isBigEndian: true), out element);

    protected override void Write(Element element, Span<byte> bigEndian)
    {
        var bytes = Value(element).ToByteArray(isUnsigned: true, isBigEndian: true);
        bigEndian.Clear();
        bytes.CopyTo(bigEndian[^bytes.Length..]);
    }

    private bool TryRead(BigInteger value, [NotNullWhen(true)] out Element? element)
    {
        element = value < modulus && BigInteger.ModPow(value, Scalars.Order, modulus).IsOne ? new Residue(value) : null;
        return element is not null;
    }

    private static BigInteger Number(string text) => BigInteger.Parse(text, NumberStyles.None, CultureInfo.InvariantCulture);

    private static BigInteger Value(Element element) => ((Residue)element).Value;

    private sealed class Residue(BigInteger value) : Element
    {
        public BigInteger Value => value;

        public override bool Equals([NotNullWhen(true)] Element? other) => other is Residue residue && residue.Value == value;

        public override int GetHashCode() => value.GetHashCode();
    }
}
