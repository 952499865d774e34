using System.CommandLine;
using System.Text.Json.Nodes;
using DistGan.Client.CommandLine;
using DistGan.Client.Display;
using DistGan.Client.Jobs;
using DistGan.Client.Runs.Catalog;
using DistGan.Client.Runs.Contents;

namespace DistGan.Client.Commands;

/// <summary><c>prune</c>: removes old runs by rule, after showing them.</summary>
public sealed class PruneCommand
{
    private const string Schema = "distgan.prune/1";

    private readonly Option<int?> _keep = new("--keep") { Description = "The newest N runs stay.", HelpName = "N" };
    private readonly Option<string?> _olderThan = new("--older-than") { Description = $"Only runs not written to for so long: {Ages.Form}.", HelpName = "AGE" };
    private readonly Option<bool> _failed = new("--failed") { Description = "Only runs that failed." };
    private readonly CommandConsole _console;

    private PruneCommand(CommandConsole console)
    {
        _console = console;
        _keep.Validators.Add(static result =>
        {
            if (result.Tokens is [var token] && (!int.TryParse(token.Value, out var keep) || keep < 0))
            {
                result.AddError($"--keep {token.Value}: a whole number from 0 on is needed.");
            }
        });
        _olderThan.Validators.Add(static result =>
        {
            if (result.Tokens is [var token] && Ages.Parse(token.Value) is null)
            {
                result.AddError($"--older-than {token.Value}: {Ages.Form} is needed.");
            }
        });
    }

    public static CommandEntry Create(CommandConsole console)
    {
        var prune = new PruneCommand(console);
        var command = new Command("prune", "Removes runs that meet every condition given, after showing which and how much they hold; never one that is running.")
        {
            prune._keep, prune._olderThan, prune._failed, RunOptions.Runs, CommonOptions.Yes, CommonOptions.Output,
        };
        command.Validators.Add(result =>
        {
            if (result.GetResult(prune._keep) is null && result.GetResult(prune._olderThan) is null && result.GetResult(prune._failed) is null)
            {
                result.AddError("prune needs a condition: --keep N, --older-than AGE or --failed.");
            }
        });
        command.SetAction(prune.RunAsync);
        return new(command,
        [
            new("distgan prune --keep 5", "shows all but the newest five, asks, and removes them"),
            new("distgan prune --older-than 7d --failed --yes", "removes failed runs older than a week, without asking"),
        ]);
    }

    private async Task<int> RunAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        var catalog = RunOptions.Asked(parsed);
        var age = parsed.GetValue(_olderThan) is { } text ? Ages.Parse(text) : null;
        var rule = new PruneRule(parsed.GetValue(_keep), age, parsed.GetValue(_failed));
        var chosen = rule.Choose(await catalog.ListAsync(cancellationToken), _console.Time.GetUtcNow());
        var isJson = parsed.GetValue(CommonOptions.Output) == OutputFormat.Json;
        var writer = isJson ? _console.Error : _console.Out;
        var runs = await RemovableAsync(catalog, chosen, cancellationToken);
        Show(runs, writer);
        var bytes = runs.Sum(static run => run.Bytes);
        if (runs.Count > 0 && !Confirmation.Ask(_console, parsed.GetValue(CommonOptions.Yes), $"Remove {Count(runs.Count)}, {Text.Bytes(bytes)}?"))
        {
            _console.Error.WriteLine("Nothing is removed.");
            return ExitCodes.Refused;
        }

        foreach (var run in runs)
        {
            await catalog.DeleteAsync(run.Place, cancellationToken);
        }

        WriteEnd(runs, bytes, isJson);
        return ExitCodes.Done;
    }

    /// <summary>Says which runs stay although the conditions would let them go.</summary>
    private async Task<IReadOnlyList<RunFacts>> RemovableAsync(IRunCatalog catalog, IReadOnlyList<RunFacts> chosen, CancellationToken cancellationToken)
    {
        var removable = new List<RunFacts>();
        foreach (var run in chosen)
        {
            if (await catalog.RefusalAsync(run.Place, cancellationToken) is { } refusal)
            {
                _console.Error.WriteLine($"warning: {refusal}");
            }
            else
            {
                removable.Add(run);
            }
        }

        return removable;
    }

    private void Show(IReadOnlyList<RunFacts> runs, TextWriter writer)
    {
        if (runs.Count == 0)
        {
            writer.WriteLine("There is nothing to remove.");
            return;
        }

        var table = new TextTable("run", "state", "#steps", "#age", "#size");
        foreach (var run in runs)
        {
            table.Add(CommandForm.PathOf(run.Place, Environment.CurrentDirectory), run.StateName, $"{run.Steps}", Ages.Write(_console.Time.GetUtcNow() - run.Updated), Text.Bytes(run.Bytes));
        }

        table.Write(writer);
    }

    private void WriteEnd(IReadOnlyList<RunFacts> runs, long bytes, bool isJson)
    {
        if (isJson)
        {
            JsonOutput.Write(_console.Out, new JsonObject
            {
                ["schema"] = Schema,
                ["removed"] = new JsonArray([.. runs.Select(static run => (JsonNode)RunDocument.Of(run))]),
                ["bytes"] = bytes,
            });
        }
        else if (runs.Count > 0)
        {
            _console.Out.WriteLine($"removed {Count(runs.Count)}, {Text.Bytes(bytes)}");
        }
    }

    private static string Count(int runs) => runs == 1 ? "1 run" : $"{runs} runs";
}
