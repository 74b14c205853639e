using ActiveCitizens.Bench;
using BenchmarkDotNet.Running;

// "growth", "files" and "voting" measure on the spot and print a table; anything else goes to BenchmarkDotNet.
switch (args)
{
    case ["growth", ..]:
        Growth.Print(Console.Out);
        break;
    case ["files", .. var paths]:
        Files.Print(Console.Out, paths);
        break;
    case ["voting", ..]:
        Exponentiations.Print(Console.Out);
        break;
    default:
        BenchmarkSwitcher.FromAssembly(typeof(CountingBenchmarks).Assembly).Run(args);
        break;
}
