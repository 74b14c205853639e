using System.Text.Json;
using System.Text.Json.Nodes;

namespace ActiveCitizens.Cli.Tests;

/// <summary>An election held with the command alone, step by step.</summary>
internal sealed class HeldElection(TestCommand command, string group)
{
    public const string Choices = """{"question":"Who?","answers":["Ana","Bo","Chloé"],"min":1,"max":2,"blank":true}""";
    public const string Ranking = """{"type":"NonHomomorphic","value":{"answers":["Park","School","Tram"],"question":"In which order?"},"extra":{"method":"Schulze","blank":true}}""";

    public TestCommand Command => command;

    /// <summary>A roll of voters v1 … and their credentials.</summary>
    public JsonNode Issue(int voters, bool weighted = false)
    {
        var rows = Enumerable.Range(1, voters).Select(i => $"v{i},Voter {i}{(weighted ? $",{i}" : "")}\n");
        command.Save("roll.csv", $"id,name{(weighted ? ",weight" : "")}\n{string.Concat(rows)}");
        var issued = command.Json("credentials", "generate", "@roll.csv", "--group", group, "--out", "@authority", "--plain");
        Uuid = (string)issued["uuid"]!;
        return issued;
    }

    public string Uuid { get; private set; } = "";

    public string MakeKey(string name)
    {
        command.Json("trustee", "key", "new", "--name", name, "--group", group, "--out", "@keys", "--plain");
        return $"@keys/{name}";
    }

    /// <summary>A key ceremony of three members of whom two are needed.</summary>
    /// <returns>Their keys, by member.</returns>
    public string[] HoldCeremony()
    {
        string[] names = ["Anna", "Bilal", "Chloé"];
        for (var i = 0; i < names.Length; i++)
        {
            command.Json("trustee", "threshold", "start", "--group", group, "--size", "3", "--needed", "2", "--member", $"{i + 1}", "--name", names[i], "--key", $"@{names[i]}.seed", "--folder", "@ceremony", "--plain");
        }

        foreach (var step in new[] { "commit", "reveal" })
        {
            Assert.Single(names.Select(name => (string)command.Json("trustee", "threshold", step, "--key", $"@{name}.seed", "--folder", "@ceremony")["certificates_fingerprint"]!).Distinct());
        }

        foreach (var name in names)
        {
            command.Json("trustee", "threshold", "finish", "--key", $"@{name}.seed", "--folder", "@ceremony", "--private-key", $"@{name}.privkey", "--plain");
        }

        var combined = command.Json("trustee", "threshold", "combine", "--group", group, "--size", "3", "--needed", "2", "--folder", "@ceremony", "--out", "@threshold.json");
        Assert.Equal(names, combined["members"]!.AsArray().Select(m => (string)m!["name"]!));
        return [.. names.Select(name => $"@{name}")];
    }

    /// <summary>The archive with its setup.</summary>
    public JsonNode SetUp(string questions, params string[] trustees)
    {
        command.Save("template.json", $$"""{"name":"Conseil « nord »","description":"Test","questions":[{{questions}}]}""");
        return command.Json(["election", "new", "@template.json", "--group", group, "--uuid", Uuid, "--credentials", "@authority/public_credentials.json", "--out", "@e.bel", .. trustees]);
    }

    /// <summary>Makes a ballot and puts it into the box.</summary>
    /// <returns>The tracker.</returns>
    public string Vote(string voter, params int[][] choices)
    {
        command.Save("choices.json", JsonSerializer.Serialize(choices));
        var ballot = $"@ballot-{Guid.NewGuid():N}.json";
        var tracker = (string)command.Json("ballot", "make", "@e.bel", "--choices", "@choices.json", "--credentials", "@authority/private_credentials.json", "--voter", voter, "--out", ballot)["tracker"]!;
        var added = command.Json("ballot", "add", "@e.bel", ballot);
        Assert.Equal(tracker, (string)added["trackers"]![0]!);
        return tracker;
    }

    /// <summary>The election as in earlier.bel with one ballot more, which is not in the box of e.bel.</summary>
    public void Refill(string path, string voter)
    {
        var closed = File.ReadAllBytes(command.PathOf("e.bel"));
        File.Copy(command.PathOf("earlier.bel"), command.PathOf("e.bel"), overwrite: true);
        Vote(voter, [1, 0, 0, 0]);
        File.Move(command.PathOf("e.bel"), path);
        File.WriteAllBytes(command.PathOf("e.bel"), closed);
    }

    /// <summary>Decrypts with the keys named, and computes the result.</summary>
    public JsonNode Count(params string[] keys)
    {
        foreach (var key in keys)
        {
            command.Json("decrypt", "@e.bel", "--key", $"{key}.privkey", "--out", $"{key}.decryption");
        }

        return command.Json(["result", "@e.bel", .. keys.SelectMany(key => new[] { "--decryption", $"{key}.decryption" })]);
    }

    /// <summary>Votes by answer of one question.</summary>
    public static string Votes(JsonNode result, int question) =>
        string.Join(' ', result["result"]![question]!["votes"]!.AsArray().Select(v => v!["votes"]!.ToJsonString()));

    /// <summary>The exit status of <c>election verify</c> on a folder that holds the archive alone.</summary>
    public void AssertVerifies(Voting.Tests.BeleniosTool tool)
    {
        var folder = Directory.CreateDirectory(command.PathOf(Guid.NewGuid().ToString("N")));
        File.Copy(command.PathOf("e.bel"), Path.Combine(folder.FullName, Uuid + ".bel"));
        tool.Print("", "election", "verify", "--dir", folder.FullName);
    }

    /// <summary>Changes the last digit of the first response, which stays in range.</summary>
    public static string WithOtherResponse(string document)
    {
        var digit = document.IndexOf('"', document.IndexOf("\"response\":\"", StringComparison.Ordinal) + 12) - 1;
        return $"{document[..digit]}{(document[digit] == '1' ? '2' : '1')}{document[(digit + 1)..]}";
    }
}
