using System.Diagnostics;
using System.Text;
using DistGan.Grains.Interfaces;
using DistGan.Grains.Interfaces.Jobs;
using DistGan.Grains.Interfaces.Telemetry;
using DistGan.Grains.Interfaces.Trainers;
using DistGan.Grains.Interfaces.Workers;
using DistGan.Recipes;

namespace DistGan.Grains.Jobs;

/// <summary>Starting and resuming.</summary>
internal sealed partial class CoordinatorGrain
{
    /// <summary>The trace of the newest submission.</summary>
    private ActivityContext _submitted;

    public async Task<SubmitResult> SubmitAsync(JobSubmission submission, CancellationToken cancellationToken = default)
    {
        _submitted = Activity.Current?.Context ?? default;
        try
        {
            if (IsRepetition(submission))
            {
                return new SubmitResult { Accepted = true, Existing = true };
            }

            var refusal = await TrySubmitAsync(submission, cancellationToken);
            return new SubmitResult { Accepted = refusal is null, Refusal = refusal };
        }
        catch (DistGanException exception)
        {
            LogRefused(logger, Job, exception);
            return new SubmitResult { Accepted = false, Refusal = exception.Message };
        }
    }

    /// <summary>Whether this is the submission that made the job. One that never trained is submitted anew.</summary>
    private bool IsRepetition(JobSubmission submission)
        => submission is { Once: true, Resume: false } && State.SubmittedSha256 == submission.Recipe.Sha256 && State.State != JobState.Pending && (!IsEnd(State.State) || State.Trained);

    private static string Canonical(Recipe recipe) => Encoding.UTF8.GetString(RecipeJson.Serialize(recipe));

    private static RecipeEnvelope Envelope(Recipe recipe)
    {
        var json = RecipeJson.Serialize(recipe);
        return new RecipeEnvelope { SchemaVersion = Recipe.SchemaVersion, Json = json, Sha256 = RecipeJson.Sha256(json) };
    }

    private async Task<string?> TrySubmitAsync(JobSubmission submission, CancellationToken cancellationToken)
    {
        if (submission.Recipe.SchemaVersion != Recipe.SchemaVersion || RecipeJson.Sha256(submission.Recipe.Json.Span) != submission.Recipe.Sha256)
        {
            return $"The recipe of job '{Job}' has schema version {submission.Recipe.SchemaVersion} and hash {submission.Recipe.Sha256}, which is not what this cluster reads (version {Recipe.SchemaVersion}) or not its content: submit it with a console of the same version.";
        }

        if (submission.Priority is < -100 or > 100)
        {
            return $"The priority of job '{Job}' is {submission.Priority}, expected −100 to 100: the higher goes first.";
        }

        var recipe = RecipeJson.Deserialize(submission.Recipe.Json.Span);
        var run = State.Recipe is { } stored ? RecipeJson.Deserialize(Encoding.UTF8.GetBytes(stored)) : null;
        var waits = State.State == JobState.Waiting && !submission.Resume;
        if (run is not null && IsActive && (waits || await IsAliveAsync(cancellationToken)))
        {
            return Canonical(RecipeChange.Freeze(run, recipe)) == State.Recipe
                ? null
                : $"The job '{Job}' is {(waits ? "waiting" : "running")} with another recipe: stop it first, or use another name.";
        }

        return submission.Resume
            ? await ResumeAsync(run ?? await Folder.ReadRecipeAsync(cancellationToken), recipe, submission, cancellationToken)
            : await StartNewAsync(recipe, submission, cancellationToken);
    }

    /// <summary>A job that never trained may be submitted again: nothing of it is there.</summary>
    private async Task<string?> StartNewAsync(Recipe recipe, JobSubmission submission, CancellationToken cancellationToken)
        => State.State == JobState.Pending || (IsEnd(State.State) && !State.Trained)
            ? await StartAsync(recipe, submission, new Dictionary<int, long>(), cancellationToken)
            : $"The job '{Job}' exists already ({State.State.ToString().ToLowerInvariant()}): resume it, or use another name.";

    private async Task<string?> ResumeAsync(Recipe? run, Recipe recipe, JobSubmission submission, CancellationToken cancellationToken)
    {
        var epochs = new Dictionary<int, long>();
        for (var ordinal = 0; ordinal < recipe.Topology.Replicas; ordinal++)
        {
            if (await Folder.NewestSnapshotAsync(ordinal, cancellationToken) is { } newest)
            {
                epochs[ordinal] = newest.Epoch;
            }
        }

        if (run is null || (epochs.Count == 0 && State.State != JobState.Paused))
        {
            return $"The job '{Job}' has no snapshot to go on from: start it anew.";
        }

        recipe = RecipeChange.Freeze(run, recipe);
        var forbidden = RecipeChange.ForbiddenKeys(RecipeJson.Serialize(run), RecipeJson.Serialize(recipe));
        if (forbidden.Count > 0)
        {
            return $"The job '{Job}' cannot be resumed with another value of {string.Join(", ", forbidden)}: only budget, evaluation, samples, snapshots and topology.replicas may change; start a new one from its weights with train --from or submit --from.";
        }

        var steps = Summary(State.State).Steps;
        return State.State == JobState.Completed && IsDone(recipe)
            ? $"The job '{Job}' has used its budget at step {steps}: give it a larger one, such as --steps {steps * 2}."
            : await StartAsync(recipe, submission, epochs, cancellationToken);
    }

    /// <summary>Whether every replica that the recipe asks for has used the budget.</summary>
    private bool IsDone(Recipe recipe)
    {
        var budget = new BudgetRule(recipe.Budget);
        return recipe.Topology.Replicas <= State.Replicas.Count(static replica => replica.Outcome != ReplicaOutcome.Retired)
            && State.Replicas.TrueForAll(replica => replica.Outcome == ReplicaOutcome.Retired || budget.IsDone(replica.Step, replica.Images, replica.Seconds / 60));
    }

    private async Task<string?> StartAsync(Recipe recipe, JobSubmission submission, IReadOnlyDictionary<int, long> epochs, CancellationToken cancellationToken)
    {
        var before = (State.State, State.Failure);
        var isNew = await IsNewAsync(submission, cancellationToken);
        IReadOnlyList<SlotGrant> placed = [];
        _unfit.Clear();
        try
        {
            await Hands.WithdrawAsync();
            var grants = await Hands.ClaimAsync(FirstClaim(recipe, submission), cancellationToken);
            var refusal = grants.Refusal;
            if (refusal is null)
            {
                (State.User, State.Priority, State.Resumes) = (submission.User, submission.Priority, submission.Resume);
                State.SubmittedSha256 = submission.Resume ? State.SubmittedSha256 : submission.Recipe.Sha256;
                placed = grants.Slots;
                await PrepareAsync(WithThreads(recipe, grants.Slots), grants.Slots, epochs, cancellationToken);
                refusal = await StartTrainersAsync(recipe, grants.Slots, epochs, cancellationToken);
            }

            if (refusal is not null)
            {
                await TakeBackAsync(before, isNew, placed, refusal);
            }

            return refusal;
        }
        catch (Exception exception)
        {
            await TakeBackAsync(before, isNew, placed, exception.FirstLine());
            throw;
        }
    }

    private SlotClaim FirstClaim(Recipe recipe, JobSubmission submission) => new()
    {
        Job = Job,
        User = submission.User ?? "",
        Priority = submission.Priority,
        Threads = recipe.Threads ?? 1,
        Replicas = [.. Enumerable.Range(0, recipe.Topology.Replicas)],
        Minimum = MinimumOf(recipe),
    };

    private async Task PrepareAsync(Recipe recipe, IReadOnlyList<SlotGrant> grants, IReadOnlyDictionary<int, long> epochs, CancellationToken cancellationToken)
    {
        await OpenLogAsync(cancellationToken);
        for (var ordinal = 0; ordinal < recipe.Topology.Replicas; ordinal++)
        {
            var replica = RecordOf(ordinal);
            var lease = grants.FirstOrDefault(grant => grant.Replica == ordinal)?.Lease;
            replica.Epoch = Math.Max(replica.Epoch, epochs.GetValueOrDefault(ordinal)) + 1;
            replica.Hold(lease);
            (replica.Leaving, replica.ToldWaiting) = (LeavingReason.None, false);
            replica.Lost.Clear();
            replica.Outcome = null;
            replica.Failure = null;
        }

        State.Replicas.RemoveAll(replica => replica.Ordinal >= recipe.Topology.Replicas && replica.Outcome != ReplicaOutcome.Retired);
        State.Starts++;
        State.Submitted = recipe.Topology.Replicas;
        _balance = null;
        (State.Begun, State.Pausing, State.Quarantine, State.Failure, _interrupt) = (false, false, null, null, false);
        State.State = grants.Count > 0 ? JobState.Running : JobState.Waiting;
        await PutInForceAsync(recipe, cancellationToken);
    }

    private CoordinatorState.ReplicaRecord RecordOf(int ordinal)
    {
        if (State.Replicas.Find(record => record.Ordinal == ordinal) is not { } replica)
        {
            State.Replicas.Add(replica = new CoordinatorState.ReplicaRecord { Ordinal = ordinal });
        }

        return replica;
    }

    private async Task<string?> StartTrainersAsync(Recipe recipe, IReadOnlyList<SlotGrant> grants, IReadOnlyDictionary<int, long> epochs, CancellationToken cancellationToken)
    {
        if (_log!.Sequence == 0)
        {
            await _log.AddAsync(EventKinds.Submitted, $"The job '{Job}' is submitted.");
        }

        Show(State.State);
        var (started, refusal) = await StartAllAsync(WithThreads(recipe, grants), grants, epochs, cancellationToken);
        if (!started && refusal is null)
        {
            (started, refusal) = await StartElsewhereAsync(recipe, epochs, cancellationToken);
        }

        if (refusal is not null)
        {
            return refusal;
        }

        if (State.State != JobState.Stopping)
        {
            State.State = started ? JobState.Running : JobState.Waiting;
            Show(State.State);
        }

        await TellWaitingAsync([.. Enumerable.Range(0, recipe.Topology.Replicas)], grants);
        (_live, State.Begun, State.Trained) = (started, started, State.Trained || started);
        await StoreAsync(cancellationToken);
        await Folder.WriteSummaryAsync(Summary(State.State), time.GetUtcNow(), cancellationToken);
        if (_interrupt)
        {
            await InterruptTrainersAsync();
        }

        return null;
    }

    /// <summary>Whether any has started, and why the job is refused; a replica whose worker is about to end, or still busy, waits for another slot.</summary>
    private async Task<(bool Started, string? Refusal)> StartEachAsync(Recipe recipe, IReadOnlyList<SlotGrant> grants, IReadOnlyList<Task<StartResult>> starting)
    {
        var started = false;
        foreach (var (grant, start) in grants.Zip(starting))
        {
            var replica = RecordOf(grant.Replica);
            var result = await start;
            if (result.Started)
            {
                started = true;
                await TellStartAsync(recipe, replica, grant.Lease, result, State.Resumes);
            }
            else if (Replaceable(result.UnfitHost) is { } host)
            {
                await PassOnAsync(replica, host, result.Refusal);
            }
            else if (result.Busy)
            {
                await TryReleaseAsync(replica);
            }
            else
            {
                return (started, result.Refusal ?? $"The worker {replica.Worker} has not started replica {Hands.Id(replica.Ordinal)} and gives no reason.");
            }
        }

        return (started, null);
    }

    private async Task<StartResult> StartTrainerAsync(
        Recipe recipe, CoordinatorState.ReplicaRecord replica, SlotLease lease, bool comesLate, CancellationToken cancellationToken)
    {
        if (!Holds(replica, lease))
        {
            return EndedMeanwhile;
        }

        var assignment = new TrainerAssignment
        {
            Replica = Hands.Id(replica.Ordinal),
            Epoch = replica.Epoch,
            Recipe = Envelope(RecipeOf(recipe, replica)),
            Lease = lease,
            Resume = State.Resumes || comesLate,
            Start = State.Starts,
            Submitted = State.Submitted,
            Joins = comesLate,
            Donor = replica.Member.Adopts,
            DonorSince = replica.Member.AdoptsSince,
        };
        // One that starts later, where a slot is free then, belongs to the trace of the submission too.
        using var span = Instruments.Source.StartActivity("start replica", ActivityKind.Internal, Activity.Current?.Context ?? _submitted);
        span?.SetTag(Instruments.Job, Job.Value).SetTag(Instruments.Replica, replica.Ordinal);
        try
        {
            var result = await Hands.StartAsync(assignment, cancellationToken);
            return Holds(replica, lease) ? result : TakenBack(assignment);
        }
        catch (Exception exception) when (exception is OrleansException or TimeoutException)
        {
            LogNotStarted(logger, assignment.Replica, lease.Worker, exception);
            return new StartResult { Started = false, Busy = true, Refusal = $"The worker {lease.Worker} could not start replica {assignment.Replica}: {exception.FirstLine()}" };
        }
    }

    private async Task<bool> IsAliveAsync(CancellationToken cancellationToken)
    {
        if (_live)
        {
            return true;
        }

        foreach (var replica in State.Replicas)
        {
            if (await Hands.IsRunningAsync(replica, cancellationToken))
            {
                return _live = true;
            }
        }

        return false;
    }
}
