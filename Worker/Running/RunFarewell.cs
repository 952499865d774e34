using DistGan.Grains.Interfaces.Trainers;
using DistGan.Hosting.Runs;

namespace DistGan.Worker.Running;

/// <summary>The end of a run: everything is written, the metrics are merged, and the coordinator hears how it ended.</summary>
internal sealed class RunFarewell(RunSettings run, RunLinks links, RunWriter writer, TrainingClock clock)
{
    private static readonly TimeSpan CallTimeout = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan RetryAfter = TimeSpan.FromSeconds(1);

    /// <summary>A run that never started refuses instead of ending; one that owns nothing any more says and writes nothing.</summary>
    public void Say(ReplicaOutcome outcome, string? failure, string? unfitHost, bool writesNothing, bool workerLeaves, TaskCompletionSource<StartResult> started, long step, long images)
    {
        var refused = started.TrySetResult(new StartResult { Started = false, Refusal = failure, UnfitHost = unfitHost });
        if (writesNothing)
        {
            writer.Discard();
            return;
        }

        writer.Drain();
        links.Reports.CompleteAsync(run.Options.FarewellLimit).GetAwaiter().GetResult();
        if (!refused)
        {
            failure ??= writer.Failure;
            var end = new ReplicaEnd
            {
                Replica = run.Assignment.Replica,
                Epoch = run.Assignment.Epoch,
                Outcome = writer.Failure is null ? outcome : ReplicaOutcome.Failed,
                Step = step,
                Images = images,
                Seconds = clock.Seconds,
                Failure = failure,
                WorkerLeaves = workerLeaves,
                UnfitHost = writer.Failure is null ? unfitHost : null,
            };
            TellAsync(end).GetAwaiter().GetResult();
        }
    }

    /// <summary>Merges the metrics that are stored: what is merged is a function of them, whoever does it.</summary>
    public void Merge() => MergeAsync().GetAwaiter().GetResult();

    private async Task TellAsync(ReplicaEnd end)
    {
        await MergeAsync();
        var start = run.Time.GetTimestamp();
        while (true)
        {
            try
            {
                await links.Coordinator.EndedAsync(end).WaitAsync(CallTimeout, run.Time);
                return;
            }
#pragma warning disable CA1031 // a coordinator that does not answer finds out from the trainer that nothing runs
            catch (Exception)
#pragma warning restore CA1031
            {
                if (run.Time.GetElapsedTime(start) + RetryAfter > run.Options.FarewellLimit)
                {
                    return;
                }
            }

            await Task.Delay(RetryAfter, run.Time);
        }
    }

    private async Task MergeAsync()
    {
        try
        {
            await MetricsReader.MergeAsync(run.Store, run.Prefix, CancellationToken.None);
        }
#pragma warning disable CA1031 // a store that fails must not keep the end from being told
        catch (Exception)
#pragma warning restore CA1031
        {
            // The replicas' own files hold everything; the merge is a convenience.
        }
    }
}
