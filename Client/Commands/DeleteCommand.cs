using System.CommandLine;
using DistGan.Client.CommandLine;
using DistGan.Client.Display;

namespace DistGan.Client.Commands;

/// <summary><c>delete RUN_DIR</c>: removes a run.</summary>
public static class DeleteCommand
{
    public static CommandEntry Create(CommandConsole console)
    {
        var folder = RunOptions.RunFolder();
        var command = new Command("delete", "Removes a run with everything in it, after asking; never one that is running.") { folder, CommonOptions.Yes };
        command.SetAction((parsed, cancellationToken) => RunAsync(console, parsed, parsed.GetRequiredValue(folder), cancellationToken));
        return new(command,
        [
            new("distgan delete runs/fashion-2", "asks, then removes"),
            new("distgan delete runs/fashion-2 --yes", "removes without asking, as a script must"),
        ]);
    }

    private static async Task<int> RunAsync(CommandConsole console, ParseResult parsed, string asked, CancellationToken cancellationToken)
    {
        var catalog = RunOptions.Asked(parsed);
        if (await catalog.RefusalAsync(asked, cancellationToken) is { } refusal)
        {
            throw new CommandException(ExitCodes.Refused, refusal);
        }

        var facts = (await catalog.DescribeAsync(asked, cancellationToken)).Facts;
        if (!Confirmation.Ask(console, parsed.GetValue(CommonOptions.Yes), $"Remove the run '{asked}' ({Text.Count(facts.Steps, "step")}, {Text.Bytes(facts.Bytes)})?"))
        {
            console.Error.WriteLine("Nothing is removed.");
            return ExitCodes.Refused;
        }

        await catalog.DeleteAsync(asked, cancellationToken);
        console.Out.WriteLine($"removed {asked} ({Text.Bytes(facts.Bytes)})");
        return ExitCodes.Done;
    }
}
