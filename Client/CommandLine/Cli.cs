using System.CommandLine;
using System.CommandLine.Help;
using DistGan.Recipes;

namespace DistGan.Client.CommandLine;

/// <summary>From arguments to an exit code: parses, runs, and turns every failure into sentences on standard error.</summary>
public static class Cli
{
    public static async Task<int> RunAsync(string[] args, CommandConsole console)
    {
        var parsed = CommandTree.Build(console).Parse(args);
        var wantsToKnow = parsed.Action is HelpWithExamples or HelpAction
            || parsed.RootCommandResult.Command.Options.OfType<VersionOption>().Any(option => parsed.GetResult(option) is { Implicit: false });
        if (!wantsToKnow && UsageErrors.IsIncomplete(parsed))
        {
            await CommandTree.Build(console).Parse([.. args, "--help"]).InvokeAsync(new InvocationConfiguration { Output = console.Error, Error = console.Error });
            return ExitCodes.Usage;
        }

        if (!wantsToKnow && (parsed.Errors.Count > 0 || UsageErrors.UnknownOptions(parsed).Count > 0))
        {
            UsageErrors.Write(parsed, console.Error);
            return ExitCodes.Usage;
        }

        try
        {
            return await parsed.InvokeAsync(new InvocationConfiguration
            {
                Output = console.Out,
                Error = console.Error,
                EnableDefaultExceptionHandler = false,
                // The commands handle signals themselves: a job ends with a snapshot.
                ProcessTerminationTimeout = null,
            });
        }
        catch (Exception exception)
        {
            return Explain(exception, console);
        }
    }

    private static int Explain(Exception exception, CommandConsole console)
    {
        switch (exception)
        {
            case InvalidRecipeException invalid:
                WriteErrors(invalid, console.Error);
                return ExitCodes.Usage;
            case CommandException command:
                console.Error.WriteLine(command.Message);
                return command.ExitCode;
            case DistGanException failure:
                console.Error.WriteLine(failure.Message);
                return ExitCodes.Failed;
            case UnauthorizedAccessException denied:
                console.Error.WriteLine($"The system refuses: {denied.Message.TrimEnd('.')}; choose another place, or give yourself access.");
                return ExitCodes.Refused;
            case OperationCanceledException:
                return ExitCodes.Interrupted;
            default:
                console.Error.WriteLine(CrashReport.Write(exception, console.Time));
                return ExitCodes.Failed;
        }
    }

    private static void WriteErrors(InvalidRecipeException invalid, TextWriter error)
    {
        var count = invalid.Errors.Count;
        error.WriteLine(count == 1 ? "The recipe has an error; nothing was started." : $"The recipe has {count} errors; nothing was started.");
        foreach (var entry in invalid.Errors)
        {
            error.WriteLine(invalid.Origin is null ? $"  {entry}" : $"  {invalid.Origin}: {entry}");
        }
    }
}
