using DistGan.Client.CommandLine;
using DistGan.Client.Runs;
using DistGan.Client.Studies.Planning;
using DistGan.Recipes;

namespace DistGan.Client.Studies.Running;

/// <summary>Trains the runs of a plan that are not finished, a few at a time; a run that fails is noted and the others go on.</summary>
/// <param name="onEnd">Called after each run that is done or has failed, one call at a time.</param>
public sealed class StudyRunner(StudyFolder folder, IStudyTraining training, StudyProgress progress, TimeProvider time, Action onEnd)
{
    private readonly Lock _ends = new();

    private static readonly TimeSpan LockPatience = TimeSpan.FromMinutes(2);
    private static readonly TimeSpan LockPoll = TimeSpan.FromMilliseconds(500);

    /// <summary>Trains until all runs are finished or a stop is asked for.</summary>
    /// <param name="plan">The plan.</param>
    /// <param name="stop">Asked for when runs shall end with a snapshot and no further one begin.</param>
    public async Task RunAsync(StudyPlan plan, CancellationTokenSource stop)
    {
        var pending = plan.Order().Where(run => folder.StateOf(run.Name) is StudyRunState.Pending or StudyRunState.Running).ToList();
        await Parallel.ForEachAsync(pending, new ParallelOptions { MaxDegreeOfParallelism = plan.Parallel }, async (run, _) =>
        {
            if (!stop.IsCancellationRequested)
            {
                await RunAsync(plan, run, stop);
            }
        });
    }

    private async Task RunAsync(StudyPlan plan, StudyRun run, CancellationTokenSource stop)
    {
        try
        {
            await WaitForLockAsync(run, stop.Token);
            if (folder.StateOf(run.Name) == StudyRunState.Completed)
            {
                return;
            }

            var arguments = Arguments(plan, run, out var resumes);
            progress.Begin(run, resumes);
            var (exitCode, error) = await training.RunAsync(arguments, stop.Token);
            if (exitCode == ExitCodes.Refused && !stop.IsCancellationRequested)
            {
                // The training of a study that was killed may have taken the lock between the look and the start.
                await WaitForLockAsync(run, stop.Token);
                (exitCode, error) = await training.RunAsync(Arguments(plan, run, out _), stop.Token);
            }

            End(run, exitCode, error, stop);
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            // The run stays as it is until the study goes on.
        }
    }

    private void End(StudyRun run, int exitCode, string error, CancellationTokenSource stop)
    {
        switch (exitCode)
        {
            case ExitCodes.Done:
                progress.End(run, "is done");
                break;
            case ExitCodes.Interrupted:
                progress.End(run, "is interrupted");
                stop.Cancel();
                return;
            default:
                var said = error.Trim().Length > 0 ? error : $"its process ended with exit code {exitCode}";
                folder.WriteFailure(run.Name, said + "\n");
                progress.End(run, $"failed: {FailureText.Reason(said)};");
                break;
        }

        lock (_ends)
        {
            onEnd();
        }
    }

    /// <summary>The training of a study that was killed ends with a snapshot by itself, and may still be at it.</summary>
    private async Task WaitForLockAsync(StudyRun run, CancellationToken stop)
    {
        var begun = time.GetTimestamp();
        while (RunLock.IsHeld(folder.RunPath(run.Name)))
        {
            if (time.GetElapsedTime(begun) > LockPatience)
            {
                throw new CommandException(ExitCodes.Refused, $"Another process has trained in '{folder.RunPath(run.Name)}' for {LockPatience.TotalMinutes:0} minutes; stop it, then go on with the study.");
            }

            await Task.Delay(LockPoll, time, stop);
        }
    }

    private List<string> Arguments(StudyPlan plan, StudyRun run, out bool resumes)
    {
        var path = folder.RunPath(run.Name);
        resumes = SnapshotFolders.Newest(path) is not null;
        if (!resumes && Directory.Exists(path))
        {
            // It was killed before its first snapshot: nothing of it can be gone on with.
            Directory.Delete(path, recursive: true);
        }

        string[] which = resumes ? ["--resume", path] : [folder.RecipeFile, .. run.Overrides.SelectMany(static change => new[] { "--set", change }), "--run-dir", path];
        return ["train", .. which, "--device", plan.Device, "--quiet", "-o", "json", "--stop-with-input"];
    }
}
