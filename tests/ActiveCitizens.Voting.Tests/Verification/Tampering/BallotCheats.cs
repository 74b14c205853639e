using System.Numerics;
using System.Text.Json.Nodes;
using ActiveCitizens.Voting.Archives;
using ActiveCitizens.Voting.Ballots;
using ActiveCitizens.Voting.Credentials;
using ActiveCitizens.Voting.Tests.Support;

namespace ActiveCitizens.Voting.Tests.Verification.Tampering;

/// <summary>Cheating with ballots. Most are signed anew by their voter, so that the intended check has to notice.</summary>
internal static class BallotCheats
{
    public static IEnumerable<Cheat> All =>
    [
        // Form.
        new("a ballot with a blank", "4.1", () => Forgery.Plain.Replace(1, "\"answers\":", "\"answers\": ")),
        new("a ballot with a newline at its end", "4.1", () => Forgery.Plain.With(1, t => t + "\n")),
        new("an unknown member in an answer", "4.1", () => Forgery.Plain.Resigned(1, n => n["answers"]![0]!["note"] = "x")),
        new("an unknown member in a proof", "4.1", () => Forgery.Plain.Resigned(1, n => n["answers"]![0]!["overall_proof"]![0]!["note"] = "x")),
        new("alpha and beta in another order", "4.1", () => Forgery.Plain.Resigned(1, n => Reorder(n["answers"]![0]!["choices"]![0]!, "alpha"))),
        new("challenge and response in another order", "4.1", () => Forgery.Plain.Resigned(1, n => Reorder(n["answers"]![0]!["overall_proof"]![0]!, "challenge"))),
        new("credential before the election's hash", "4.1", () => Forgery.Plain.Resigned(1, n => Reorder(n, "election_hash"))),
        new("no blank proof where blank is allowed", "4.1", () => Forgery.Plain.Resigned(1, n => n["answers"]![1]!.AsObject().Remove("blank_proof"))),
        new("a blank proof where blank is not allowed", "4.1", () => Forgery.Plain.Resigned(1, n => n["answers"]![0]!["blank_proof"] = n["answers"]![1]!["blank_proof"]!.DeepClone())),
        new("a choice too many", "4.1", () => Forgery.Plain.Resigned(1, n => { n["answers"]![0]!["choices"]!.Duplicate(0); n["answers"]![0]!["individual_proofs"]!.Duplicate(0); })),
        new("a choice too few", "4.1", () => Forgery.Plain.Resigned(1, n => { n["answers"]![0]!["choices"]!.RemoveLast(); n["answers"]![0]!["individual_proofs"]!.RemoveLast(); })),
        new("an individual proof of three claims", "4.1", () => Forgery.Plain.Resigned(1, n => n["answers"]![0]!["individual_proofs"]![0]!.Duplicate(0))),
        new("an overall proof of a larger sum", "4.1", () => Forgery.Plain.Resigned(1, n => n["answers"]![0]!["overall_proof"]!.Duplicate(0))),
        new("an overall proof of fewer sums", "4.1", () => Forgery.Plain.Resigned(1, n => n["answers"]![0]!["overall_proof"]!.RemoveLast())),
        new("an answer too many", "4.1", () => Forgery.Plain.Resigned(1, n => n["answers"]!.Duplicate(2))),
        new("an answer left out", "4.1", () => Forgery.Plain.Resigned(1, n => n["answers"]!.RemoveLast())),
        new("answers to different questions exchanged", "4.1", () => Forgery.Plain.Resigned(1, n => n["answers"]!.Swap(0, 2))),
        new("a scalar with a leading zero", "4.1", () => Forgery.Plain.Resigned(1, n => Change(Proof(n), "response", s => "0" + s))),
        new("a scalar plus the order", "4.1", () => Forgery.Plain.Resigned(1, n => Change(Proof(n), "response", s => (BigInteger.Parse(s, null) + Forgery.Plain.Group.Scalars.Order).ToString(null, null)))),
        new("a scalar with a sign", "4.1", () => Forgery.Plain.Resigned(1, n => Change(Proof(n), "response", s => "+" + s))),
        new("a scalar in hexadecimal", "4.1", () => Forgery.Plain.Resigned(1, n => Change(Proof(n), "response", s => "0x" + s))),
        new("a scalar as a number", "4.1", () => Forgery.Plain.With(1, t => { var at = t.IndexOf("\"response\":\"", StringComparison.Ordinal) + 11; var end = t.IndexOf('"', at + 1); return t[..at] + t[(at + 1)..end] + t[(end + 1)..]; })),
        new("a megabyte in a credential", "1.1", () => Forgery.Plain.With(1, t => t.Insert(t.IndexOf("\"credential\":\"", StringComparison.Ordinal) + 14, new string('a', 1 << 20)))),

        // Another election's.
        new("another election's identifier", "4.2", () => Forgery.Plain.Resigned(1, n => n["election_uuid"] = "1111111111111111")),
        new("another election's fingerprint", "4.2", () => Forgery.Plain.Resigned(1, n => n["election_hash"] = new string('A', 43))),
        new("a ballot of another election", "4.2", () => { var f = Forgery.Plain; f.Events[1].Documents[0] = Forgery.Ranked.Events[1].Documents[0]; return f.Parts.Write(); }),

        // Credentials.
        new("a ballot of a credential that is not on the list", "4.3", () => Forgery.Plain.Rearranged(e => { var f = Forgery.Plain; e.Insert(7, new(ArchiveEventType.Ballot, [BallotMaker.Make(f.Election, PrivateCredential.Generate(f.Random), [[0, 0, 0, 1], [0, 1, 0, 0], [1, 0]], f.Random)])); })),
        new("a credential in capitals", "4.3", () => Forgery.Plain.Resigned(1, n => Change(n, "credential", s => s.ToUpperInvariant()))),
        new("a credential outside the prime-order group", "4.3", () => Forgery.Plain.Resigned(1, n => n["credential"] = Forgery.OutsideGroup(n["credential"]))),

        // Elements.
        new("an alpha outside the prime-order group", "4.4", () => Forgery.Plain.Resigned(1, n => Ciphertext(n)["alpha"] = Forgery.OutsideGroup(Ciphertext(n)["alpha"]))),
        new("a beta outside the prime-order group", "4.4", () => Forgery.Plain.Resigned(1, n => Ciphertext(n)["beta"] = Forgery.OutsideGroup(Ciphertext(n)["beta"]))),
        new("the point of order two", "4.4", () => Forgery.Plain.Resigned(1, n => Ciphertext(n)["alpha"] = "7fffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffec")),
        new("a point that is not on the curve", "4.4", () => Forgery.Plain.Resigned(1, n => Ciphertext(n)["alpha"] = new string('0', 63) + "2")),
        new("an element in capitals", "4.4", () => Forgery.Plain.Resigned(1, n => Change(Ciphertext(n), "alpha", s => s.ToUpperInvariant()))),
        new("a coordinate above the field", "4.4", () => Forgery.Plain.Resigned(1, n => Ciphertext(n)["alpha"] = "7fffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffee")),
        new("the identity with a sign", "4.4", () => Forgery.Plain.Resigned(1, n => Ciphertext(n)["alpha"] = "8000000000000000000000000000000000000000000000000000000000000001")),
        new("an element with a leading zero too many", "4.4", () => Forgery.Field.Resigned(1, n => Change(Ciphertext(n), "alpha", s => "0" + s[1..]))),
        new("a residue of another order", "4.4", () => Forgery.Field.Resigned(1, n => Ciphertext(n)["beta"] = "2")),
        new("a residue of zero", "4.4", () => Forgery.Field.Resigned(1, n => Ciphertext(n)["alpha"] = "0")),

        // Proofs.
        new("a changed response of an individual proof", "4.5", () => { var f = Forgery.Plain; return f.Resigned(1, n => f.Bump(Proof(n), "response")); }),
        new("a changed challenge of an individual proof", "4.5", () => { var f = Forgery.Plain; return f.Resigned(1, n => f.Bump(Proof(n), "challenge")); }),
        new("the claims of an individual proof exchanged", "4.5", () => Forgery.Plain.Resigned(1, n => n["answers"]![0]!["individual_proofs"]![0]!.Swap(0, 1))),
        new("the individual proofs of two choices exchanged", "4.5", () => Forgery.Plain.Resigned(1, n => n["answers"]![0]!["individual_proofs"]!.Swap(0, 1))),
        new("a choice counted twice", "4.5", () => { var f = Forgery.Plain; return f.Resigned(1, n => Ciphertext(n)["beta"] = f.TimesGenerator(Ciphertext(n)["beta"])); }),
        new("a choice copied within the ballot", "4.7", () => Forgery.Plain.Resigned(1, n => { var a = n["answers"]![0]!; a["choices"]![1] = a["choices"]![0]!.DeepClone(); a["individual_proofs"]![1] = a["individual_proofs"]![0]!.DeepClone(); })),
        new("an answer copied from another voter", "4.5", () => { var f = Forgery.Plain; var other = JsonNode.Parse(f.Text(3))!; return f.Resigned(1, n => n["answers"]![0] = other["answers"]![0]!.DeepClone()); }),
        new("two choices exchanged with their proofs", "4.7", () => Forgery.Plain.Resigned(1, n => { n["answers"]![0]!["choices"]!.Swap(0, 1); n["answers"]![0]!["individual_proofs"]!.Swap(0, 1); })),
        new("a changed overall proof", "4.7", () => { var f = Forgery.Plain; return f.Resigned(1, n => f.Bump(n["answers"]![0]!["overall_proof"]![1]!, "response")); }),
        new("the sums of an overall proof exchanged", "4.7", () => Forgery.Plain.Resigned(1, n => n["answers"]![0]!["overall_proof"]!.Swap(0, 1))),
        new("a changed overall proof with blank", "4.7", () => { var f = Forgery.Plain; return f.Resigned(2, n => f.Bump(n["answers"]![1]!["overall_proof"]![0]!, "challenge")); }),
        new("a changed blank proof", "4.6", () => { var f = Forgery.Plain; return f.Resigned(1, n => f.Bump(n["answers"]![1]!["blank_proof"]![0]!, "response")); }),
        new("the claims of a blank proof exchanged", "4.6", () => Forgery.Plain.Resigned(2, n => n["answers"]![1]!["blank_proof"]!.Swap(0, 1))),
        new("the blank choice exchanged with another", "4.6", () => Forgery.Plain.Resigned(2, n => { n["answers"]![1]!["choices"]!.Swap(0, 1); n["answers"]![1]!["individual_proofs"]!.Swap(0, 1); })),
        new("a changed proof of a ranked answer", "4.8", () => { var f = Forgery.Ranked; return f.Resigned(1, n => f.Bump(n["answers"]![0]!["proof"]!, "response")); }),
        new("a ranked answer copied from another voter", "4.8", () => { var f = Forgery.Ranked; var other = JsonNode.Parse(f.Text(2))!; return f.Resigned(1, n => n["answers"]![0] = other["answers"]![0]!.DeepClone()); }),
        new("a ranked answer changed without knowing it", "4.8", () => { var f = Forgery.Ranked; return f.Resigned(1, n => n["answers"]![0]!["choices"]!["beta"] = f.TimesGenerator(n["answers"]![0]!["choices"]!["beta"])); }),

        // Signatures.
        new("a changed signature", "4.9", () => { var f = Forgery.Plain; return f.Edit(1, n => f.Bump(n["signature"]!["proof"]!, "response")); }),
        new("a hash of another ballot in the signature", "4.9", () => { var f = Forgery.Plain; var other = JsonNode.Parse(f.Text(2))!; return f.Edit(1, n => n["signature"]!["hash"] = (string)other["signature"]!["hash"]!); }),
        new("the signature of another ballot of the same voter", "4.9", () => { var f = Forgery.Plain; var other = JsonNode.Parse(f.Text(6))!; return f.Edit(2, n => n["signature"] = other["signature"]!.DeepClone()); }),
        new("another voter's signature", "4.9", () => { var f = Forgery.Plain; return f.With(1, t => f.Sign(t, f.Made.Secret(3))); }),
        new("another voter's credential on a ballot", "4.9", () => { var f = Forgery.Plain; return f.Edit(1, n => n["credential"] = f.Made.Issued.PublicKeys[5]); }),
        new("answers changed after signing", "4.9", () => Forgery.Plain.Edit(1, n => n["answers"]![0]!["individual_proofs"]!.Swap(0, 1))),
        new("another voter's ballot signed with the own credential", "4.5", () => { var f = Forgery.Plain; return f.With(1, t => f.Sign(t.Replace(f.Made.Issued.PublicKeys[0], f.Made.Issued.PublicKeys[5], StringComparison.Ordinal), f.Made.Secret(5))); }),

        // Replays.
        new("a ballot twice in a row", "4.10", () => Forgery.Plain.Rearranged(e => e.Insert(2, e[1].Copy()))),
        new("a superseded ballot replayed after the newer one", "4.10", () => Forgery.Plain.Rearranged(e => e.Insert(7, e[2].Copy()))),
    ];

    private static JsonNode Ciphertext(JsonNode ballot) => ballot["answers"]![0]!["choices"]![0]!;

    private static JsonNode Proof(JsonNode ballot) => ballot["answers"]![0]!["individual_proofs"]![0]![0]!;

    private static void Change(JsonNode node, string member, Func<string, string> change) => node[member] = change((string)node[member]!);

    /// <summary>Moves a member to the end.</summary>
    private static void Reorder(JsonNode node, string member)
    {
        var value = node[member]!.DeepClone();
        node.AsObject().Remove(member);
        node[member] = value;
    }
}
