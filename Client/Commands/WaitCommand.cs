using System.CommandLine;
using DistGan.Client.Clusters;
using DistGan.Client.CommandLine;
using DistGan.Grains.Interfaces.Jobs;
using DistGan.Grains.Interfaces;
using DistGan.Silo.Documents;

namespace DistGan.Client.Commands;

/// <summary><c>wait JOB</c>: returns when a job of a cluster has ended, with its exit code.</summary>
public static class WaitCommand
{
    public static CommandEntry Create(CommandConsole console)
    {
        var job = ClusterArguments.Job();
        var timeout = new Option<string?>("--timeout") { Description = "How long to wait at most; exit code 3 after that.", HelpName = "D" };
        timeout.Validators.Add(static result =>
        {
            if (result.ReadableValue<string?>() is { } text && Durations.Parse(text) is null)
            {
                result.AddError($"--timeout {text}: expected {Durations.Form}.");
            }
        });
        var command = new Command("wait", "Waits until a job of a cluster has ended; its events are written to standard error meanwhile.")
        {
            job, timeout, ClusterArguments.Cluster, CommonOptions.Quiet, CommonOptions.Output,
        };
        command.SetAction((parsed, _) => ClusterSession.RunAsync(console, ClusterArguments.Address(parsed), jobs => RunAsync(
            console, parsed, jobs, new JobId(parsed.GetRequiredValue(job)), parsed.GetValue(timeout) is { } text ? Durations.Parse(text) : null)));
        return new(command,
        [
            new("distgan wait fashion", "exit code 0 done, 1 failed, 130 stopped with a snapshot"),
            new("distgan wait fashion --timeout 30m", "exit code 3 where it has not ended then"),
        ]);
    }

    private static async Task<int> RunAsync(CommandConsole console, ParseResult parsed, IJobControl jobs, JobId job, TimeSpan? limit)
    {
        var isQuiet = parsed.GetValue(CommonOptions.Quiet);
        var summary = await new JobWaiter(jobs, console.Time).WaitAsync(job, limit, entry =>
        {
            if (!isQuiet)
            {
                console.Error.WriteLine($"{entry.Kind}: {(entry.Replica is { } replica ? $"r{replica} " : "")}{entry.Message}");
            }
        });
        if (parsed.GetValue(CommonOptions.Output) == OutputFormat.Json)
        {
            JsonOutput.Write(console.Out, DocumentJson.Tree(JobDocument.Whole(summary)));
        }
        else
        {
            JobText.Write(console.Out, summary);
        }

        return JobText.ExitCodeOf(summary.State);
    }
}
