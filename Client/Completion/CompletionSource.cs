using System.CommandLine;
using System.CommandLine.Completions;
using DistGan.Client.Clusters;
using DistGan.Client.CommandLine;
using DistGan.Client.Commands;
using DistGan.Recipes;
using Orleans.Runtime;

namespace DistGan.Client.Completion;

/// <summary>What can stand in the place of an argument or of the value of an option, by its name.</summary>
internal static class CompletionSource
{
    private static readonly TimeSpan AtOnce = TimeSpan.FromSeconds(2);

    /// <summary>Gives every option and argument below a command that has a known name its words.</summary>
    public static void AddTo(Command command)
    {
        foreach (var option in command.Options)
        {
            AddTo(option.Name, option.CompletionSources);
        }

        foreach (var argument in command.Arguments)
        {
            AddTo(argument.Name, argument.CompletionSources);
        }

        foreach (var below in command.Subcommands)
        {
            AddTo(below);
        }
    }

    private static void AddTo(string name, List<Func<CompletionContext, IEnumerable<CompletionItem>>> sources)
    {
        Func<CompletionContext, IEnumerable<string>>? words = name switch
        {
            "--preset" => static _ => Presets.List.Select(static preset => preset.Name),
            "--set" => static _ => RecipeKeys.All.Select(static key => $"{key.Path}=").Distinct(),
            "KEY" => static _ => RecipeKeys.All.Select(static key => key.Path).Distinct(),
            "--output" => static _ => ["json", "table", "wide"],
            "--cluster" => static _ => [.. ClusterProfiles.OfUser().File.Names(), "localhost"],
            "JOB" or "RUN_DIR|JOB" => static context => Jobs(context.ParseResult),
            _ => null,
        };
        if (words is not null)
        {
            // An option that several commands share has its words once.
            sources.Clear();
            sources.Add(context => words(context).Select(static word => new CompletionItem(word)));
        }
    }

    /// <summary>The jobs of the cluster, where it answers at once.</summary>
    private static IEnumerable<string> Jobs(ParseResult parsed)
    {
        try
        {
            return JobsAsync(ClusterArguments.Address(parsed)).WaitAsync(AtOnce + AtOnce).GetAwaiter().GetResult();
        }
        catch (Exception exception) when (exception is CommandException or OrleansException or TimeoutException or OperationCanceledException)
        {
            return [];
        }
    }

    private static async Task<IReadOnlyList<string>> JobsAsync(ClusterAddress address)
    {
        await using var connection = await ClusterConnection.OpenAsync(address, AtOnce);
        return [.. (await connection.Jobs.ListAsync(CancellationToken.None)).Select(static job => job.Job.Value)];
    }
}
