using DistGan.Client.CommandLine;
using DistGan.Client.Display;
using DistGan.Client.Jobs;
using DistGan.Grains.Interfaces;
using DistGan.Grains.Interfaces.Jobs;
using DistGan.Hosting.Processes;
using DistGan.Recipes;
using DistGan.Silo.Documents;
using Orleans.Runtime;

namespace DistGan.Client.Clusters;

/// <summary>Shows a job of a cluster until it ends. Whoever goes away, by Ctrl-C or by a lost connection, leaves the job alone.</summary>
/// <param name="console">The console.</param>
/// <param name="jobs">The jobs of the cluster.</param>
/// <param name="request">What is asked for.</param>
public sealed class JobWatch(CommandConsole console, IJobControl jobs, WatchRequest request)
{
    private readonly bool _json = request.Format == OutputFormat.Json;
    private IJobDisplay? _display;

    /// <summary>Shows it; the exit code of the job, or 130 where the watcher left.</summary>
    /// <exception cref="CommandException">The cluster has not answered for long.</exception>
    public async Task<int> RunAsync()
    {
        using var left = new CancellationTokenSource();
        using var signals = new StopSignals(left.Cancel, () => HardExit.Now(ExitCodes.Interrupted), console.Time);
        var calls = new LastingCalls(console.Time, Say);
        var follower = new JobFollower(jobs, calls);
        try
        {
            var recipe = await calls.CallAsync(token => jobs.RecipeAsync(request.Job, token), left.Token);
            await ShowAsync(follower, JobFacts.Of(RecipeJson.Deserialize(recipe.Json.Span), ""), left.Token);
            return Write(await follower.DescribeAsync(request.Job, left.Token));
        }
        catch (OperationCanceledException) when (left.IsCancellationRequested)
        {
            WriteWayBack($"{request.Job} goes on without this console;");
            return ExitCodes.Interrupted;
        }
        catch (Exception exception) when (exception is OrleansException or TimeoutException)
        {
            WriteWayBack($"{request.Job} is not heard of any more;");
            throw;
        }
    }

    private async Task ShowAsync(JobFollower follower, JobFacts facts, CancellationToken cancellationToken)
    {
        await using var display = CreateDisplay(facts);
        _display = display;
        try
        {
            await foreach (var progress in follower.FollowAsync(request.Job, cancellationToken))
            {
                display.Show(progress);
            }
        }
        finally
        {
            _display = null;
        }
    }

    private IJobDisplay CreateDisplay(JobFacts facts)
        => request.Quiet ? new QuietDisplay(console.Error)
            : _json || !console.IsTerminal ? new PlainDisplay(_json ? console.Error : console.Out, facts, console.Error)
            : new LiveDisplay(console, facts, new ClusterPictures(jobs, request.Job, console.Time));

    private void Say(string message)
    {
        if (_display is { } display)
        {
            display.Say(message);
        }
        else
        {
            console.Error.WriteLine(message);
        }
    }

    private int Write(JobSummary summary)
    {
        if (_json)
        {
            JsonOutput.Write(console.Out, DocumentJson.Tree(JobDocument.Whole(summary)));
        }
        else
        {
            // What is piped are reports alone.
            var writer = console.IsTerminal ? console.Out : console.Error;
            JobText.Write(writer, summary);
            NextCommands.Write(writer, summary, request.Cluster);
        }

        return JobText.ExitCodeOf(summary.State);
    }

    private void WriteWayBack(string what)
    {
        console.Error.WriteLine($"{what} come back with:");
        console.Error.WriteLine($"  {CommandForm.Of(["watch", request.Job.Value, .. request.Cluster])}");
    }
}
