using System.Text;
using ActiveCitizens.Budgeting.Pabulib;
using ActiveCitizens.Budgeting.Tests.Golden;
using CsCheck;

namespace ActiveCitizens.Budgeting.Tests.Pabulib;

public sealed class MalformedFileTests
{
    private const string Good = """
        META
        key;value
        description;Two projects
        num_projects;2
        num_votes;3
        budget;10
        vote_type;approval
        min_length;1
        max_length;2
        PROJECTS
        project_id;cost;name
        1;6;Bench
        2;5;Tree
        VOTES
        voter_id;vote
        a;1
        b;1,2
        c;2
        """;

    public static TheoryData<string, string, PabulibError, int, int> Corpus => new()
    {
        { "META", "METAL", PabulibError.SectionExpected, 1, 1 },
        { "key;value\n", "", PabulibError.HeaderMissing, 2, 1 },
        { "num_votes;3", "num_votes;4", PabulibError.WrongNumber, 5, 11 },
        { "num_projects;2", "num_projects;3", PabulibError.WrongNumber, 4, 14 },
        { "num_votes;3", "num_votes;lots", PabulibError.NumberExpected, 5, 11 },
        { "budget;10", "budget;1e999999", PabulibError.NumberExpected, 6, 8 },
        { "budget;10", "budget;-10", PabulibError.NumberExpected, 6, 8 },
        { "budget;10\n", "", PabulibError.KeyMissing, 1, 1 },
        { "vote_type;approval", "vote_type;guess", PabulibError.UnknownVoteType, 7, 11 },
        { "vote_type;approval", "vote_type;cumulative", PabulibError.ColumnMissing, 15, 1 },
        { "description;Two projects", "budget;9", PabulibError.KeyTwice, 6, 1 },
        { "PROJECTS\n", "", PabulibError.SectionMissing, 17, 4 },
        { "VOTES\n", "", PabulibError.SectionMissing, 17, 4 },
        { "project_id;cost;name", "project_id;price;name", PabulibError.ColumnMissing, 11, 1 },
        { "project_id;cost;name", "project_id;cost;cost", PabulibError.ColumnTwice, 11, 17 },
        { "1;6;Bench", "1;=SUM(A1:A9);Bench", PabulibError.NumberExpected, 12, 3 },
        { "1;6;Bench", "1;1e999999;Bench", PabulibError.NumberExpected, 12, 3 },
        { "1;6;Bench", ";6;Bench", PabulibError.ProjectIdMissing, 12, 1 },
        { "2;5;Tree", "1;5;Tree", PabulibError.ProjectIdTwice, 13, 1 },
        { "2;5;Tree", "2;5;\"Tree", PabulibError.QuoteNotClosed, 13, 5 },
        { "b;1,2", "a;1,2", PabulibError.VoterIdTwice, 17, 1 },
        { "b;1,2", ";1,2", PabulibError.VoterIdMissing, 17, 1 },
        { "b;1,2", "b;1,02", PabulibError.UnknownProject, 17, 5 },
        { "c;2", "c;é9", PabulibError.UnknownProject, 18, 3 },
        { "c;2", "c;", PabulibError.BallotLength, 18, 3 },
        { "max_length;2", "max_length;1", PabulibError.BallotLength, 17, 3 },
    };

    [Theory, MemberData(nameof(Corpus))]
    public void Each_fault_is_named_with_its_line_and_column(string original, string fault, PabulibError error, int line, int column)
    {
        var refused = Assert.Throws<PabulibFormatException>(() => Read(Good.Replace(original, fault, StringComparison.Ordinal)));
        var problem = Assert.Single(refused.Problems, p => p.Error == error);
        Assert.Equal((line, column), (problem.Line, problem.Column));
        Assert.NotEmpty(problem.Expected);
        Assert.NotEmpty(problem.Advice);
    }

    [Fact]
    public void The_file_without_fault_is_read() => Assert.Equal(3, Read(Good).Instance.VoterCount);

    [Fact]
    public void A_cost_of_a_hundred_thousand_digits_is_refused_at_once() =>
        Assert.Equal(PabulibError.NumberExpected, Problem(Good.Replace("1;6;", $"1;{new string('9', 100_000)};", StringComparison.Ordinal)).Error);

    [Fact]
    public void A_formula_in_a_name_stays_text() =>
        Assert.Equal("=HYPERLINK(\"http://x\")", Read(Good.Replace("Bench", "\"=HYPERLINK(\"\"http://x\"\")\"", StringComparison.Ordinal)).Instance.Projects[0].Name);

    [Theory]
    [InlineData("utf-16")]
    [InlineData("iso-8859-1")]
    public void Another_encoding_is_named(string encoding)
    {
        using var stream = new MemoryStream([.. Encoding.GetEncoding(encoding).GetPreamble(), .. Encoding.GetEncoding(encoding).GetBytes(Good.Replace("Tree", "Forêt", StringComparison.Ordinal))]);
        var refused = Assert.Throws<PabulibFormatException>(() => PabulibReader.Read(stream));
        Assert.Equal(PabulibError.NotUtf8, refused.Problems[0].Error);
        Assert.Equal(encoding == "utf-16" ? (1, 1) : (13, 8), (refused.Problems[0].Line, refused.Problems[0].Column));
    }

    [Fact]
    public void A_stream_without_end_stops_at_the_limit()
    {
        using var endless = new Endless();
        var refused = Assert.Throws<PabulibFormatException>(() => PabulibReader.Read(endless, new() { MaxBytes = 3 << 20 }));
        Assert.Equal(PabulibError.TooLarge, refused.Problems[0].Error);
    }

    [Fact]
    public void A_line_without_end_stops_at_the_limit() =>
        Assert.Equal(PabulibError.CellTooLong, Problem(Good.Replace("Bench", new string('x', 2 << 20), StringComparison.Ordinal)).Error);

    [Fact]
    public void Many_errors_are_reported_together_up_to_a_limit()
    {
        var refused = Assert.Throws<PabulibFormatException>(() => Read(Good + string.Concat(Enumerable.Range(0, 100).Select(i => $"\nv{i};nowhere"))));
        Assert.Equal(new PabulibReadOptions().MaxProblems, refused.Problems.Count);
    }

    [Fact]
    public void Every_truncation_is_refused_or_is_a_smaller_whole_file() =>
        Assert.All(Enumerable.Range(0, Good.Length), length => ReadOrRefuse(Encoding.UTF8.GetBytes(Good[..length])));

    [Fact]
    public void However_a_file_is_damaged_the_reader_reads_it_or_says_why_not()
    {
        var files = GoldenSet.Copied.Names.Where(n => n.StartsWith("edge", StringComparison.Ordinal)).Select(GoldenSet.Copied.Bytes).ToArray();
        var damage = Gen.Select(Gen.Int[0, 4], Gen.Double.Unit, Gen.Double.Unit, Gen.Byte).List[1, 6];
        Gen.Select(Gen.OneOfConst(files), damage).Sample((file, damages) =>
        {
            List<byte> bytes = [.. file];
            foreach (var (kind, where, much, value) in damages)
            {
                var at = (int)(where * bytes.Count);
                var count = Math.Min(bytes.Count - at, (int)(much * 40));
                switch (kind)
                {
                    case 0: bytes.RemoveRange(at, count); break;
                    case 1: bytes.InsertRange(at, bytes.GetRange(at, count)); break;
                    case 2: bytes.Insert(at, value); break;
                    case 3: bytes.Insert(at, (byte)";\"\n,.-0"[value % 7]); break;
                    default: bytes.RemoveRange(at, bytes.Count - at); break;
                }
            }

            ReadOrRefuse([.. bytes]);
        }, iter: 20_000);
    }

    private static void ReadOrRefuse(byte[] bytes)
    {
        try
        {
            using var stream = new MemoryStream(bytes);
            var file = PabulibReader.Read(stream);
            using var back = new MemoryStream();
            PabulibWriter.Write(file, back);
            Assert.Equal(bytes, back.ToArray());
        }
        catch (PabulibFormatException refused)
        {
            Assert.NotEmpty(refused.Problems);
            Assert.All(refused.Problems, p => Assert.True(p.Line >= 0 && p.Column >= 0));
        }
    }

    private static PabulibProblem Problem(string text) => Assert.Throws<PabulibFormatException>(() => Read(text)).Problems[0];

    private static PabulibFile Read(string text)
    {
        using var stream = new MemoryStream(Encoding.UTF8.GetBytes(text));
        return PabulibReader.Read(stream);
    }

    private sealed class Endless : Stream
    {
        public override bool CanRead => true;

        public override bool CanSeek => false;

        public override bool CanWrite => false;

        public override long Length => throw new NotSupportedException();

        public override long Position { get => 0; set => throw new NotSupportedException(); }

        public override void Flush()
        {
        }

        public override int Read(byte[] buffer, int offset, int count)
        {
            buffer.AsSpan(offset, count).Fill((byte)'x');
            return count;
        }

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
    }
}
