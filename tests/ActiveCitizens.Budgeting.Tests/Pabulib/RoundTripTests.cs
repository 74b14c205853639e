using System.Text;
using ActiveCitizens.Budgeting.Pabulib;
using ActiveCitizens.Budgeting.Tests.Golden;
using CsCheck;

namespace ActiveCitizens.Budgeting.Tests.Pabulib;

public sealed class RoundTripTests
{
    [Fact]
    public void Copied_files_come_back_byte_for_byte() => Assert.All(GoldenSet.Copied.Names, name => ComesBack(GoldenSet.Copied, name));

    [Fact]
    public void All_files_come_back_byte_for_byte()
    {
        if (GoldenSet.Whole is not { } whole)
        {
            Assert.Skip("The folder shared/pabulib does not lie beside the repository: only the copied files were written back.");
            return;
        }

        Assert.All(whole.Names, name => ComesBack(whole, name));
    }

    private static void ComesBack(GoldenSet set, string name)
    {
        var before = set.Bytes(name);
        using var after = new MemoryStream();
        PabulibWriter.Write(set.Read(name), after);
        Assert.True(before.AsSpan().SequenceEqual(after.GetBuffer().AsSpan(0, (int)after.Length)), name);
    }

    [Fact]
    public void Columns_about_voters_can_be_left_out_and_nothing_else_changes()
    {
        const string Before = "META\r\nkey;value\r\nnum_projects;2\r\nnum_votes;2\r\nbudget;10,50\r\nvote_type;approval\r\nPROJECTS\r\nproject_id;cost\r\na;6\r\nb;5\r\nVOTES\r\nvoter_id;age;vote;sex\r\n1;34;\"a,b\";F\r\n\r\n2;;b;M";
        using var after = new MemoryStream();
        PabulibWriter.Write(Read(Before), after, column => column is "voter_id" or "vote");
        Assert.Equal(Before.Replace("age;vote;sex", "vote", StringComparison.Ordinal).Replace("34;\"a,b\";F", "\"a,b\"", StringComparison.Ordinal).Replace(";;b;M", ";b", StringComparison.Ordinal), Encoding.UTF8.GetString(after.ToArray()));
    }

    [Fact]
    public void Whatever_text_is_written_is_read_again()
    {
        var cell = Gen.String[Gen.Char["aé;\"\n,x=+ "], 0, 12].Select(text => text.Trim());
        Gen.Select(cell, cell.List[1, 5], Gen.Int[0, 6].List[0, 8]).Sample((description, names, votes) =>
        {
            using var stream = new MemoryStream();
            string Id(int project) => $"p{project % names.Count}";
            PabulibWriter.Write(
                stream,
                new Dictionary<string, string>(StringComparer.Ordinal) { ["vote_type"] = "approval", ["budget"] = "12.5", ["description"] = description, ["num_projects"] = $"{names.Count}", ["num_votes"] = $"{votes.Count}" },
                ["project_id", "cost", "name"], names.Select((name, i) => new[] { Id(i), "3", name }),
                ["voter_id", "vote"], votes.Select((vote, i) => new[] { $"{i}", Id(vote) }));
            stream.Position = 0;
            var file = PabulibReader.Read(stream);
            Assert.Equal(description, file.MetaValue("description"));
            Assert.Equal("description", file.Meta[0].Key);
            Assert.Equal(names.Select((name, i) => name.Length == 0 ? Id(i) : name), file.Instance.Projects.Select(p => p.Name));
            Assert.Equal(votes.Count, file.Instance.VoterCount);
        }, iter: 3_000);
    }

    private static PabulibFile Read(string text)
    {
        using var stream = new MemoryStream(Encoding.UTF8.GetBytes(text));
        return PabulibReader.Read(stream);
    }
}
