using System.Globalization;
using System.Numerics;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using ActiveCitizens.Voting.Groups;

namespace ActiveCitizens.Voting.Tests.Groups;

/// <summary>What <c>vectors.json</c> says of a group, asked of any implementation of it.</summary>
internal static class KnownAnswers
{
    private static readonly JsonElement Groups =
        JsonDocument.Parse(File.ReadAllBytes(Path.Combine(AppContext.BaseDirectory, "Data", "vectors.json"))).RootElement.GetProperty("groups");

    public static void Check(Group group)
    {
        var answers = Groups.GetProperty(group.Name);
        var scalars = group.Scalars;
        var x = scalars.Reduce(SHA256.HashData("private key example"u8));
        var square = group.Multiply(group.Generator, group.Generator);
        Assert.Equal(Text(answers, "q"), scalars.Order.ToString(CultureInfo.InvariantCulture));
        Assert.Equal(Text(answers, "x = SHA256(\"private key example\") mod q"), scalars.Format(x));
        Assert.Equal(
            [
                Text(answers, "g"), Text(answers, "one"), Text(answers, "g^2"), Text(answers, "g^12345"), Text(answers, "g^(q-1)"),
                Text(answers, "g^x"), Text(answers, "g^x"), Text(answers, "g^x"), Text(answers, "g^x * g^2"),
            ],
            group.Encode(
                group.Generator,
                group.Identity,
                square,
                group.GeneratorPower(scalars.Of(12345)),
                group.GeneratorPower(scalars.Of(-1)),
                group.GeneratorPower(x),
                group.Power(group.Generator, x),
                group.ProductOfPowersVariableTime((group.FixedGenerator, x)),
                group.Multiply(group.GeneratorPower(x), square)));

        var hashed = SHA256.HashData(Encoding.UTF8.GetBytes("prove|example|" + string.Join(',', group.Encode(group.Generator, square))));
        Assert.Equal(Text(answers, "H(\"prove|example|\",[g,g^2])"), scalars.Format(scalars.Reduce(hashed)));
        Assert.Equal(Text(answers, "H(\"x|\",[])"), scalars.Format(scalars.Reduce(SHA256.HashData("x|"u8))));
    }

    public static void CheckGenerators(Group group)
    {
        foreach (var generator in Groups.GetProperty(group.Name).GetProperty("generators").EnumerateObject())
        {
            var index = int.Parse(generator.Name["ggen|".Length..], CultureInfo.InvariantCulture);
            Assert.Equal(generator.Value.GetString(), group.Encode(group.ShuffleGenerator(index))[0]);
        }
    }

    public static void CheckEmbedding(Group group)
    {
        foreach (var embedded in Groups.GetProperty(group.Name).GetProperty("of_ints").EnumerateObject())
        {
            var values = JsonSerializer.Deserialize<int[]>(embedded.Name)!;
            var element = group.Embed(values);
            var text = group.Encode(element)[0];
            Assert.Equal(Text(embedded.Value, "element"), text);
            Assert.Equal(values, group.Extract(element, values.Length));

            var style = group.Name == "Ed25519" ? NumberStyles.AllowHexSpecifier : NumberStyles.None;
            var padding = (BigInteger.One << group.Embedding!.PaddingBits) - 1;
            Assert.Equal(embedded.Value.GetProperty("epsilon").GetInt32(), BigInteger.Parse(text, style, CultureInfo.InvariantCulture) & padding);
        }
    }

    public static void CheckRejected(Group group)
    {
        foreach (var rejected in Groups.GetProperty(group.Name).GetProperty("must_reject_encodings").EnumerateArray())
        {
            Assert.False(group.TryDecode(Encoding.ASCII.GetBytes(Text(rejected, "hex")), out Element? _), Text(rejected, "why"));
            Assert.False(group.TryDecode(Encoding.ASCII.GetBytes(Text(rejected, "hex")), out PublicBase? _), Text(rejected, "why"));
        }
    }

    private static string Text(JsonElement parent, string member) => parent.GetProperty(member).GetString()!;
}
