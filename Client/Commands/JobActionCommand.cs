using System.CommandLine;
using DistGan.Client.Clusters;
using DistGan.Client.CommandLine;
using DistGan.Grains.Interfaces;
using DistGan.Grains.Interfaces.Jobs;
using DistGan.Silo.Documents;

namespace DistGan.Client.Commands;

/// <summary><c>pause JOB</c> and <c>snapshot JOB</c>: wishes about a job that the cluster carries out or refuses.</summary>
internal static class JobActionCommand
{
    public static CommandEntry CreatePause(CommandConsole console)
        => Create(
            console,
            new("pause", "Takes a snapshot of each replica of a job and frees its slots, until 'resume'."),
            static (jobs, job, cancellationToken) => jobs.PauseAsync(job, cancellationToken),
            static summary => summary.State == JobState.Paused ? $"{summary.Job} is paused at step {summary.Steps}" : $"{summary.Job} finishes its step, takes a snapshot and frees its slots",
            new("distgan pause fashion", "returns at once; a paused job waits for 'resume', not for slots"));

    public static CommandEntry CreateSnapshot(CommandConsole console)
        => Create(
            console,
            new("snapshot", "Asks each replica of a job that trains for a snapshot now; training goes on."),
            static (jobs, job, cancellationToken) => jobs.SnapshotAsync(job, cancellationToken),
            static summary => $"{summary.Job} takes a snapshot with its next report; 'logs' says when it is there",
            new("distgan snapshot fashion", "before a machine is taken away, for instance"));

    private static CommandEntry Create(
        CommandConsole console, Command command, Func<IJobControl, JobId, CancellationToken, Task<ActionResult>> act, Func<JobSummary, string> say, Example example)
    {
        var job = ClusterArguments.Job();
        command.Add(job);
        command.Add(ClusterArguments.Cluster);
        command.Add(CommonOptions.Output);
        command.SetAction((parsed, cancellationToken) => ClusterSession.RunAsync(console, ClusterArguments.Address(parsed), async jobs =>
        {
            var id = new JobId(parsed.GetRequiredValue(job));
            var result = await act(jobs, id, cancellationToken);
            if (!result.Accepted)
            {
                throw new CommandException(ExitCodes.Refused, result.Refusal ?? $"The job '{id}' was refused, and the cluster gives no reason.");
            }

            Write(console, parsed, await jobs.DescribeAsync(id, cancellationToken), say);
            return ExitCodes.Done;
        }));
        return new(command, [example]);
    }

    private static void Write(CommandConsole console, ParseResult parsed, JobSummary summary, Func<JobSummary, string> say)
    {
        if (parsed.GetValue(CommonOptions.Output) == OutputFormat.Json)
        {
            JsonOutput.Write(console.Out, DocumentJson.Tree(JobDocument.Whole(summary)));
            return;
        }

        console.Out.WriteLine(say(summary));
        NextCommands.Write(console.Out, summary, ClusterArguments.Again(parsed));
    }
}
