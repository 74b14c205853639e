using System.Globalization;
using ActiveCitizens.Bench;
using BenchmarkDotNet.Running;

// "growth", "files" and "voting" measure on the spot and print a table, "draw VOTERS FILE" writes the ballots that growth counts,
// "cast …" is bench/cast.sh's, "mutate FILE.bel" tries every changed bit of an archive; anything else goes to BenchmarkDotNet.
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
    case ["draw", var voters, var path]:
        await File.WriteAllBytesAsync(path, SyntheticVote.File(SyntheticVote.Draw(int.Parse(voters, CultureInfo.InvariantCulture), seed: 20_26)));
        break;
    case ["cast", var provider, var connection, var program, var webFolder, var boxes, var ballots, var port]:
        return await CastBallots.MeasureAsync(Console.Out, provider, connection, program, webFolder,
            int.Parse(boxes, CultureInfo.InvariantCulture), int.Parse(ballots, CultureInfo.InvariantCulture), int.Parse(port, CultureInfo.InvariantCulture));
    case ["mutate", var path]:
        return await Mutations.TryAllAsync(Console.Out, path);
    default:
        BenchmarkSwitcher.FromAssembly(typeof(CountingBenchmarks).Assembly).Run(args);
        break;
}

return 0;
