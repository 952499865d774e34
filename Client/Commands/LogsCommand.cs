using System.CommandLine;
using System.Text.Json;
using DistGan.Client.Clusters;
using DistGan.Client.CommandLine;
using DistGan.Client.Jobs;
using DistGan.Grains.Interfaces;
using DistGan.Grains.Interfaces.Jobs;
using DistGan.Hosting.Processes;
using DistGan.Silo.Documents;

namespace DistGan.Client.Commands;

/// <summary><c>logs JOB</c>: the events of a job of a cluster.</summary>
public static class LogsCommand
{
    private const string Schema = "distgan.event/1";

    private static readonly Option<bool> Follow = new("--follow", "-f") { Description = "Goes on with what comes, until the job ends." };
    private static readonly Option<int?> Replica = new("--replica") { Description = "Only what is about this replica.", HelpName = "N" };

    public static CommandEntry Create(CommandConsole console)
    {
        var job = ClusterArguments.Job();
        var command = new Command("logs", "Writes the events of a job of a cluster, a line each, the oldest first.") { job, Follow, Replica, ClusterArguments.Cluster, CommonOptions.Output };
        command.SetAction((parsed, _) => ClusterSession.RunAsync(console, ClusterArguments.Address(parsed), jobs => RunAsync(console, parsed, jobs, new JobId(parsed.GetRequiredValue(job)))));
        return new(command,
        [
            new("distgan logs fashion", "what has happened so far"),
            new("distgan logs fashion -f --replica 2", "what happens to one replica, as it happens"),
            new("distgan logs fashion -o json | jq .kind", "a document a line"),
        ]);
    }

    private static async Task<int> RunAsync(CommandConsole console, ParseResult parsed, IJobControl jobs, JobId job)
    {
        using var left = new CancellationTokenSource();
        using var signals = new StopSignals(left.Cancel, () => HardExit.Now(ExitCodes.Interrupted), console.Time);
        var (json, follow, replica) = (parsed.GetValue(CommonOptions.Output) == OutputFormat.Json, parsed.GetValue(Follow), parsed.GetValue(Replica));
        if (replica is { } asked && (await jobs.DescribeAsync(job, left.Token)).Replicas is { Count: > 0 } known && known.All(one => one.Replica != asked))
        {
            throw new CommandException(ExitCodes.Usage, $"--replica {asked}: the job '{job}' has no such replica; it has {string.Join(", ", known.Select(static one => one.Replica))}.");
        }

        var follower = new JobFollower(jobs, new LastingCalls(console.Time, console.Error.WriteLine));
        await foreach (var progress in follower.FollowAsync(job, left.Token))
        {
            foreach (var entry in progress.Events.Where(entry => replica is null || entry.Replica == replica))
            {
                console.Out.WriteLine(json ? Document(entry) : Line(entry));
            }

            if (!follow && progress.Events.Count < ICoordinatorGrain.EventsInAnswer)
            {
                break;
            }
        }

        return ExitCodes.Done;
    }

    private static string Document(JobEvent entry)
    {
        var document = DocumentJson.Tree(EventDocument.Of(entry));
        document.Insert(0, "schema", Schema);
        return document.ToJsonString(new JsonSerializerOptions(DocumentJson.Options) { WriteIndented = false });
    }

    private static string Line(JobEvent entry)
        => $"{entry.Time.UtcDateTime:yyyy-MM-dd'T'HH:mm:ss'Z'} {entry.Kind}: {(entry.Replica is { } replica ? $"r{replica} " : "")}{entry.Message.ReplaceLineEndings(" ")}";
}
