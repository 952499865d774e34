using DistGan.Grains.Interfaces;
using DistGan.Grains.Interfaces.Jobs;
using DistGan.Grains.Interfaces.Storage;
using DistGan.Grains.Interfaces.Trainers;
using DistGan.Recipes;

namespace DistGan.Grains.Jobs;

/// <summary>What replicas say and what becomes of it.</summary>
internal sealed partial class CoordinatorGrain
{
    /// <summary>How long the end of a job waits for the store before the job fails for that reason.</summary>
    private static readonly TimeSpan StoreLimit = TimeSpan.FromSeconds(20);

    public Task<bool> OwnsAsync(ReplicaId replica, long epoch, CancellationToken cancellationToken = default)
    {
        var owns = Owned(replica, epoch) is not null;
        if (!owns)
        {
            TellRefused(replica, epoch, "commit");
        }

        return Task.FromResult(owns);
    }

    public Task<Directives> ReportAsync(ReplicaReport report, CancellationToken cancellationToken = default)
    {
        if (Owned(report.Replica, report.Progress.Epoch) is not { } replica)
        {
            TellRefused(report.Replica, report.Progress.Epoch, "go on");
            return Task.FromResult(new Directives { Superseded = true });
        }

        _live = true;
        _heard[replica.Ordinal] = time.GetTimestamp();
        Take(replica, report.Progress.Step, report.Progress.Images, report.Progress.Seconds);
        TakeScores(replica, report.Progress.Values);
        TakeRate(report.Progress);
        State.Files["metrics"] = RunFiles.MergedMetrics;
        _reports.Add(report.Progress);
        _news.Set();
        return Task.FromResult(new Directives
        {
            Interrupt = IsEnding || replica.Leaving != LeavingReason.None,
            Sequence = _log!.Sequence,
            Replicas = Scale,
            Balance = Balance(report.Progress),
            Snapshot = _wanted.GetValueOrDefault(replica.Ordinal).Request,
        });
    }

    public async Task RecordAsync(IReadOnlyList<ReplicaEvent> events, CancellationToken cancellationToken = default)
    {
        var owned = events.Where(entry => Owned(entry.Replica, entry.Epoch) is not null).ToList();
        foreach (var entry in owned)
        {
            Remember(Owned(entry.Replica, entry.Epoch)!, entry);
        }

        if (owned.Count > 0)
        {
            await _log!.AddAsync(owned).WaitAsync(cancellationToken);
        }
    }

    public async Task EndedAsync(ReplicaEnd end, CancellationToken cancellationToken = default)
    {
        if (Owned(end.Replica, end.Epoch) is not { } replica)
        {
            return;
        }

        var goesOn = await GoesOnAsync(replica, end);
        if (!goesOn)
        {
            var outcome = end.Outcome == ReplicaOutcome.Interrupted && replica.Leaving == LeavingReason.ScaledDown ? ReplicaOutcome.Retired : end.Outcome;
            (replica.Outcome, replica.Failure) = (outcome, end.Failure);
            if (State.Replicas.Exists(static record => record.Outcome is null))
            {
                await TellEndAsync(replica);
                await TryReleaseAsync(replica);
            }
        }

        await ConcludeAsync();
        if (!goesOn)
        {
            await TryEndMeetingAsync();
        }
    }

    /// <summary>Whether an owner has ended, and its replica has not: another worker takes it, or it goes on from the weights of another replica.</summary>
    private async Task<bool> GoesOnAsync(CoordinatorState.ReplicaRecord replica, ReplicaEnd end)
    {
        if (end.Outcome == ReplicaOutcome.Failed && Replaceable(end.UnfitHost) is { } host)
        {
            await PassOnAsync(replica, host, end.Failure);
            return true;
        }

        if (end.Outcome != ReplicaOutcome.Failed || end.Step > 0)
        {
            // One that failed before its first step stands where it stood.
            Take(replica, end.Step, end.Images, end.Seconds);
        }

        if ((end.Outcome == ReplicaOutcome.Interrupted && !IsEnding && replica is { Leaving: LeavingReason.Exploits, Member.Plan: not null })
            || (end.Outcome == ReplicaOutcome.Failed && TryRescue(replica, end.Failure)))
        {
            await ExploitAsync(replica, end.WorkerLeaves);
            return true;
        }

        if (end.Outcome == ReplicaOutcome.Interrupted && !IsEnding && (replica.Leaving is LeavingReason.Preempted or LeavingReason.WantedAgain || end.WorkerLeaves))
        {
            await HandBackAsync(replica);
            return true;
        }

        return false;
    }

    public async Task InterruptAsync(CancellationToken cancellationToken = default)
    {
        var log = AcceptedLog();
        if (State.State == JobState.Paused)
        {
            StopPaused();
            return;
        }

        if (!IsActive || (_interrupt && !State.Pausing))
        {
            return;
        }

        (_interrupt, State.Pausing, State.State) = (true, false, JobState.Stopping);
        _ = log.AddAsync(EventKinds.Stopping, "The job is asked to stop: each replica finishes its step and takes a snapshot.");
        Show(JobState.Stopping);
        await InterruptTrainersAsync();
        CheckSoon();
    }

    /// <summary>An owner that was thought lost and asks for something, once.</summary>
    private void TellRefused(ReplicaId replica, long epoch, string what)
    {
        LogRefusedOwner(logger, replica, epoch, what);
        if (IsActive && State.Replicas.Find(record => record.Ordinal == replica.Ordinal && record.Epoch > epoch) is { } record && _refused.Add((record.Ordinal, epoch)))
        {
            _ = _log!.AddAsync(
                EventKinds.OwnerRefused,
                $"An earlier owner of replica {replica.Ordinal} (epoch {epoch}) is back and asked to {what}; epoch {record.Epoch} has taken over, so it is refused and commits nothing.",
                replica.Ordinal,
                record.Epoch,
                new Dictionary<string, double> { ["refused_epoch"] = epoch });
        }
    }

    private static void Take(CoordinatorState.ReplicaRecord replica, long step, long images, double seconds)
        => (replica.Step, replica.Images, replica.Seconds) = (step, images, double.IsFinite(seconds) ? seconds : replica.Seconds);

    /// <summary>The replica, where that epoch owns it and it has not ended.</summary>
    private CoordinatorState.ReplicaRecord? Owned(ReplicaId replica, long epoch)
        => IsActive && replica.Job == Job
            ? State.Replicas.Find(record => record.Ordinal == replica.Ordinal && record.Epoch == epoch && record.Outcome is null)
            : null;

    /// <summary>The replica whose newest scores are best, the lowest of equals; null where nothing was scored.</summary>
    private CoordinatorState.ReplicaRecord? Best()
        => State.Replicas.Where(static replica => replica.Scores.Count > 0)
            .OrderBy(static replica => Scores.Rank(replica.Scores))
            .ThenBy(static replica => replica.Ordinal)
            .FirstOrDefault();

    /// <summary>The scores of the job are those of its best replica.</summary>
    private void TakeScores(CoordinatorState.ReplicaRecord replica, IReadOnlyDictionary<string, double> values)
    {
        Scores.Take(values, replica.Scores);
        if (Best() is { } best)
        {
            State.Scores = new Dictionary<string, double>(best.Scores);
        }
    }

    private Task TellEndAsync(CoordinatorState.ReplicaRecord replica)
    {
        var data = new Dictionary<string, double> { ["step"] = replica.Step };
        var others = State.Replicas.Count(static record => record.Outcome is null);
        var message = replica.Outcome switch
        {
            ReplicaOutcome.Completed => $"Replica {replica.Ordinal} is done at step {replica.Step}; {others} more to come.",
            ReplicaOutcome.Interrupted => $"Replica {replica.Ordinal} is interrupted at step {replica.Step}.",
            ReplicaOutcome.Retired => $"Replica {replica.Ordinal} has ended with a snapshot at step {replica.Step}: the job has {Count(Scale, "replica")} now.",
            _ => $"Replica {replica.Ordinal} failed for good and {others} go on without it: {replica.Failure ?? "it gives no reason."}",
        };
        return _log!.AddAsync(EventKinds.ReplicaEnded, message, replica.Ordinal, replica.Epoch, data);
    }

    private void Remember(CoordinatorState.ReplicaRecord replica, ReplicaEvent entry)
    {
        var role = entry.Kind switch
        {
            EventKinds.Samples => "samples",
            EventKinds.Snapshot => "snapshot",
            EventKinds.Evaluated => "evaluation",
            _ => null,
        };
        if (role is not null && entry.File is { } file && (replica.Ordinal == 0 || !State.Files.ContainsKey(role)))
        {
            State.Files[role] = file;
        }

        if (entry.Kind is EventKinds.Started or EventKinds.Resumed)
        {
            // It has opened its data at last.
            replica.Step = (long)entry.Data.GetValueOrDefault("step");
        }

        if (entry.Kind == EventKinds.Snapshot)
        {
            replica.Lost.Clear();
            _committed[replica.Ordinal] = (long)entry.Data.GetValueOrDefault("step");
            TakeSnapshot(replica.Ordinal, (long)entry.Data.GetValueOrDefault("step"));

            // What it took from another one is in a snapshot of its own now.
            (replica.Member.Adopts, replica.Member.Snapshot, replica.Member.SnapshotStep) = (null, entry.File, (long)entry.Data.GetValueOrDefault("step"));
        }

        if (entry.Kind == EventKinds.Evaluated)
        {
            TakeScores(replica, entry.Data);
            TakeLoss(replica, entry);
        }
    }

    private async Task InterruptTrainersAsync()
    {
        foreach (var replica in State.Replicas.Where(static record => record.Outcome is null && record.Lease != 0).ToList())
        {
            await TryInterruptAsync(replica);
        }
    }

    private async Task TryInterruptAsync(CoordinatorState.ReplicaRecord replica)
    {
        try
        {
            await Hands.InterruptAsync(replica);
        }
        catch (Exception exception) when (exception is OrleansException or TimeoutException)
        {
            // It hears the same with the answer to its next report.
            LogNotInterrupted(logger, Hands.Id(replica.Ordinal), exception);
        }
    }

    /// <summary>Stores the end first and shows it then: whoever sees it finds the events and the summary complete.</summary>
    private async Task FinishAsync()
    {
        var end = EndsAsPause() ? JobState.Paused
            : State.Quarantine is not null ? JobState.Failed
            : State.Replicas.Exists(static replica => replica.Outcome == ReplicaOutcome.Interrupted) ? JobState.Interrupted
            : LosesWithGenerator() ? JobState.Failed
            : State.Replicas.Exists(static replica => replica.Outcome == ReplicaOutcome.Completed) ? JobState.Completed
            : JobState.Failed;
        State.Failure = end == JobState.Failed
            ? State.Quarantine ?? State.Replicas.Find(static replica => replica.Failure is not null)?.Failure ?? $"Replica {State.Replicas[0].Ordinal} failed and gives no reason."
            : null;
        try
        {
            await StoreEndAsync(end).WaitAsync(StoreLimit, time);
        }
        catch (Exception exception) when (exception is ObjectStoreException or TimeoutException)
        {
            LogEndNotStored(logger, Job, exception);
            end = JobState.Failed;
            State.Failure ??= $"The end of the job '{Job}' could not be stored: {exception.Message}";
        }

        (State.State, State.Pausing, _live, _interrupt) = (end, false, false, false);
        await TryWithdrawAsync();
        Show(end);
    }

    private async Task StoreEndAsync(JobState end)
    {
        var summary = Summary(end);
        var data = new Dictionary<string, double> { ["step"] = summary.Steps, ["images"] = summary.Images, ["seconds"] = summary.Seconds };
        var (kind, message) = end switch
        {
            JobState.Completed => (EventKinds.Completed, $"The job '{Job}' is done at step {summary.Steps}."),
            JobState.Paused => (EventKinds.Paused, $"The job '{Job}' is paused at step {summary.Steps}: it holds no slot, and goes on when it is resumed."),
            JobState.Interrupted => (EventKinds.Interrupted, $"The job '{Job}' is interrupted at step {summary.Steps}."),
            _ => (EventKinds.Failed, $"The job '{Job}' failed at step {summary.Steps}: {summary.Failure}"),
        };
        await _log!.AddAsync(kind, message, data: data);
        await Folder.WriteSummaryAsync(summary, time.GetUtcNow(), CancellationToken.None);
        (State.State, State.Pausing) = (end, false);
        await StoreAsync(CancellationToken.None);
    }

    private async Task TryReleaseAsync(CoordinatorState.ReplicaRecord replica)
    {
        var lease = replica.Lease;
        replica.Hold(null);
        try
        {
            await Hands.ReleaseAsync(replica.Ordinal, lease);
        }
        catch (Exception exception) when (exception is OrleansException or TimeoutException or ObjectStoreException)
        {
            LogNotReleased(logger, Hands.Id(replica.Ordinal), exception);
        }
    }

    private async Task TryWithdrawAsync()
    {
        State.Replicas.ForEach(static replica => (replica.Lease, replica.Leaving) = (0, LeavingReason.None));
        try
        {
            await Hands.WithdrawAsync();
        }
        catch (Exception exception) when (exception is OrleansException or TimeoutException or ObjectStoreException)
        {
            // The directory asks the job after its replicas again, and hears then that it wants nothing.
            LogNotWithdrawn(logger, Job, exception);
        }
    }
}
