using System.Globalization;
using DistGan.Grains.Interfaces.Jobs;
using DistGan.Grains.Interfaces.Trainers;
using DistGan.Grains.Interfaces.Workers;
using DistGan.Recipes;

namespace DistGan.Grains.Jobs;

/// <summary>Replicas that wait, move, or are given up.</summary>
internal sealed partial class CoordinatorGrain
{
    /// <summary>A replica that has not reported for this long is asked for.</summary>
    private static readonly TimeSpan Silence = TimeSpan.FromSeconds(30);

    private (string? Json, Recipe? Recipe) _inForce;

    /// <summary>When each replica was heard of in this activation.</summary>
    private readonly Dictionary<int, long> _heard = [];

    /// <summary>Replicas that the recipe in force asks for.</summary>
    private int Scale => RecipeInForce().Topology.Replicas;

    public async Task CheckAsync(CancellationToken cancellationToken = default)
    {
        if (!IsActive || _log is null)
        {
            await Hands.WithdrawAsync();
            return;
        }

        var claim = CurrentClaim();
        var grants = (await Hands.ClaimAsync(claim, cancellationToken)).Slots;
        var holders = State.Replicas.Where(static record => record is { Outcome: null, Lease: not 0 }).ToList();
        var held = holders.ConvertAll(static record => record.Lease);
        var changed = false;
        foreach (var replica in holders)
        {
            changed |= await LookAfterAsync(replica, grants.FirstOrDefault(grant => grant.Replica == replica.Ordinal), cancellationToken);
        }

        await SelectAsync();

        // What a replica held before this look it may have given back in it: that lease is nobody's any more.
        var fresh = await SortAsync([.. grants.Where(grant => !held.Contains(grant.Lease.Number))]);
        if (fresh.Count > 0)
        {
            await StartLateAsync(fresh, cancellationToken);
        }

        if (changed || fresh.Count > 0 || IsEnding)
        {
            await ConcludeAsync();
        }

        if (await TellWaitingAsync(claim.Replicas, grants))
        {
            await StoreAsync(cancellationToken);
        }

        await TryEndMeetingAsync();
    }

    /// <summary>Gives back what nobody wants any more, and returns slots to start on.</summary>
    private async Task<List<SlotGrant>> SortAsync(IReadOnlyList<SlotGrant> grants)
    {
        var fresh = new List<SlotGrant>();
        foreach (var grant in grants)
        {
            var replica = State.Replicas.Find(record => record.Ordinal == grant.Replica && record.Outcome is null);
            if (replica is null || (replica.Lease != grant.Lease.Number && (IsEnding || IsAvoided(grant.Lease.Worker))))
            {
                await Hands.ReleaseAsync(grant.Replica, grant.Lease.Number);
            }
            else if (replica.Lease == 0)
            {
                fresh.Add(grant);
            }
        }

        return fresh;
    }

    private static string Count(long number, string one) => string.Create(CultureInfo.InvariantCulture, $"{number} {one}{(number == 1 ? "" : "s")}");

    /// <summary>Merging replicas are of use from the quorum on; others one by one.</summary>
    private static int MinimumOf(Recipe recipe) => recipe.Topology.Merges() ? recipe.Topology.MergeQuorum() : 1;

    /// <summary>The threads of a job are those of its narrowest first slot, and stay so.</summary>
    private static Recipe WithThreads(Recipe recipe, IReadOnlyList<SlotGrant> grants)
        => grants.Count == 0 ? recipe : recipe with { Threads = recipe.Threads ?? grants.Min(static grant => grant.Lease.Threads) };

    /// <summary>The recipe in force, read again where it has changed: each report asks for it.</summary>
    private Recipe RecipeInForce()
    {
        if (!ReferenceEquals(_inForce.Json, State.Recipe) || _inForce.Recipe is null)
        {
            _inForce = (State.Recipe, RecipeJson.Deserialize(System.Text.Encoding.UTF8.GetBytes(State.Recipe!)));
        }

        return _inForce.Recipe;
    }

    private SlotClaim CurrentClaim()
    {
        var recipe = RecipeInForce();
        return new SlotClaim
        {
            Job = Job,
            User = State.User ?? "",
            Priority = State.Priority,
            Threads = recipe.Threads ?? 1,
            Replicas = [.. State.Replicas
                .Where(record => record.Outcome is null && (record.Lease != 0 || !IsEnding))
                .Select(static record => record.Ordinal)
                .Order()],
            Minimum = State.State == JobState.Waiting || !State.Begun ? MinimumOf(recipe) : 1,
            Avoid = Avoided,
        };
    }

    /// <summary>Stores a recipe as the one in force, in the state and in the run folder.</summary>
    private async Task PutInForceAsync(Recipe recipe, CancellationToken cancellationToken)
    {
        var canonical = Canonical(recipe);
        var changed = State.Recipe != canonical;
        (State.Recipe, State.RecipeSha256) = (canonical, RecipeJson.Sha256(recipe));
        State.Files["recipe"] = Interfaces.RunFiles.Recipe;
        await StoreAsync(cancellationToken);
        if (changed)
        {
            await Folder.WriteRecipeAsync(recipe, cancellationToken);
        }
    }

    /// <summary>Returns whether the replica has lost its slot.</summary>
    private async Task<bool> LookAfterAsync(CoordinatorState.ReplicaRecord replica, SlotGrant? grant, CancellationToken cancellationToken)
    {
        if (replica.Lease == 0)
        {
            // The job was ended at once since the list was made.
            return false;
        }

        if (grant?.Lease.Number != replica.Lease)
        {
            await LoseAsync(replica, "is gone");
            return true;
        }

        if (!await StillRunsAsync(replica, cancellationToken) && replica.Lease != 0)
        {
            await LoseAsync(replica, "does not train it any more");
            await Hands.ReleaseAsync(replica.Ordinal, grant.Lease.Number);
            CheckSoon();
            return true;
        }

        if (grant.GiveBack && replica.Leaving == LeavingReason.None && !IsEnding)
        {
            replica.Leaving = LeavingReason.Preempted;
            await TryInterruptAsync(replica);
        }

        return false;
    }

    private async Task<bool> StillRunsAsync(CoordinatorState.ReplicaRecord replica, CancellationToken cancellationToken)
    {
        if (_heard.TryAdd(replica.Ordinal, time.GetTimestamp()) || time.GetElapsedTime(_heard[replica.Ordinal]) < Silence)
        {
            return true;
        }

        try
        {
            var runs = await Hands.IsRunningAsync(replica, cancellationToken);
            _heard[replica.Ordinal] = time.GetTimestamp();
            return runs;
        }
        catch (Exception exception) when (exception is OrleansException or TimeoutException)
        {
            // Whether its worker is gone, the directory finds out.
            return true;
        }
    }

    /// <summary>The epoch goes up at once: whoever still trains it somewhere writes nothing any more.</summary>
    private async Task LoseAsync(CoordinatorState.ReplicaRecord replica, string how)
    {
        var worker = replica.Worker ?? "unknown";
        replica.Lost.Add(worker);
        replica.Epoch++;
        replica.Hold(null);
        _heard.Remove(replica.Ordinal);
        StandAtSnapshot(replica);
        var goesOn = StepOfSnapshot(replica) is null
            ? "the replica begins again at step 0, for it has no snapshot, where a slot is free"
            : "the replica goes on from its newest snapshot where a slot is free";
        var limit = placement.Value.OwnersBeforeQuarantine;
        await _log!.AddAsync(
            EventKinds.ReplicaLost,
            $"The worker {worker} of replica {replica.Ordinal} {how}: {goesOn} (loss {replica.Lost.Count} of {limit} without a snapshot in between).",
            replica.Ordinal,
            replica.Epoch,
            new Dictionary<string, double> { ["step"] = replica.Step, ["losses"] = replica.Lost.Count });
        if (replica.Leaving == LeavingReason.ScaledDown)
        {
            replica.Outcome = ReplicaOutcome.Retired;
        }
        else if (replica.Lost.Count >= limit && !IsEnding)
        {
            await QuarantineAsync(replica);
        }

        replica.Leaving = LeavingReason.None;
    }

    private async Task QuarantineAsync(CoordinatorState.ReplicaRecord replica)
    {
        State.Quarantine = $"Replica {replica.Ordinal} of job '{Job}' has lost {Count(replica.Lost.Count, "worker")} with no snapshot in between ({string.Join(", ", replica.Lost)}): the job is stopped before it ends more of them. Look at their logs; lower batch or widths where memory ran out, and resume the job.";
        (replica.Outcome, replica.Failure) = (ReplicaOutcome.Failed, State.Quarantine);
        await _log!.AddAsync(EventKinds.Quarantined, State.Quarantine, replica.Ordinal, replica.Epoch);
        await InterruptTrainersAsync();
    }

    private async Task HandBackAsync(CoordinatorState.ReplicaRecord replica)
    {
        var why = replica.Leaving switch
        {
            LeavingReason.Preempted => "a job of a higher priority waits for its slot",
            LeavingReason.WantedAgain => "the job was scaled down and up again",
            _ => "its worker leaves",
        };
        await _log!.AddAsync(
            EventKinds.HandedBack,
            $"Replica {replica.Ordinal} has ended with a snapshot at step {replica.Step}, because {why}; it goes on where a slot is free.",
            replica.Ordinal,
            replica.Epoch,
            new Dictionary<string, double> { ["step"] = replica.Step });
        replica.Epoch++;
        replica.Leaving = LeavingReason.None;
        await TryReleaseAsync(replica);
        CheckSoon();
    }

    private async Task StartLateAsync(List<SlotGrant> grants, CancellationToken cancellationToken)
    {
        var recipe = WithThreads(RecipeInForce(), grants);
        foreach (var grant in grants)
        {
            var replica = RecordOf(grant.Replica);
            replica.Epoch++;
            replica.Hold(grant.Lease);
            _heard[replica.Ordinal] = time.GetTimestamp();
        }

        await PutInForceAsync(recipe, cancellationToken);
        foreach (var grant in grants)
        {
            var replica = RecordOf(grant.Replica);
            var result = await StartTrainerAsync(recipe, replica, grant.Lease, comesLate: State.Begun, cancellationToken);
            if (result.Started)
            {
                (_live, State.Begun, State.Trained) = (true, true, true);

                // Whoever sees the event sees a job that runs.
                State.State = State.State == JobState.Waiting ? JobState.Running : State.State;
                Show(State.State);
                await TellStartAsync(recipe, replica, grant.Lease, result, result.Step > 0);
            }
            else
            {
                await NotStartedAsync(replica, result);
            }
        }

        if (IsEnding)
        {
            await InterruptTrainersAsync();
        }
    }

    /// <summary>It waits for another slot; who is refused as often as a replica may lose workers has failed for good.</summary>
    private async Task NotStartedAsync(CoordinatorState.ReplicaRecord replica, StartResult result)
    {
        if (Replaceable(result.UnfitHost) is { } host)
        {
            await PassOnAsync(replica, host, result.Refusal);
            return;
        }

        var worker = replica.Worker!;
        await TryReleaseAsync(replica);
        if (result.Busy)
        {
            return;
        }

        replica.Lost.Add(worker);
        if (replica.Lost.Count >= placement.Value.OwnersBeforeQuarantine)
        {
            (replica.Outcome, replica.Failure) = (ReplicaOutcome.Failed, result.Refusal ?? $"The worker {worker} has not started replica {Hands.Id(replica.Ordinal)} and gives no reason.");
            if (State.Replicas.Exists(static record => record.Outcome is null))
            {
                await TellEndAsync(replica);
            }
        }
    }

    private Task TellStartAsync(Recipe recipe, CoordinatorState.ReplicaRecord replica, SlotLease lease, StartResult result, bool resumed)
    {
        replica.ToldWaiting = false;
        _rates.Remove(replica.Ordinal);
        _heard[replica.Ordinal] = time.GetTimestamp();
        if (result.Opening)
        {
            return TellOpeningAsync(replica, lease);
        }

        var step = replica.Step = result.Step;
        var data = new Dictionary<string, double> { ["step"] = step };
        return resumed
            ? _log!.AddAsync(EventKinds.Resumed, $"Replica {replica.Ordinal} goes on from step {step}.", replica.Ordinal, replica.Epoch, data)
            : _log!.AddAsync(EventKinds.Started, $"Replica {replica.Ordinal} has started on {lease.Device} with {Count(recipe.Threads ?? 1, "thread")}.", replica.Ordinal, replica.Epoch, data);
    }

    /// <summary>
    /// Tells of replicas that asked for a slot and were given none, each wait once. One whose slot is about to be free, or that is about to start, does not wait.
    /// </summary>
    /// <returns>Whether there was something to tell.</returns>
    private async Task<bool> TellWaitingAsync(IReadOnlyList<int> claimed, IReadOnlyList<SlotGrant> grants)
    {
        var placed = grants.Select(static grant => grant.Replica).ToHashSet();
        var waiting = State.Replicas.FindAll(record => record is { Outcome: null, Lease: 0 } && claimed.Contains(record.Ordinal) && !placed.Contains(record.Ordinal));
        if (IsEnding || waiting.TrueForAll(static record => record.ToldWaiting))
        {
            return false;
        }

        waiting.ForEach(static record => record.ToldWaiting = true);
        var minimum = State.State == JobState.Waiting ? MinimumOf(RecipeInForce()) : 1;
        await _log!.AddAsync(
            EventKinds.Waiting,
            $"{Count(waiting.Count, "replica")} of job '{Job}' {(waiting.Count == 1 ? "waits" : "wait")} for {(minimum > 1 ? $"at least {minimum} free slots at once" : "a free slot")}; workers that join or jobs that end make room.{TellAvoided()}",
            data: new Dictionary<string, double> { ["replicas"] = waiting.Count });
        return true;
    }

    /// <summary>After a change: ends the job where every replica has, and otherwise stores whether it runs or waits.</summary>
    private async Task ConcludeAsync()
    {
        foreach (var replica in State.Replicas.Where(record => record is { Outcome: null, Lease: 0 } && IsEnding))
        {
            replica.Outcome = ReplicaOutcome.Interrupted;
        }

        foreach (var replica in State.Replicas.Where(record => record is { Outcome: null, Lease: 0 } && HasGeneratorEnded()))
        {
            replica.Outcome = ReplicaOutcome.Completed;
        }

        if (State.Replicas.TrueForAll(static record => record.Outcome is not null))
        {
            await FinishAsync();
            return;
        }

        if (State.State != JobState.Stopping)
        {
            State.State = State.Replicas.Exists(static record => record is { Outcome: null, Lease: not 0 }) ? JobState.Running : JobState.Waiting;
        }

        await StoreAsync(CancellationToken.None);
        Show(State.State);
    }

    /// <summary>Asks for a look after this turn.</summary>
    private void CheckSoon() => this.AsReference<ICoordinatorGrain>().CheckAsync().Ignore();
}
