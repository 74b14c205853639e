using System.Text;

namespace ActiveCitizens.Cli.Tests;

/// <summary>Whatever is in a file, a verb ends with one of its exit codes and a sentence, never with an exception.</summary>
public sealed class HostileFilesTests : IDisposable
{
    private const int Mutations = 150;
    private readonly TestCommand _command = new();

    public void Dispose() => _command.Dispose();

    [Fact]
    public void Mutated_files_never_make_a_verb_fail_in_another_way_than_it_says()
    {
        var election = new HeldElection(_command, "Ed25519");
        election.Issue(2);
        var key = election.MakeKey("Anna");
        election.HoldCeremony();
        election.SetUp($"{HeldElection.Choices},{HeldElection.Ranking}", "--trustee", key + ".pubkey", "--threshold", "@threshold.json");
        _command.Save("choices.json", "[[0,1,0,0],[1,2,3]]");
        string[] make = ["ballot", "make", "@e.bel", "--choices", "@choices.json", "--credentials", "@authority/private_credentials.json", "--voter", "v1"];
        _command.Json([.. make, "--out", "@ballot.json"]);
        _command.Save("passphrase", "four words make sense");
        _command.Json("trustee", "key", "new", "--name", "Sealed", "--out", "@keys", "--passphrase-file", "@passphrase");
        _command.Save("ballots.json", "[[1,2,0],[2,1,3],[0,0,0]]");
        _command.Save("result.json", """{"result":[[3,7,5],[[1,2],[2,1]]]}""");
        _command.Save("lists.csv", "list;votes;name\nA;10;\"x;y\"\nB;7;z\n");
        _command.Save("candidates.csv", "id,name,born\na,Anna,1961-02-03\nb,Bo,\nc,Chloé,1990-12-31\n");
        string[] setUp = ["election", "new", "@template.json", "--uuid", election.Uuid, "--credentials", "@authority/public_credentials.json", "--trustee", "@keys/Anna.pubkey", "--threshold", "@threshold.json", "--out", "@new.bel"];

        // The same numbers at every run: what is found once is found again.
        var random = new Random(20_26);
        Mutate(random, "ballots.json", "count-votes", "@ballots.json", "--method", "stv", "--ties", "listed");
        Mutate(random, "ballots.json", "count-votes", "@ballots.json", "--method", "schulze", "--candidates", "@candidates.csv");
        Mutate(random, "candidates.csv", "count-votes", "@ballots.json", "--method", "majority-judgment", "--grades", "3", "--candidates", "@candidates.csv");
        Mutate(random, "result.json", "count-votes", "@result.json", "--method", "plurality", "--question", "1");
        Mutate(random, "lists.csv", "count-votes", "@lists.csv", "--method", "largest-remainder-hare", "--seats", "5", "--json");
        Mutate(random, "roll.csv", "credentials", "generate", "@roll.csv", "--out", "@again", "--plain");
        Mutate(random, "template.json", setUp);
        Mutate(random, "authority/public_credentials.json", setUp);
        Mutate(random, "keys/Anna.pubkey", setUp);
        Mutate(random, "threshold.json", setUp);
        Mutate(random, "ceremony/certificate-2.json", "trustee", "threshold", "combine", "--size", "3", "--needed", "2", "--folder", "@ceremony", "--out", "@again.json");
        Mutate(random, "ceremony/reveal-1.json", "trustee", "threshold", "combine", "--size", "3", "--needed", "2", "--folder", "@ceremony", "--out", "@again.json");
        Mutate(random, "Anna.seed", "trustee", "threshold", "commit", "--key", "@Anna.seed", "--folder", "@ceremony");
        Mutate(random, "choices.json", [.. make, "--out", "@again.json"]);
        Mutate(random, "authority/private_credentials.json", [.. make, "--out", "@again.json"]);
        Mutate(random, "e.bel", "election", "show", "@e.bel");
        Mutate(random, "e.bel", "verify", "@e.bel");
        Mutate(random, "ballot.json", "ballot", "add", "@e.bel", "@ballot.json");
        _command.Json("tally", "@e.bel");
        Mutate(random, "keys/Anna.privkey", "decrypt", "@e.bel", "--key", "@keys/Anna.privkey", "--out", "@again.json");
    }

    [Fact]
    public void A_mutated_sealed_file_never_opens()
    {
        _command.Save("passphrase", "four words make sense");
        _command.Save("roll.csv", "id\nv1\n");
        _command.Json("credentials", "generate", "@roll.csv", "--out", "@a", "--passphrase-file", "@passphrase");
        var original = File.ReadAllText(_command.PathOf("a/private_credentials.json"));
        foreach (var (found, changed) in new[]
        {
            ("file of private credentials", "file of private credential"), ("600000", "600001"), ("600000", "-1"), ("600000", "2147483647"), ("\"sealed\":1", "\"sealed\":2"),
            ("AES-256-GCM", "AES-128-GCM"), ("\"salt\":\"", "\"salt\":\"AAAA"), ("\"nonce\":\"", "\"nonce\":\"AAAA"), ("\"content\":\"", "\"content\":\"AAAA"), ("\"content\":\"", "\"content\":null,\"x\":\""),
            ("{\"sealed\":1", "{\"sealed\":"), ("\"kdf\"", "\"kdg\""),
        })
        {
            _command.Save("a/private_credentials.json", original.Replace(found, changed, StringComparison.Ordinal));
            Assert.StartsWith("private_credentials.json", _command.Refused("credentials", "letters", "@a/private_credentials.json", "--roll", "@roll.csv", "--out", "@l.csv", "--passphrase-file", "@passphrase"), StringComparison.Ordinal);
            Assert.False(File.Exists(_command.PathOf("l.csv")));
        }
    }

    private void Mutate(Random random, string name, params string[] command)
    {
        var path = _command.PathOf(name);
        var original = File.ReadAllBytes(path);
        var archive = File.ReadAllBytes(_command.PathOf("e.bel"));
        for (var i = 0; i < Mutations; i++)
        {
            var mutated = Mutated(random, original);
            File.WriteAllBytes(path, mutated);
            foreach (var made in new[] { "new.bel", "again.json", "again" })
            {
                if (Directory.Exists(_command.PathOf(made)))
                {
                    Directory.Delete(_command.PathOf(made), recursive: true);
                }
                else
                {
                    File.Delete(_command.PathOf(made));
                }
            }

            try
            {
                var (exit, output, errors) = _command.Run(command);
                Assert.True(exit is 0 or 1 or 2, $"exit {exit}");
                Assert.NotEqual(0, output.Length + errors.Length);
            }
            catch (Exception e)
            {
                Assert.Fail($"{string.Join(' ', command)} with {name} = «{Encoding.UTF8.GetString(mutated.AsSpan(0, Math.Min(mutated.Length, 2000)))}»: {e}");
            }

            File.WriteAllBytes(_command.PathOf("e.bel"), archive);
        }

        File.WriteAllBytes(path, original);
    }

    private static byte[] Mutated(Random random, byte[] original)
    {
        List<byte> bytes = [.. original];
        for (var times = random.Next(1, 4); times > 0; times--)
        {
            var at = random.Next(bytes.Count + 1);
            var length = Math.Min(random.Next(1, 12), bytes.Count - at);
            switch (random.Next(6))
            {
                case 0 when at < bytes.Count:
                    bytes[at] ^= (byte)(1 << random.Next(8));
                    break;
                case 1:
                    bytes.RemoveRange(at, length);
                    break;
                case 2:
                    bytes.InsertRange(at, bytes.GetRange(at, length));
                    break;
                case 3:
                    bytes.InsertRange(at, Interesting[random.Next(Interesting.Length)]);
                    break;
                case 4:
                    bytes.RemoveRange(at, bytes.Count - at);
                    break;
                default:
                    bytes.RemoveRange(at, length);
                    bytes.InsertRange(at, Interesting[random.Next(Interesting.Length)]);
                    break;
            }
        }

        return [.. bytes];
    }

    private static readonly byte[][] Interesting =
    [
        .. new[] { "null", "[]", "{}", "-1", "1e400", "99999999999999999999", "\"", "\\u0000", "\\ud800", ",", ";", "\n", "[[", "0", "true", "\"\"", "é", "1000" }.Select(Encoding.UTF8.GetBytes), [0xFF], [0],
    ];
}
