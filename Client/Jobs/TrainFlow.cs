using DistGan.Client.CommandLine;
using DistGan.Client.Display;
using DistGan.Client.Embedded;
using DistGan.Client.Reports;
using DistGan.Client.Runs.Contents;
using DistGan.Client.Runs;
using DistGan.Client.TensorBoard;
using DistGan.Grains.Interfaces.Jobs;
using DistGan.Grains.Interfaces;
using DistGan.Hosting.Jobs;
using DistGan.Hosting.Processes;
using DistGan.Recipes;

namespace DistGan.Client.Jobs;

/// <summary>Runs a planned training in a cluster inside this process, from its first line to its exit code.</summary>
public sealed class TrainFlow(CommandConsole console, TrainPlan plan, bool quiet, bool json)
{
    private const string Stopping = "finishing the step and saving a snapshot; press Ctrl-C again to end at once";

    private readonly TaskCompletionSource _interrupt = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private IJobDisplay? _display;

    public async Task<int> RunAsync()
    {
        using var signals = new StopSignals(OnFirstSignal, OnSecondSignal, console.Time);
        if (plan.StopWithInput)
        {
            WatchInput();
        }

        if (await TrainAsync() is not { } summary)
        {
            console.Error.WriteLine("Stopped before the training began.");
            return ExitCodes.Interrupted;
        }

        WriteReport();
        return new EndReport(console, plan, json).Write(summary);
    }

    /// <summary>Trains under the lock of the run folder; null where the wish to stop came before the job was submitted.</summary>
    private async Task<JobSummary?> TrainAsync()
    {
        using var runLock = RunLock.Take(plan.RunFolder);
        await using var cluster = await EmbeddedCluster.StartAsync(plan, console.Time);
        if (_interrupt.Task.IsCompleted)
        {
            return null;
        }

        MachineFacts.Write(plan.RunFolder, plan.Device);
        if (plan.Web is { } port)
        {
            console.Error.WriteLine($"dashboard: http://127.0.0.1:{port}/jobs/{plan.Recipe.Name}");
        }

        return await RunJobAsync(cluster.Jobs);
    }

    /// <summary>The report is made of what the run folder holds and can be made again; a job does not fail for it.</summary>
    private void WriteReport()
    {
        try
        {
            RunReport.Write(plan.RunFolder, Path.Combine(plan.RunFolder, RunReport.FileName), console.Time.GetUtcNow());
        }
        catch (Exception exception)
        {
            console.Error.WriteLine($"warning: The run is whole, but its report could not be made: {exception.Message}");
        }
    }

    private async Task<JobSummary> RunJobAsync(IJobControl jobs)
    {
        await using var display = CreateDisplay();
        _display = display;
        var submission = new JobSubmission
        {
            Job = new JobId(plan.Recipe.Name),
            Recipe = RecipeEnvelopes.Wrap(plan.Recipe),
            Resume = plan.Resume,
        };
        // The events of earlier starts are in the log; what is shown begins with this one.
        var told = JsonLines.Tail(Path.Combine(plan.RunFolder, RunFiles.Events)) is [.., var last] ? last.Whole("sequence") ?? 0 : 0;
        return await new JobRunner(jobs, display, console.Time).RunAsync(submission, _interrupt.Task, told);
    }

    private IJobDisplay CreateDisplay()
    {
        var facts = JobFacts.Of(plan.Recipe, plan.RunFolder);
        var display = CreateDisplay(facts);
        return plan.TensorBoard ? new TensorBoardDisplay(display, facts, plan.RunFolder, console.Time) : display;
    }

    private IJobDisplay CreateDisplay(JobFacts facts)
    {
        if (quiet)
        {
            return new QuietDisplay(console.Error);
        }

        return json || !console.IsTerminal
            ? new PlainDisplay(json ? console.Error : console.Out, facts)
            : new LiveDisplay(console, facts);
    }

    /// <summary>Standard input is a pipe of the program that started this one: it ends when that program wants it, or is no more.</summary>
    private void WatchInput() => _ = Task.Factory.StartNew(
        () =>
        {
            while (console.In.ReadLine() is not null)
            {
            }

            _interrupt.TrySetResult();
        },
        CancellationToken.None,
        TaskCreationOptions.LongRunning,
        TaskScheduler.Default);

    private void OnFirstSignal()
    {
        if (_display is { } display)
        {
            display.Say(Stopping);
        }
        else
        {
            console.Error.WriteLine(Stopping);
        }

        _interrupt.TrySetResult();
    }

    private void OnSecondSignal()
    {
        if (console.IsTerminal)
        {
            console.Out.Write(Terminals.ShowCursor);
        }

        var folder = CommandForm.PathOf(plan.RunFolder, Environment.CurrentDirectory);
        console.Error.WriteLine(SnapshotFolders.NewestSteps(plan.RunFolder, plan.Recipe.Topology.Replicas) is { Count: > 0 } steps
            ? $"{Environment.NewLine}ended at once; go on from step {steps.Min()} with: {CommandForm.Of("train", "--resume", folder)}"
            : $"{Environment.NewLine}ended at once; there is no snapshot yet");
        HardExit.Now(ExitCodes.Interrupted);
    }
}
