using System.CommandLine;
using System.CommandLine.Parsing;
using DistGan.Client.Clusters;
using DistGan.Client.CommandLine;
using DistGan.Client.Data;
using DistGan.Client.Jobs;
using DistGan.Grains.Interfaces;
using DistGan.Grains.Interfaces.Jobs;
using DistGan.Hosting.Processes;
using DistGan.Recipes;

namespace DistGan.Client.Commands;

/// <summary><c>submit</c>: gives a job to a cluster.</summary>
public static class SubmitCommand
{
    private static readonly Argument<string?> File = new("RECIPE") { Description = "A recipe file.", Arity = ArgumentArity.ZeroOrOne };
    private static readonly Option<string?> Preset = new("--preset") { Description = "A recipe that comes with the program, instead of a file.", HelpName = "NAME" };
    private static readonly Option<long?> Seed = new("--seed") { Description = "The seed of every random draw.", HelpName = "N" };
    private static readonly Option<long?> Steps = new("--steps") { Description = "Steps of each replica.", HelpName = "N" };
    private static readonly Option<int?> Threads = new("--threads") { Description = "CPU threads of a replica; without it, what the leased slots offer.", HelpName = "N" };
    private static readonly Option<int?> Replicas = new("--replicas") { Description = "Generator/discriminator pairs that train at the same time, each on a slot.", HelpName = "N" };

    private static readonly Option<string?> Job = new("--job") { Description = "The name of the job: the same recipe under the same name is one job, however often it is submitted.", HelpName = "NAME" };
    private static readonly Option<string?> From = new("--from") { Description = "Begin with the weights of this run or job, or with the generator of this safetensors file; its recipe too, where none is given.", HelpName = "RUN_DIR|JOB|FILE" };
    private static readonly Option<int?> Replica = new("--replica") { Description = "Which replica of the run that --from names; the one that was last scored best without it.", HelpName = "N" };
    private static readonly Option<bool> Detach = new("--detach") { Description = "Returns once the job is submitted, instead of showing it." };
    private static readonly Option<string?> User = new("--user") { Description = "Whose share of the slots the job uses; without it, that of nobody in particular.", HelpName = "NAME" };
    private static readonly Option<int> Priority = new("--priority") { Description = "A waiting job of a higher priority gets its slots first; -100 to 100.", HelpName = "N" };

    public static CommandEntry Create(CommandConsole console)
    {
        var command = new Command("submit", "Gives a job to a cluster and shows it as 'watch' does; its name is that of the recipe, with a number where that is taken.")
        {
            File, Preset, Job, CommonOptions.Set, Seed, Steps, Threads, Replicas, From, Replica, User, Priority, Detach, ClusterArguments.Cluster, CommonOptions.Quiet, CommonOptions.Output, CommonOptions.NoColor,
        };
        command.Validators.Add(static result => CommonOptions.RefuseContradictions(result, [.. Shortcuts(result)]));
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var job = await JobSubmitter.PrepareAsync(console, await SourceAsync(console, parsed, cancellationToken), cancellationToken);
            return await ClusterSession.RunAsync(console, ClusterArguments.Address(parsed), jobs => RunAsync(console.With(parsed), parsed, jobs, job));
        });
        return new(command,
        [
            new("distgan submit --preset ring --replicas 3", "to the cluster of this machine, or of the environment; Ctrl-C leaves the job running"),
            new("distgan submit my.yaml --job mine --detach", "for a script, which may submit it again: it is one job"),
            new("distgan submit --from clothes --set generator.optimizer.rate=5e-5", "a new job that begins with the weights of another"),
            new("distgan submit my.yaml --set name=mine --cluster lab", "to a cluster of the user's config file, under another name"),
        ]);
    }

    private static async Task<SubmitSource> SourceAsync(CommandConsole console, ParseResult parsed, CancellationToken cancellationToken)
    {
        var (file, preset, from, replica) = (parsed.GetValue(File), parsed.GetValue(Preset), parsed.GetValue(From), parsed.GetValue(Replica));
        if (file is null && preset is null && from is null)
        {
            console.Error.WriteLine($"no recipe is given: preset {Presets.Default}");
        }

        if (replica is not null && from is null)
        {
            throw new CommandException(ExitCodes.Usage, $"--replica {replica}: belongs to --from; give that too, or leave it away. --replicas N is how many train.");
        }

        var folder = from is null ? null : await RunOrJob.SourceAsync(console, parsed, from, cancellationToken);
        return new(file, preset, [.. parsed.GetValue(CommonOptions.Set) ?? [], .. Shortcuts(parsed.CommandResult).Select(static shortcut => shortcut.Assignment)], folder, replica);
    }

    private static async Task<int> RunAsync(CommandConsole console, ParseResult parsed, IJobControl jobs, PreparedJob prepared)
    {
        var isNamed = parsed.GetValue(Job) is not null || (parsed.GetValue(CommonOptions.Set) ?? []).Any(static text => text.StartsWith("name=", StringComparison.Ordinal));
        var place = (parsed.GetValue(User), parsed.GetValue(Priority), parsed.GetValue(Job) is not null);
        if (await SubmitAsync(console, parsed, jobs, prepared, (isNamed, place)) is not { } submitted)
        {
            return ExitCodes.Interrupted;
        }

        var (job, isExisting) = submitted;
        var said = isExisting ? $"submitted {job} (before, with this recipe: nothing is changed)" : $"submitted {job}";
        if (parsed.GetValue(Detach))
        {
            return await SubmissionEnd.WriteAsync(console, parsed, jobs, job, said, isExisting);
        }

        // Piped reports come alone.
        (console.IsTerminal && parsed.GetValue(CommonOptions.Output) != OutputFormat.Json ? console.Out : console.Error).WriteLine(said);
        return await new JobWatch(console, jobs, new() { Job = job, Format = parsed.GetValue(CommonOptions.Output), Quiet = parsed.GetValue(CommonOptions.Quiet), Cluster = ClusterArguments.Again(parsed) }).RunAsync();
    }

    /// <summary>Uploads and submits; null where Ctrl-C has ended it, which is said.</summary>
    private static async Task<(JobId Job, bool IsExisting)?> SubmitAsync(
        CommandConsole console, ParseResult parsed, IJobControl jobs, PreparedJob prepared, (bool IsNamed, (string? User, int Priority, bool Once) Place) how)
    {
        using var left = new CancellationTokenSource();
        using var signals = new StopSignals(left.Cancel, () => HardExit.Now(ExitCodes.Interrupted), console.Time);
        var submitter = new JobSubmitter(jobs);
        try
        {
            var recipe = await new DataUpload(jobs, new LastingCalls(console.Time, console.Error.WriteLine), new DataNotices(console).Report).SendAsync(prepared, Check, left.Token);
            return await submitter.SubmitAsync(recipe, how.IsNamed, how.Place, left.Token);
        }
        catch (OperationCanceledException) when (left.IsCancellationRequested)
        {
            console.Error.WriteLine(submitter.Tried is { } job
                ? $"interrupted while the cluster takes the job '{job}', which may be there: {CommandForm.Of(["describe", job.Value, .. ClusterArguments.Again(parsed)])}"
                : "interrupted: no job is submitted; what was uploaded stays for a day, and the next 'submit' goes on there");
            return null;
        }

        Task Check(Recipe recipe) => how.IsNamed ? submitter.ThrowIfTakenAsync(recipe, how.Place.Once, left.Token) : Task.CompletedTask;
    }

    /// <summary>The assignments that options stand for, and the options as they were written.</summary>
    private static IEnumerable<(string Assignment, string Shown)> Shortcuts(SymbolResult result)
    {
        (string Key, Option Option)[] all = [("seed", Seed), ("budget.steps", Steps), ("threads", Threads), ("topology.replicas", Replicas)];
        var numbers = all
            .Select(one => (one.Key, one.Option, Value: CommonOptions.WholeNumber(result, one.Option)))
            .Where(static one => one.Value is not null)
            .Select(static one => ($"{one.Key}={one.Value}", $"{one.Option.Name} {one.Value}"));
        return result.GetResult(Job) is { Tokens: [.., var name] } ? numbers.Append(($"name={name.Value}", $"{Job.Name} {name.Value}")) : numbers;
    }
}
