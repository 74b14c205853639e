using System.Text;
using ActiveCitizens.Voting.Credentials;
using ActiveCitizens.Voting.Groups;
using ActiveCitizens.Voting.Json;
using ActiveCitizens.Voting.Tests.Support;

namespace ActiveCitizens.Voting.Tests.Credentials;

public sealed class CredentialTests
{
    private static readonly Group Ed25519 = Group.Find("Ed25519")!;

    public static TheoryData<int> KnownCredentials => [.. Enumerable.Range(0, KnownVectors.All["credentials"]!.AsArray().Count)];

    [Theory, MemberData(nameof(KnownCredentials))]
    public void Known_credentials_give_their_known_keys(int index)
    {
        var known = KnownVectors.All["credentials"]![index]!;
        var group = Group.Find((string)known["group"]!)!;
        Assert.Equal(CredentialReading.Valid, PrivateCredential.Read((string)known["credential"]!, out var credential));
        Assert.Equal((string)known["format"]! == "2.0", credential!.IsLegacy);
        Assert.Equal((string)known["secret_exponent"]!, group.Scalars.Format(credential.Derive(group, (string)known["uuid"]!)));
        Assert.Equal((string)known["public_credential"]!, credential.PublicText(group, (string)known["uuid"]!));
    }

    [Theory]
    [InlineData("hw9-cGn-MRD-BzU-8dX", CredentialReading.WrongChecksum)]
    [InlineData("hw9-cGn-MRD-BzU-9dW", CredentialReading.WrongChecksum)]
    [InlineData("hw9-cGn-MRD-BzU-0dW", CredentialReading.WrongCharacter)]
    [InlineData("JnCqY-5We6XM-pAkLz-6sZFvl", CredentialReading.WrongCharacter)]
    [InlineData("JnCqY-5We6XM-pAkLz-6sZFv", CredentialReading.WrongShape)]
    [InlineData("JnCqY5We6XMpAkLz6sZFve", CredentialReading.WrongShape)]
    [InlineData("JnCq-Y5We6XM-pAkLz-6sZFve", CredentialReading.WrongShape)]
    [InlineData("", CredentialReading.WrongShape)]
    [InlineData("é-n-q-Y", CredentialReading.WrongShape)]
    public void A_credential_typed_wrong_says_how(string text, CredentialReading expected)
    {
        Assert.Equal(expected, PrivateCredential.Read(text, out var credential));
        Assert.Null(credential);
    }

    [Fact]
    public void Every_single_wrong_character_of_a_short_credential_is_noticed_except_by_the_check_character_it_stands_for()
    {
        const string valid = "hw9-cGn-MRD-BzU-8dW";
        foreach (var position in Enumerable.Range(0, valid.Length).Where(i => valid[i] != '-'))
        {
            foreach (var other in "ABCabc123".Where(c => c != valid[position]))
            {
                var read = PrivateCredential.Read(valid[..position] + other + valid[(position + 1)..], out _);
                // Digits 53 apart look alike modulo 53.
                Assert.True(read == CredentialReading.WrongChecksum || Math.Abs(Digit(other) - Digit(valid[position])) == 53);
            }
        }
    }

    [Fact]
    public void New_credentials_have_the_long_form_and_differ()
    {
        var random = new SeededRandom(1);
        var made = Enumerable.Range(0, 200).Select(_ => PrivateCredential.Generate(random)).ToList();
        Assert.All(made, credential => Assert.Equal(CredentialReading.Valid, PrivateCredential.Read(credential.Text, out _)));
        Assert.All(made, credential => Assert.Matches("^.{5}-.{6}-.{5}-.{6}$", credential.Text));
        Assert.Equal(200, made.Select(credential => credential.Text).Distinct(StringComparer.Ordinal).Count());
        Assert.Equal(58, made.SelectMany(credential => credential.Text).Where(c => c != '-').Distinct().Count());
    }

    [Fact]
    public void A_credential_never_shows_itself() =>
        Assert.DoesNotContain("-", PrivateCredential.Generate(new SeededRandom(1)).ToString(), StringComparison.Ordinal);

    [Fact]
    public void Private_credentials_of_the_reference_tool_stand_on_its_public_list()
    {
        var fixture = FixtureElection.Open("a-small-ed25519");
        var keys = fixture.PrivateCredentials().Values.Select(text => PrivateCredential.Read(text, out var c) == CredentialReading.Valid ? c!.PublicText(fixture.Election.Group, fixture.Election.Uuid) : "");
        Assert.Equal(Enumerable.Range(0, 10), keys.Select(key => fixture.Credentials.Find(key) ?? -1).Order());
    }

    [Theory, InlineData("Ed25519"), InlineData("BELENIOS-2048")]
    public void A_public_list_is_sorted_by_number_and_keeps_each_weight_with_its_key(string name)
    {
        var group = Group.Find(name)!;
        var issued = CredentialAuthority.Issue(group, "11111111111111", 6, [1, 2, 1_073_741_823, 1_073_741_824, 0, 9], new SeededRandom(2));
        var list = PublicCredentials.Read(issued.PublicList, group);
        Assert.True(list.IsWeighted);
        Assert.Equal(2_147_483_659, list.TotalWeight);
        Assert.Null(list.FindForeignKey(group, 2));
        Assert.Equal([1, 2, 1_073_741_823, 1_073_741_824, 0, 9], issued.PublicKeys.Select(key => list.Weight(list.Find(key)!.Value)));
        var numbers = Enumerable.Range(0, 6).Select(i => list.Key(i)).ToList();
        Assert.Equal(numbers.OrderBy(n => n.Length).ThenBy(n => n, StringComparer.Ordinal), numbers);
    }

    [Fact]
    public void A_list_without_voters_is_a_list() =>
        Assert.Equal(0, PublicCredentials.Read("[]"u8.ToArray(), Ed25519).Count);

    [Theory]
    [InlineData("")]
    [InlineData("[\"a\"")]
    [InlineData("[\"a\",]")]
    [InlineData("[\"a\" ,\"b\"]")]
    [InlineData("[\"a\",\"a\"]")]
    [InlineData("[\"a,1\",\"b\"]")]
    [InlineData("[\"a\",\"b,1\"]")]
    [InlineData("[\"a,\"]")]
    [InlineData("[\"a,+1\"]")]
    [InlineData("[\"a,01\"]")]
    [InlineData("[\"a,1,1\"]")]
    [InlineData("[\"a,1000000000000000000\"]")]
    [InlineData("[]\n")]
    public void A_list_that_is_not_canonical_is_refused(string text) =>
        Assert.Throws<ProtocolFormatException>(() => PublicCredentials.Read(Encoding.UTF8.GetBytes(text), Ed25519));

    private static int Digit(char c) => "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz".IndexOf(c, StringComparison.Ordinal);
}
