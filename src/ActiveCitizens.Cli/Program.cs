using ActiveCitizens.Cli;
using ActiveCitizens.Cli.Secrets;

return CommandLine.Run(args, Console.OpenStandardOutput(), Console.Error, progress: !Console.IsErrorRedirected, wide: Console.IsOutputRedirected, Terminal.AskSecret);
