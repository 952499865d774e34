using System.CommandLine;
using DistGan.Client.CommandLine;
using DistGan.Client.Runs.Catalog;

namespace DistGan.Client.Commands;

/// <summary>Arguments that the commands on runs share.</summary>
internal static class RunOptions
{
    /// <summary>The folder of the runs.</summary>
    public static Option<string> Runs { get; } = new("--runs")
    {
        Description = "The folder whose folders are runs.",
        HelpName = "DIR",
        DefaultValueFactory = static _ => "runs",
    };

    /// <summary>The runs below a folder.</summary>
    public static IRunCatalog Catalog(string runs) => new LocalRuns(Path.GetFullPath(runs, Environment.CurrentDirectory), Environment.CurrentDirectory);

    /// <summary>The runs below a folder that must be there if it is not the default one.</summary>
    /// <exception cref="CommandException">There is no such folder.</exception>
    public static IRunCatalog Asked(ParseResult parsed)
    {
        var asked = parsed.GetValue(Runs) ?? "runs";
        return parsed.GetResult(Runs) is { Implicit: false } && !Directory.Exists(Path.GetFullPath(asked, Environment.CurrentDirectory))
            ? throw new CommandException(ExitCodes.NotFound, $"--runs {asked}: there is no such folder.")
            : Catalog(asked);
    }
}
