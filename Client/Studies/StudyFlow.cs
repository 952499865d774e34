using DistGan.Client.CommandLine;
using DistGan.Client.Jobs;
using DistGan.Client.Runs;
using DistGan.Client.Studies.Planning;
using DistGan.Client.Studies.Results;
using DistGan.Client.Studies.Running;
using DistGan.Hosting.Processes;

namespace DistGan.Client.Studies;

/// <summary>Runs a study from where it stands to its results, or to a clean stop.</summary>
internal sealed class StudyFlow(CommandConsole console, StudyFolder folder, StudyPlan plan, bool quiet, OutputFormat format) : IDisposable
{
    private const string Best = "best";
    private static readonly TimeSpan TickEvery = TimeSpan.FromSeconds(10);

    private readonly TrainProcess _training = new();
    private readonly CancellationTokenSource _stop = new();
    private readonly TextWriter _progress = quiet ? TextWriter.Null : console.Error;
    private StudyPlan _plan = plan;

    public void Dispose() => _stop.Dispose();

    public async Task<int> RunAsync()
    {
        using var studyLock = RunLock.Take(folder.Path);
        using var signals = new StopSignals(OnFirstSignal, OnSecondSignal, console.Time);
        await TrainAsync();
        if (Confirmed() is { } longer && !_stop.IsCancellationRequested)
        {
            folder.Write(longer);
            _plan = longer;
            await TrainAsync();
        }

        var results = WriteResults();
        if (!results.IsFinished || (_stop.IsCancellationRequested && Confirmed() is not null))
        {
            console.Error.WriteLine($"The study is interrupted; {results.Runs.Count(static run => run.State == StudyRunState.Completed)} of {results.Runs.Count} runs are done. Go on with:");
            console.Error.WriteLine($"  {ResumeCommand()}");
            return ExitCodes.Interrupted;
        }

        ResultText.Write(console, folder, results, format);
        return results.Runs.Any(static run => run.State == StudyRunState.Completed) ? ExitCodes.Done : ExitCodes.Failed;
    }

    private async Task TrainAsync()
    {
        var progress = new StudyProgress(_progress, folder, _plan, console.Time);
        using var timer = new PeriodicTimer(TickEvery, console.Time);
        var runs = new StudyRunner(folder, _training, progress, console.Time, () => WriteResults()).RunAsync(_plan, _stop);
        for (var tick = timer.WaitForNextTickAsync().AsTask(); await Task.WhenAny(runs, tick) != runs; tick = timer.WaitForNextTickAsync().AsTask())
        {
            progress.Tick();
        }

        await runs;
    }

    /// <summary>What is known so far, for whoever looks before the end.</summary>
    private StudyResults WriteResults()
    {
        var results = StudyResults.Read(folder, _plan);
        ResultFiles.Write(folder, results, console.Time.GetUtcNow());
        return results;
    }

    /// <summary>The plan with the best configuration of a search under further seeds; null where it is not wanted, there already, or not known.</summary>
    private StudyPlan? Confirmed()
    {
        if (_plan.ConfirmSeeds.Count == 0 || _plan.Configurations.Any(static configuration => configuration.Name == Best))
        {
            return null;
        }

        var best = StudyResults.Read(folder, _plan).Best();
        return best is null ? null : _plan with { Configurations = [.. _plan.Configurations, StudyRuns.Again(best.Configuration, Best, _plan.ConfirmSeeds, _plan, folder)] };
    }

    private string ResumeCommand() => CommandForm.Of("study", "resume", CommandForm.PathOf(folder.Path, Environment.CurrentDirectory));

    private void OnFirstSignal()
    {
        console.Error.WriteLine("runs end with a snapshot and no further one begins; press Ctrl-C again to end at once");
        _stop.Cancel();
    }

    private void OnSecondSignal()
    {
        _training.KillAll();
        console.Error.WriteLine($"ended at once; go on with: {ResumeCommand()}");
        HardExit.Now(ExitCodes.Interrupted);
    }
}
