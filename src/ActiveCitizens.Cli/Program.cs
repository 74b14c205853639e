using ActiveCitizens.Cli;

return CommandLine.Run(args, Console.OpenStandardOutput(), Console.Error, progress: !Console.IsErrorRedirected, wide: Console.IsOutputRedirected);
