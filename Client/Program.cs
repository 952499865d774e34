using DistGan.Client.CommandLine;

return await Cli.RunAsync(args, CommandConsole.ForProcess());
