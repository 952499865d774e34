using System.CommandLine;
using DistGan.Client.Clusters;
using DistGan.Client.CommandLine;
using DistGan.Grains.Interfaces;

namespace DistGan.Client.Commands;

/// <summary><c>watch JOB</c>: shows a job of a cluster until it ends.</summary>
public static class WatchCommand
{
    public static CommandEntry Create(CommandConsole console)
    {
        var job = ClusterArguments.Job();
        var command = new Command("watch", "Shows a job of a cluster until it ends, with its exit code; Ctrl-C leaves the job alone. Piped: a line a report, and events on standard error.")
        {
            job, ClusterArguments.Cluster, CommonOptions.Quiet, CommonOptions.Output, CommonOptions.NoColor,
        };
        command.SetAction((parsed, _) => ClusterSession.RunAsync(console, ClusterArguments.Address(parsed), jobs => new JobWatch(console.With(parsed), jobs, new()
        {
            Job = new JobId(parsed.GetRequiredValue(job)),
            Format = parsed.GetValue(CommonOptions.Output),
            Quiet = parsed.GetValue(CommonOptions.Quiet),
            Cluster = ClusterArguments.Again(parsed),
        }).RunAsync()));
        return new(command,
        [
            new("distgan watch fashion", "curves, replicas, samples and events, until the job ends"),
            new("distgan watch fashion --cluster lab > reports.txt", "a line a report; the events are shown"),
        ]);
    }
}
