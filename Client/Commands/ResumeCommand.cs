using System.CommandLine;
using DistGan.Client.Clusters;
using DistGan.Client.CommandLine;
using DistGan.Client.Runs;
using DistGan.Grains.Interfaces.Jobs;
using DistGan.Grains.Interfaces;
using DistGan.Hosting.Jobs;
using DistGan.Recipes;

namespace DistGan.Client.Commands;

/// <summary><c>resume JOB</c>: a job of a cluster that has ended goes on from its newest snapshots.</summary>
public static class ResumeCommand
{
    private static readonly Option<long?> Steps = new("--steps") { Description = "Steps that each replica is to have done in the end.", HelpName = "N" };

    public static CommandEntry Create(CommandConsole console)
    {
        var job = ClusterArguments.Job();
        var command = new Command("resume", "Goes on with a job of a cluster that is paused, was stopped, has failed, or has used its budget, from its newest snapshots.")
        {
            job, Steps, CommonOptions.Set, ClusterArguments.Cluster, CommonOptions.Output,
        };
        command.Validators.Add(static result => CommonOptions.RefuseContradictions(result, [.. CommonOptions.WholeNumber(result, Steps) is { } steps ? [($"budget.steps={steps}", $"--steps {steps}")] : Array.Empty<(string, string)>()]));
        command.SetAction((parsed, cancellationToken) => ClusterSession.RunAsync(
            console, ClusterArguments.Address(parsed), jobs => RunAsync(console, parsed, jobs, new JobId(parsed.GetRequiredValue(job)), cancellationToken)));
        return new(command,
        [
            new("distgan resume fashion", "after a stop, or after what made it fail is mended"),
            new("distgan resume fashion --steps 6000", "a job that is done goes on to a larger budget"),
        ]);
    }

    private static async Task<int> RunAsync(CommandConsole console, ParseResult parsed, IJobControl jobs, JobId job, CancellationToken cancellationToken)
    {
        var before = await jobs.DescribeAsync(job, cancellationToken);
        if (before.State is JobState.Running or JobState.Stopping or JobState.Waiting)
        {
            throw new CommandException(ExitCodes.Refused, $"The job '{job}' is {before.State.ToString().ToLowerInvariant()}: only one that has ended or is paused can be resumed; 'wait' waits for its end.");
        }

        string[] changes = [.. parsed.GetValue(CommonOptions.Set) ?? [], .. parsed.GetValue(Steps) is { } steps ? [$"budget.steps={steps}"] : Array.Empty<string>()];
        var known = await jobs.RecipeAsync(job, cancellationToken);
        var recipe = ResumeChanges.Apply(RecipeJson.Deserialize(known.Json.Span), changes);
        var result = await jobs.SubmitAsync(
            new JobSubmission { Job = job, Recipe = RecipeEnvelopes.Wrap(recipe), Resume = true, User = before.User, Priority = before.Priority }, cancellationToken);
        JobSubmitter.Require(result, job);
        return await SubmissionEnd.WriteAsync(console, parsed, jobs, job, $"{job} goes on from its newest snapshots");
    }
}
