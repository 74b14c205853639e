using ActiveCitizens.Budgeting.Pabulib;
using BenchmarkDotNet.Attributes;

namespace ActiveCitizens.Bench;

/// <summary>Question answered: does reading a large city's ballots cost less than counting them?</summary>
[MemoryDiagnoser]
public class ReadingBenchmarks
{
    private byte[] _file = [];

    [Params(100_000)] // a large city
    public int Voters { get; set; }

    [GlobalSetup]
    public void WriteFile() => _file = SyntheticVote.File(SyntheticVote.Draw(Voters, seed: 20_26));

    [Benchmark]
    public PabulibFile Read()
    {
        using var stream = new MemoryStream(_file);
        return PabulibReader.Read(stream);
    }
}
