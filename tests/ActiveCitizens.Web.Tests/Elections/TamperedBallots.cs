using System.Globalization;
using System.Numerics;
using System.Security.Cryptography;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using ActiveCitizens.Voting.Ballots;
using ActiveCitizens.Voting.Credentials;
using ActiveCitizens.Voting.Groups;
using ActiveCitizens.Voting.Json;

namespace ActiveCitizens.Web.Tests.Elections;

/// <summary>A ballot that somebody changed, and the rule that has to notice.</summary>
/// <param name="Forge">Makes it from an honest ballot; gets what a forger may have.</param>
internal sealed record TamperedBallot(string Name, BallotRule Rule, Func<Forger, string> Forge);

/// <param name="Honest">A ballot of <paramref name="Voter"/>.</param>
/// <param name="Other">An honest ballot of <paramref name="Neighbour"/>, seen on the board.</param>
internal sealed record Forger(SampleElection Sample, SampleContest Contest, LetterHolder Voter, string Honest, LetterHolder Neighbour, string Other)
{
    private static readonly JsonSerializerOptions Compact = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public Voting.Elections.Election Election => Sample.ReadElection(Contest);

    /// <summary>Changes the ballot and has its voter sign it again: a voter who cheats with a program of their own.</summary>
    public string Resigned(Action<JsonNode> change) => Sign(Edit(change), Voter);

    public string Edit(Action<JsonNode> change)
    {
        var node = JsonNode.Parse(Honest)!;
        change(node);
        return node.ToJsonString(Compact);
    }

    public string Sign(string ballot, LetterHolder signer)
    {
        using var random = RandomNumberGenerator.Create();
        var unsigned = ballot[..ballot.IndexOf(",\"signature\":", StringComparison.Ordinal)];
        return Encoding.UTF8.GetString(BallotMaker.Sign(Group.Ed25519, new CanonicalWriter().Raw(Encoding.UTF8.GetBytes(unsigned)), signer.Code.Derive(Group.Ed25519, Contest.Contest.Uuid), random));
    }
}

/// <summary>The kinds of tampering that the voting library is tested with, on the ballots of this site's elections.</summary>
internal static class TamperedBallots
{
    public static readonly IReadOnlyList<TamperedBallot> All =
    [
        // Form.
        new("a blank between members", BallotRule.Canonical, f => f.Honest.Replace("\"answers\":", "\"answers\": ", StringComparison.Ordinal)),
        new("a newline at the end", BallotRule.Canonical, f => f.Honest + "\n"),
        new("an unknown member in an answer", BallotRule.Canonical, f => f.Resigned(n => Answer(n)["note"] = "x")),
        new("an unknown member in a proof", BallotRule.Canonical, f => f.Resigned(n => Answer(n)["overall_proof"]![0]!["note"] = "x")),
        new("alpha and beta in another order", BallotRule.Canonical, f => f.Resigned(n => Reorder(Ciphertext(n), "alpha"))),
        new("challenge and response in another order", BallotRule.Canonical, f => f.Resigned(n => Reorder(Answer(n)["overall_proof"]![0]!, "challenge"))),
        new("no blank proof", BallotRule.Canonical, f => f.Resigned(n => Answer(n).AsObject().Remove("blank_proof"))),
        new("a choice too many", BallotRule.Canonical, f => f.Resigned(n => { Duplicate(Answer(n)["choices"]!, 0); Duplicate(Answer(n)["individual_proofs"]!, 0); })),
        new("a choice too few", BallotRule.Canonical, f => f.Resigned(n => { RemoveLast(Answer(n)["choices"]!); RemoveLast(Answer(n)["individual_proofs"]!); })),
        new("an individual proof of three claims", BallotRule.Canonical, f => f.Resigned(n => Duplicate(Answer(n)["individual_proofs"]![0]!, 0))),
        new("an overall proof of a larger sum", BallotRule.Canonical, f => f.Resigned(n => Duplicate(Answer(n)["overall_proof"]!, 0))),
        new("an overall proof of fewer sums", BallotRule.Canonical, f => f.Resigned(n => RemoveLast(Answer(n)["overall_proof"]!))),
        new("an answer too many", BallotRule.Canonical, f => f.Resigned(n => Duplicate(n["answers"]!, 0))),
        new("no answer", BallotRule.Canonical, f => f.Resigned(n => RemoveLast(n["answers"]!))),
        new("a scalar with a leading zero", BallotRule.Canonical, f => f.Resigned(n => Change(Proof(n), "response", s => "0" + s))),
        new("a scalar plus the order", BallotRule.Canonical, f => f.Resigned(n => Change(Proof(n), "response", s => (BigInteger.Parse(s, CultureInfo.InvariantCulture) + Group.Ed25519.Scalars.Order).ToString(CultureInfo.InvariantCulture)))),
        new("a scalar with a sign", BallotRule.Canonical, f => f.Resigned(n => Change(Proof(n), "response", s => "+" + s))),
        new("a megabyte in a credential", BallotRule.Canonical, f => f.Honest.Insert(f.Honest.IndexOf("\"credential\":\"", StringComparison.Ordinal) + 14, new string('a', 1 << 16))),
        new("nothing", BallotRule.Canonical, _ => ""),
        new("something else", BallotRule.Canonical, _ => "<ballot/>"),

        // Another election's.
        new("another election's identifier", BallotRule.Election, f => f.Resigned(n => n["election_uuid"] = "1111111111111111")),
        new("another election's fingerprint", BallotRule.Election, f => f.Resigned(n => n["election_hash"] = new string('A', 43))),

        // Credentials.
        new("a credential that is not on the list", BallotRule.Credential, f =>
        {
            using var random = RandomNumberGenerator.Create();
            return Encoding.UTF8.GetString(BallotMaker.Make(f.Election, PrivateCredential.Generate(random), [[0, 1, .. new int[f.Election.Questions[0].Answers.Count - 1]]], random));
        }),
        new("a credential in capitals", BallotRule.Credential, f => f.Resigned(n => Change(n, "credential", s => s.ToUpperInvariant()))),
        new("a credential outside the prime-order group", BallotRule.Credential, f => f.Resigned(n => n["credential"] = OutsideGroup(n["credential"]))),

        // Elements.
        new("an alpha outside the prime-order group", BallotRule.Group, f => f.Resigned(n => Ciphertext(n)["alpha"] = OutsideGroup(Ciphertext(n)["alpha"]))),
        new("a beta outside the prime-order group", BallotRule.Group, f => f.Resigned(n => Ciphertext(n)["beta"] = OutsideGroup(Ciphertext(n)["beta"]))),
        new("the point of order two", BallotRule.Group, f => f.Resigned(n => Ciphertext(n)["alpha"] = "7fffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffec")),
        new("a point that is not on the curve", BallotRule.Group, f => f.Resigned(n => Ciphertext(n)["alpha"] = new string('0', 63) + "2")),
        new("an element in capitals", BallotRule.Group, f => f.Resigned(n => Change(Ciphertext(n), "alpha", s => s.ToUpperInvariant()))),
        new("a coordinate above the field", BallotRule.Group, f => f.Resigned(n => Ciphertext(n)["alpha"] = "7fffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffee")),
        new("the identity with a sign", BallotRule.Group, f => f.Resigned(n => Ciphertext(n)["alpha"] = "8000000000000000000000000000000000000000000000000000000000000001")),

        // Proofs.
        new("a changed response of an individual proof", BallotRule.IndividualProof, f => f.Resigned(n => Bump(Proof(n), "response"))),
        new("a changed challenge of an individual proof", BallotRule.IndividualProof, f => f.Resigned(n => Bump(Proof(n), "challenge"))),
        new("the claims of an individual proof exchanged", BallotRule.IndividualProof, f => f.Resigned(n => Swap(Answer(n)["individual_proofs"]![0]!, 0, 1))),
        new("the individual proofs of two choices exchanged", BallotRule.IndividualProof, f => f.Resigned(n => Swap(Answer(n)["individual_proofs"]!, 1, 2))),
        new("a choice counted twice", BallotRule.IndividualProof, f => f.Resigned(n => Ciphertext(n)["beta"] = TimesGenerator(Ciphertext(n)["beta"]))),
        new("an answer copied from a neighbour", BallotRule.IndividualProof, f => f.Resigned(n => n["answers"]![0] = JsonNode.Parse(f.Other)!["answers"]![0]!.DeepClone())),
        new("a neighbour's ballot signed with the own code", BallotRule.IndividualProof, f => f.Sign(f.Other.Replace(Text(f.Other, "credential"), Text(f.Honest, "credential"), StringComparison.Ordinal), f.Voter)),
        new("two choices exchanged with their proofs", BallotRule.BlankProof, f => f.Resigned(n => { Swap(Answer(n)["choices"]!, 1, 2); Swap(Answer(n)["individual_proofs"]!, 1, 2); })),
        new("a changed overall proof", BallotRule.OverallProof, f => f.Resigned(n => Bump(Answer(n)["overall_proof"]![1]!, "response"))),
        new("a changed blank proof", BallotRule.BlankProof, f => f.Resigned(n => Bump(Answer(n)["blank_proof"]![0]!, "response"))),
        new("the claims of a blank proof exchanged", BallotRule.BlankProof, f => f.Resigned(n => Swap(Answer(n)["blank_proof"]!, 0, 1))),
        new("the blank choice exchanged with another", BallotRule.BlankProof, f => f.Resigned(n => { Swap(Answer(n)["choices"]!, 0, 1); Swap(Answer(n)["individual_proofs"]!, 0, 1); })),

        // Signatures.
        new("a changed signature", BallotRule.Signature, f => f.Edit(n => Bump(n["signature"]!["proof"]!, "response"))),
        new("a hash of a neighbour's ballot in the signature", BallotRule.Signature, f => f.Edit(n => n["signature"]!["hash"] = (string)JsonNode.Parse(f.Other)!["signature"]!["hash"]!)),
        new("a neighbour's signature", BallotRule.Signature, f => f.Sign(f.Honest, f.Neighbour)),
        new("answers changed after signing", BallotRule.Signature, f => f.Edit(n => Swap(Answer(n)["individual_proofs"]!, 1, 2))),
    ];

    private static JsonNode Answer(JsonNode ballot) => ballot["answers"]![0]!;

    private static JsonNode Ciphertext(JsonNode ballot) => Answer(ballot)["choices"]![1]!;

    private static JsonNode Proof(JsonNode ballot) => Answer(ballot)["individual_proofs"]![1]![0]!;

    private static string Text(string ballot, string member) => (string)JsonNode.Parse(ballot)![member]!;

    private static void Change(JsonNode node, string member, Func<string, string> change) => node[member] = change((string)node[member]!);

    private static void Reorder(JsonNode node, string member)
    {
        var value = node[member]!.DeepClone();
        node.AsObject().Remove(member);
        node[member] = value;
    }

    private static void Swap(JsonNode node, int left, int right)
    {
        var array = node.AsArray();
        var (a, b) = (array[left]!.DeepClone(), array[right]!.DeepClone());
        (array[left], array[right]) = (b, a);
    }

    private static void Duplicate(JsonNode node, int index) => node.AsArray().Add(node[index]!.DeepClone());

    private static void RemoveLast(JsonNode node) => node.AsArray().RemoveAt(node.AsArray().Count - 1);

    private static void Bump(JsonNode node, string member)
    {
        var scalars = Group.Ed25519.Scalars;
        Assert.True(scalars.TryParse(Encoding.ASCII.GetBytes((string)node[member]!), out var scalar));
        node[member] = scalars.Format(scalars.Add(scalar, scalars.One));
    }

    private static string TimesGenerator(JsonNode? text)
    {
        Assert.True(Group.Ed25519.TryDecode(Encoding.ASCII.GetBytes((string)text!), out Element? element));
        return Group.Ed25519.Encode(Group.Ed25519.Multiply(element, Group.Ed25519.Generator))[0];
    }

    /// <summary>The point plus the one of order two: (-x, -y).</summary>
    private static string OutsideGroup(JsonNode? text)
    {
        var z = BigInteger.Parse("0" + (string)text!, NumberStyles.HexNumber, CultureInfo.InvariantCulture);
        var moved = ((BigInteger.One << 255) - 19 - (z & ((BigInteger.One << 255) - 1))) | ((BigInteger.One - (z >> 255)) << 255);
        return moved.ToString("x", CultureInfo.InvariantCulture).PadLeft(64, '0')[^64..];
    }
}
