using System.Text;
using System.Text.Json.Nodes;
using ActiveCitizens.Voting.Groups;
using ActiveCitizens.Voting.Tests.Support;

namespace ActiveCitizens.Voting.Tests.Verification.Tampering;

/// <summary>Cheating with the election file, the trustees and the credential list. Whatever changes the election's fingerprint makes its ballots another election's.</summary>
internal static class SetupCheats
{
    private const int Setup = 0;
    private const int Trustees = 1;
    private const int Credentials = 2;

    public static IEnumerable<Cheat> All =>
    [
        new("another version of the protocol", "3.1", () => Forgery.Plain.Replace(Setup, "\"version\":1", "\"version\":2")),
        new("an unknown group", "3.1", () => Forgery.Plain.Replace(Setup, "Ed25519", "Ed25518")),
        new("a minimum above the maximum", "3.1", () => Forgery.Plain.Replace(Setup, "\"min\":0,\"max\":2", "\"min\":3,\"max\":2")),
        new("more choices than answers", "3.1", () => Forgery.Plain.Replace(Setup, "\"min\":0,\"max\":2", "\"min\":0,\"max\":5")),
        new("a short identifier", "3.1", () => Forgery.Plain.Replace(Setup, Forgery.Plain.Election.Uuid, "short")),
        new("an identifier with a zero", "3.1", () => Forgery.Plain.Replace(Setup, Forgery.Plain.Election.Uuid, "0" + Forgery.Plain.Election.Uuid[1..])),
        new("an unknown member of the election", "3.1", () => Forgery.Plain.Replace(Setup, ",\"uuid\"", ",\"secret\":true,\"uuid\"")),
        new("an election written with blanks", "3.1", () => Forgery.Plain.Replace(Setup, "\"version\":1,", "\"version\":1, ")),
        new("an escaped accent", "3.1", () => Forgery.Plain.Replace(Setup, "É", "\\u00c9")),
        new("a question without answers", "3.1", () => Forgery.Plain.Replace(Setup, "[\"Yes\",\"No\"]", "[]")),
        new("blank written as false", "3.1", () => Forgery.Plain.Replace(Setup, "\"blank\":true", "\"blank\":null")),
        new("ranked answers in a group without embedding", "3.1", () => Forgery.Field.Edit(Setup, n => n["questions"] = JsonNode.Parse("""[{"type":"NonHomomorphic","value":{"answers":["A"],"question":"?"}}]"""))),
        new("a key outside the prime-order group", "3.1", () => Forgery.Plain.Edit(Setup, n => n["public_key"] = Forgery.OutsideGroup(n["public_key"]))),
        new("a key of which somebody else knows the exponent", "3.3,4.2,7.3", () => { var f = Forgery.Plain; return f.Edit(Setup, n => n["public_key"] = f.TimesGenerator(n["public_key"])); }),
        new("another name after the ballots were cast", "4.2,7.3", () => Forgery.Plain.Edit(Setup, n => n["name"] = "Another election")),

        new("a wrong proof of a mandatory trustee", "3.2", () => { var f = Forgery.Plain; return f.Edit(Setup, n => f.Bump(n[0]![1]!["pok"]!, "response"), Trustees); }),
        new("a trustee's key outside the prime-order group", "3.2", () => Forgery.Plain.Edit(Setup, n => n[0]![1]!["public_key"] = Forgery.OutsideGroup(n[0]![1]!["public_key"]), Trustees)),
        new("a wrong signature of a certificate", "3.2", () => { var f = Forgery.Plain; return f.Edit(Setup, n => f.Bump(n[1]![1]!["certs"]![0]!["signature"]!, "challenge"), Trustees); }),
        new("certificates of two members exchanged", "3.2", () => Forgery.Plain.Edit(Setup, n => n[1]![1]!["certs"]!.Swap(0, 1), Trustees)),
        new("a certificate of another threshold", "3.2", () => Forgery.Plain.Edit(Setup, n => Message(n[1]![1]!["certs"]![1]!, "\"threshold\":2", "\"threshold\":1"), Trustees)),
        new("a wrong signature of a polynomial", "3.2", () => { var f = Forgery.Plain; return f.Edit(Setup, n => f.Bump(n[1]![1]!["coefexps"]![2]!["signature"]!, "response"), Trustees); }),
        new("polynomials of two members exchanged", "3.2", () => Forgery.Plain.Edit(Setup, n => n[1]![1]!["coefexps"]!.Swap(0, 1), Trustees)),
        new("a coefficient too many", "3.2", () => Forgery.Plain.Edit(Setup, n => Message(n[1]![1]!["coefexps"]![0]!, "\"]}", $"\",\"{Forgery.Plain.Election.PublicKeyText}\"]}}"), Trustees)),
        new("a wrong signature over all certificates", "3.2", () => { var f = Forgery.Plain; return f.Edit(Setup, n => f.Bump(n[1]![1]!["signatures"]![1]!, "response"), Trustees); }),
        new("a wrong proof of a verification key", "3.2", () => { var f = Forgery.Plain; return f.Edit(Setup, n => f.Bump(n[1]![1]!["verification_keys"]![1]!["pok"]!, "response"), Trustees); }),
        new("a wrong signature of a verification key", "3.2", () => { var f = Forgery.Plain; return f.Edit(Setup, n => f.Bump(n[1]![1]!["verification_keys"]![1]!["signature"]!, "response"), Trustees); }),
        new("verification keys of two members exchanged", "3.2,7.3", () => Forgery.Plain.Edit(Setup, n => n[1]![1]!["verification_keys"]!.Swap(0, 1), Trustees)),
        new("a threshold of one", "3.2", () => Forgery.Plain.Replace(Setup, "\"Pedersen\",{\"threshold\":2", "\"Pedersen\",{\"threshold\":1", Trustees)),
        new("signatures left out of the full form", "3.2", () => Forgery.Plain.Edit(Setup, n => n[1]![1]!.AsObject().Remove("signatures"), Trustees)),
        new("a member of the set left out", "3.2", () => Forgery.Plain.Edit(Setup, n => n[1]![1]!["verification_keys"]!.RemoveLast(), Trustees)),
        new("a wrong signature of a polynomial in the legacy form", "3.2", () => Legacy((f, n) => f.Bump(n[1]![1]!["coefexps"]![0]!["signature"]!, "response"))),
        new("a wrong signature of a certificate in the legacy form", "3.2", () => Legacy((f, n) => f.Bump(n[1]![1]!["certs"]![0]!["signature"]!, "response"))),
        new("verification keys exchanged in the legacy form", "3.2,7.3", () => Legacy((_, n) => n[1]![1]!["verification_keys"]!.Swap(0, 2))),
        new("the full form passed off as the legacy form", "3.2", () => Forgery.Plain.Edit(Setup, AsLegacy, Trustees)),
        new("trustees in another order", "7.3,9.2", () => Forgery.Plain.Edit(Setup, n => n.Swap(0, 1), Trustees)),
        new("a mandatory trustee left out", "3.3,6.1,7.1,7.3,9.2", () => Forgery.Ranked.Edit(Setup, n => n.AsArray().RemoveAt(0), Trustees)),

        new("a credential twice", "3.4", () => Forgery.Plain.Edit(Setup, n => n.Duplicate(0), Credentials)),
        new("a credential twice with another weight", "3.4", () => Forgery.Plain.Edit(Setup, n => n.AsArray().Add(((string)n[0]!)[..64] + ",7"), Credentials)),
        new("one credential without weight", "3.4", () => Forgery.Plain.Edit(Setup, n => n[1] = ((string)n[1]!)[..64], Credentials)),
        new("a weight with a leading zero", "3.4", () => Forgery.Plain.Edit(Setup, n => n[1] = ((string)n[1]!).Replace(",", ",0", StringComparison.Ordinal), Credentials)),
        new("a negative weight", "3.4", () => Forgery.Plain.Edit(Setup, n => n[1] = ((string)n[1]!).Replace(",", ",-", StringComparison.Ordinal), Credentials)),
        new("weights that overflow", "3.4", () => Forgery.Plain.Edit(Setup, n => { for (var i = 0; i < 12; i++) { n.AsArray().Add(i.ToString("x64", null) + ",999999999999999999"); } }, Credentials)),
        new("a voter's own weight raised", "5.1,5.2", () => Forgery.Plain.Edit(Setup, n => n[Voting(n)] = ((string)n[Voting(n)]!)[..65] + "9", Credentials)),
        new("an abstainer's credential outside the prime-order group", "3.5", () => Forgery.Plain.Edit(Setup, n => { var (key, weight) = Abstainer(n); n[weight] = Forgery.OutsideGroup(key) + ",1"; }, Credentials)),
        new("a voter taken off the list", "4.3", () => Forgery.Plain.Edit(Setup, n => n.AsArray().RemoveAt(Voting(n)), Credentials)),
        new("weights in a ranked election", "3.6", () => Forgery.Ranked.Edit(Setup, n => { for (var i = 0; i < n.AsArray().Count; i++) { n[i] = (string)n[i]! + ",2"; } }, Credentials)),
    ];

    private static byte[] Legacy(Action<Forgery, JsonNode> change)
    {
        var parts = ArchiveParts.Read(FixtureElection.Open("b-threshold-legacy-belenios2048").Archive);
        var trustees = JsonNode.Parse(parts.Events[Setup].Documents[Trustees])!;
        change(Forgery.Field, trustees);
        parts.Events[Setup].Documents[Trustees] = Encoding.UTF8.GetBytes(trustees.ToJsonString(new() { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping }));
        return parts.Write();
    }

    /// <summary>Without what only the full form signs.</summary>
    private static void AsLegacy(JsonNode trustees)
    {
        var set = trustees[1]![1]!.AsObject();
        set.Remove("signatures");
        foreach (var key in set["verification_keys"]!.AsArray())
        {
            key!.AsObject().Remove("signature");
        }
    }

    private static void Message(JsonNode signed, string old, string by)
    {
        var message = (string)signed["message"]!;
        Assert.Contains(old, message, StringComparison.Ordinal);
        signed["message"] = message.Replace(old, by, StringComparison.Ordinal);
    }

    /// <summary>Where the credential of voter 0 stands.</summary>
    private static int Voting(JsonNode list) => IndexOf(list, Forgery.Plain.Made.Issued.PublicKeys[0]);

    private static (string Key, int Index) Abstainer(JsonNode list)
    {
        var key = Forgery.Plain.Made.Issued.PublicKeys[5];
        return (key, IndexOf(list, key));
    }

    private static int IndexOf(JsonNode list, string key) => list.AsArray().Select((n, i) => (Text: (string)n!, i)).Single(n => n.Text.StartsWith(key, StringComparison.Ordinal)).i;
}
