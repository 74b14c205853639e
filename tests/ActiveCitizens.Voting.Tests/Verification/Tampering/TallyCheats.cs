using System.Text.Json.Nodes;
using ActiveCitizens.Voting.Decryption;
using ActiveCitizens.Voting.Json;
using ActiveCitizens.Voting.Shuffles;
using ActiveCitizens.Voting.Tallies;
using ActiveCitizens.Voting.Tests.Support;
using ActiveCitizens.Voting.Trustees;

namespace ActiveCitizens.Voting.Tests.Verification.Tampering;

/// <summary>Cheating from the closed box to the result.</summary>
internal static class TallyCheats
{
    private const int Tally = 8;
    private const int First = 9;
    private const int Result = 12;
    private const int RankedTally = 5;
    private const int Shuffle1 = 6;
    private const int Shuffle2 = 7;

    public static IEnumerable<Cheat> All =>
    [
        // The box.
        new("a ballot dropped", "5.1,5.2", () => Forgery.Plain.Rearranged(e => e.RemoveAt(1))),
        new("the later ballot of a voter dropped", "5.1", () => Forgery.Plain.Rearranged(e => e.RemoveAt(6))),
        new("the two ballots of a voter exchanged", "5.1", () => Forgery.Plain.Rearranged(e => (e[2], e[6]) = (e[6], e[2]))),
        new("a ballot stuffed for an abstainer", "5.1,5.2", () => { var f = Forgery.Plain; f.Events.Insert(7, f.NewBallot(new(5, [0, 0, 0, 1], [0, 1, 0, 0], [1, 0]))); return f.Parts.Write(); }),
        new("a newer ballot left out of the tally", "5.1", () => { var f = Forgery.Plain; f.Events.Insert(7, f.NewBallot(new(0, [0, 0, 0, 1], [0, 1, 0, 0], [1, 0]))); return f.Parts.Write(); }),
        new("a tally with a vote added", "5.1,9.2", () => { var f = Forgery.Plain; return f.Edit(Tally, n => n[0]![0]!["beta"] = f.TimesGenerator(n[0]![0]!["beta"])); }),
        new("two answers of the tally exchanged", "5.1,7.3,9.2", () => Forgery.Plain.Edit(Tally, n => n[0]!.Swap(0, 1))),
        new("a tally element outside the prime-order group", "5.1", () => Forgery.Plain.Edit(Tally, n => n[0]![0]!["alpha"] = Forgery.OutsideGroup(n[0]![0]!["alpha"]))),
        new("a tally written with a blank", "5.1", () => Forgery.Plain.Replace(Tally, ",", ", ")),
        new("an answer left out of the tally", "5.1", () => Forgery.Plain.Edit(Tally, n => n[0]!.RemoveLast())),
        new("a wrong number of ballots", "5.2", () => Forgery.Plain.Rearranged(e => e[Tally].NumTallied = 6)),
        new("a number of ballots beyond the box", "5.2", () => Forgery.Plain.Rearranged(e => e[Tally].NumTallied = 2_000_000_000)),
        new("a wrong weight", "5.2", () => Forgery.Plain.Rearranged(e => e[Tally].TotalWeight = 9)),
        new("a weight too small for the result", "5.2,9.2", () => Forgery.Plain.Rearranged(e => e[Tally].TotalWeight = 1)),
        new("a ranked list in another order", "5.1,6.3", () => Forgery.Ranked.Edit(RankedTally, n => n[0]!.Swap(0, 1))),

        // Shuffles.
        new("a ranked answer exchanged in a shuffle", "6.3", () => Replaced(Shuffle2)),
        new("the output of a shuffle in another order", "6.3", () => Forgery.Ranked.Edit(Shuffle1, n => n["ciphertexts"]![0]!.Swap(0, 1))),
        // Each of these scalars stands in one equation, s4 in two.
        new("a changed s1 of a shuffle's proof", "6.3", () => { var f = Forgery.Ranked; return f.Edit(Shuffle2, n => Bump(f, n["proofs"]![0]![1]!.AsArray(), 0)); }),
        new("a changed s2 of a shuffle's proof", "6.3", () => { var f = Forgery.Ranked; return f.Edit(Shuffle2, n => Bump(f, n["proofs"]![0]![1]!.AsArray(), 1)); }),
        new("a changed s3 of a shuffle's proof", "6.3", () => { var f = Forgery.Ranked; return f.Edit(Shuffle2, n => Bump(f, n["proofs"]![0]![1]!.AsArray(), 2)); }),
        new("a changed s4 of a shuffle's proof", "6.3", () => { var f = Forgery.Ranked; return f.Edit(Shuffle2, n => Bump(f, n["proofs"]![0]![1]!.AsArray(), 3)); }),
        new("a changed shat of a shuffle's proof", "6.3", () => { var f = Forgery.Ranked; return f.Edit(Shuffle2, n => Bump(f, n["proofs"]![0]![1]![4]!.AsArray(), 1)); }),
        new("a changed response of a shuffle's permutation", "6.3", () => { var f = Forgery.Ranked; return f.Edit(Shuffle2, n => Bump(f, n["proofs"]![0]![1]![5]!.AsArray(), 0)); }),
        new("a changed commitment of a shuffle's proof", "6.3", () => { var f = Forgery.Ranked; return f.Edit(Shuffle2, n => n["proofs"]![0]![2]![0] = f.TimesGenerator(n["proofs"]![0]![2]![0])); }),
        new("a changed chain of a shuffle's proof", "6.3", () => { var f = Forgery.Ranked; return f.Edit(Shuffle2, n => n["proofs"]![0]![3]![1] = f.TimesGenerator(n["proofs"]![0]![3]![1])); }),
        new("the proof of the other shuffle", "6.3", () => { var f = Forgery.Ranked; var other = JsonNode.Parse(f.Text(Shuffle1))!; return f.Edit(Shuffle2, n => n["proofs"] = other["proofs"]!.DeepClone()); }),
        new("a second shuffle that starts from the tally again", "6.3,7.3,9.2", FromTheTally),
        new("one trustee shuffling twice", "6.1", () => Forgery.Ranked.Rearranged(e => e[Shuffle2].Owner = 1)),
        new("a shuffle by nobody", "6.1", () => Forgery.Ranked.Rearranged(e => e[Shuffle2].Owner = 0)),
        new("a shuffle by a trustee who does not exist", "6.1", () => Forgery.Ranked.Rearranged(e => e[Shuffle2].Owner = 3)),
        new("a shuffle that loses an answer", "6.2", () => Forgery.Ranked.Edit(Shuffle2, n => n["ciphertexts"]![0]!.RemoveLast())),
        new("a shuffle with an answer too many", "6.2", () => Forgery.Ranked.Edit(Shuffle2, n => n["ciphertexts"]![0]!.Duplicate(0))),
        new("a shuffle's output outside the prime-order group", "6.2", () => Forgery.Ranked.Edit(Shuffle2, n => n["ciphertexts"]![0]![0]!["alpha"] = Forgery.OutsideGroup(n["ciphertexts"]![0]![0]!["alpha"]))),
        new("a shuffle's commitment outside the prime-order group", "6.2", () => Forgery.Ranked.Edit(Shuffle2, n => n["proofs"]![0]![0]![0] = Forgery.OutsideGroup(n["proofs"]![0]![0]![0]))),
        new("a shuffle's scalar with a leading zero", "6.2", () => Forgery.Ranked.Edit(Shuffle2, n => n["proofs"]![0]![1]![0] = "0" + (string)n["proofs"]![0]![1]![0]!)),
        new("a shuffle with a note", "6.2", () => Forgery.Ranked.Edit(Shuffle2, n => n["note"] = "x")),

        // Decryptions.
        new("a decryption twice", "7.1", () => Forgery.Plain.Rearranged(e => e.Insert(First, e[First].Copy()))),
        new("a decryption by nobody", "7.1,8.1", () => Forgery.Plain.Rearranged(e => e[First].Owner = 0)),
        new("a decryption by a trustee who does not exist", "7.1,8.1", () => Forgery.Plain.Rearranged(e => e[First].Owner = 5)),
        new("a decryption under another member's number", "7.3,9.2", () => Forgery.Plain.Rearranged(e => e[First + 1].Owner = 3)),
        new("a wrong factor", "7.3,9.2", () => { var f = Forgery.Plain; return f.Edit(First, n => n["decryption_factors"]![0]![0] = f.TimesGenerator(n["decryption_factors"]![0]![0])); }),
        new("a wrong factor with the result that follows from it", "7.3", WrongFactorAndResult),
        new("two factors exchanged with their proofs", "7.3,9.2", () => Forgery.Plain.Edit(First, n => { n["decryption_factors"]![0]!.Swap(0, 1); n["decryption_proofs"]![0]!.Swap(0, 1); })),
        new("a changed proof of a factor", "7.3", () => { var f = Forgery.Plain; return f.Edit(First, n => f.Bump(n["decryption_proofs"]![0]![0]!, "response")); }),
        new("a factor outside the prime-order group", "7.2", () => Forgery.Plain.Edit(First, n => n["decryption_factors"]![0]![0] = Forgery.OutsideGroup(n["decryption_factors"]![0]![0]))),
        new("a factor left out", "7.2", () => Forgery.Plain.Edit(First, n => { n["decryption_factors"]![0]!.RemoveLast(); n["decryption_proofs"]![0]!.RemoveLast(); })),
        new("a decryption with members in another order", "7.2", () => Forgery.Plain.Edit(First, n => { var factors = n["decryption_factors"]!.DeepClone(); n.AsObject().Remove("decryption_factors"); n["decryption_factors"] = factors; })),
        new("a mandatory decryption missing", "8.1", () => Forgery.Plain.Rearranged(e => e.RemoveAt(First))),
        new("a threshold decryption missing", "8.1", () => Forgery.Plain.Rearranged(e => e.RemoveAt(First + 1))),
        new("a decryption with a key that is not the trustee's", "7.3,9.2", AnotherKey),

        // Results.
        new("a vote added to the result", "9.2", () => Forgery.Plain.Edit(Result, n => n["result"]![0]![0] = (int)n["result"]![0]![0]! + 1)),
        new("two counts exchanged", "9.2", () => Forgery.Plain.Edit(Result, n => n["result"]![0]!.Swap(0, 1))),
        new("a count plus the group's order", "9.1", () => Forgery.Plain.With(Result, t => t.Replace("[[", "[[7237005577332262213973186563042994240857116359379907606001950938285454250989", StringComparison.Ordinal))),
        new("a count with a leading zero", "9.1", () => Forgery.Plain.Replace(Result, "[[", "[[0")),
        new("a negative count", "9.1", () => Forgery.Plain.Replace(Result, "[[", "[[-")),
        new("a count in quotes", "9.1", () => Forgery.Plain.Edit(Result, n => n["result"]![0]![0] = "1")),
        new("an answer left out of the result", "9.1", () => Forgery.Plain.Edit(Result, n => n["result"]![0]!.RemoveLast())),
        new("a question left out of the result", "9.1", () => Forgery.Plain.Edit(Result, n => n["result"]!.RemoveLast())),
        new("a ranking changed in the result", "9.2", () => Forgery.Ranked.Edit(11, n => n["result"]![0]![0]!.Swap(0, 1))),
        new("a ranking left out of the result", "9.1", () => Forgery.Ranked.Edit(11, n => n["result"]![0]!.RemoveLast())),
        new("a rank above 255", "9.1", () => Forgery.Ranked.Edit(11, n => n["result"]![0]![0]![0] = 256)),
    ];

    private static void Bump(Forgery forgery, JsonArray scalars, int index)
    {
        var holder = new JsonObject { ["s"] = (string)scalars[index]! };
        forgery.Bump(holder, "s");
        scalars[index] = (string)holder["s"]!;
    }

    /// <summary>A malicious shuffler puts an answer of its own in the place of a voter's.</summary>
    private static byte[] Replaced(int part)
    {
        var forgery = Forgery.Ranked;
        var own = JsonNode.Parse(forgery.NewBallot(new(3, [3, 2, 1], [1, 0])).Documents[0])!["answers"]![0]!["choices"]!;
        var forged = forgery.Edit(part, n => n["ciphertexts"]![0]![0] = own.DeepClone());
        return Finished(forgery, forged);
    }

    /// <summary>The keys are used on the forged list, so that only the shuffle's proof is wrong.</summary>
    private static byte[] Finished(Forgery forgery, byte[] forged)
    {
        var parts = ArchiveParts.Read(forged);
        var election = forgery.Election;
        var tally = EncryptedTally.Read(election, parts.Events[RankedTally].Documents[0], 3, 3);
        var lists = tally.With(election, Shuffle.Read(election, 3, parts.Events[Shuffle2].Documents[0]).Ciphertexts);
        var decryptions = new Dictionary<int, PartialDecryption>();
        foreach (var (owner, key) in forgery.Made.Keys)
        {
            parts.Events[8 + owner].Documents[0] = PartialDecryption.Make(election, lists, key, forgery.Random);
            decryptions.Add(owner, PartialDecryption.Read(election, lists, parts.Events[8 + owner].Documents[0]));
        }

        parts.Events[11].Documents[0] = ElectionResult.Compute(election, forgery.Made.Trustees, lists, 3, decryptions).ToBytes();
        return parts.Write();
    }

    private static byte[] FromTheTally()
    {
        var forgery = Forgery.Ranked;
        var tally = EncryptedTally.Read(forgery.Election, forgery.Events[RankedTally].Documents[0], 3, 3);
        forgery.Events[Shuffle2].Documents[0] = Shuffler.Make(forgery.Election, Shuffle.Input(forgery.Election, tally), new SeededRandom(8));
        return forgery.Parts.Write();
    }

    private static byte[] WrongFactorAndResult()
    {
        var forgery = Forgery.Plain;
        forgery.Edit(First, n => n["decryption_factors"]![0]![0] = forgery.TimesGenerator(n["decryption_factors"]![0]![0]));
        return forgery.Edit(Result, n => n["result"]![0]![0] = (int)n["result"]![0]![0]! - 1);
    }

    private static byte[] AnotherKey()
    {
        var forgery = Forgery.Plain;
        var tally = EncryptedTally.Read(forgery.Election, forgery.Events[Tally].Documents[0], forgery.Events[Tally].NumTallied, forgery.Events[Tally].TotalWeight);
        forgery.Events[First].Documents[0] = PartialDecryption.Make(forgery.Election, tally.Ciphertexts, TrusteePrivateKey.Generate(forgery.Group, forgery.Random), forgery.Random);
        return forgery.Parts.Write();
    }
}
