using System.Text;
using DistGan.Grains.Interfaces;
using DistGan.Grains.Interfaces.Jobs;
using DistGan.Grains.Interfaces.Trainers;
using DistGan.Grains.Interfaces.Workers;
using DistGan.Recipes;

namespace DistGan.Grains.Jobs;

/// <summary>Starting and resuming.</summary>
internal sealed partial class CoordinatorGrain
{
    public async Task<SubmitResult> SubmitAsync(JobSubmission submission, CancellationToken cancellationToken = default)
    {
        try
        {
            var refusal = await TrySubmitAsync(submission, cancellationToken);
            return new SubmitResult { Accepted = refusal is null, Refusal = refusal };
        }
        catch (DistGanException exception)
        {
            LogRefused(logger, Job, exception);
            return new SubmitResult { Accepted = false, Refusal = exception.Message };
        }
    }

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

        var recipe = RecipeJson.Deserialize(submission.Recipe.Json.Span);
        var run = State.Recipe is { } stored ? RecipeJson.Deserialize(Encoding.UTF8.GetBytes(stored)) : null;
        if (run is not null && IsActive && await IsAliveAsync(cancellationToken))
        {
            return Canonical(RecipeChange.Freeze(run, recipe)) == State.Recipe
                ? null
                : $"The job '{Job}' is running with another recipe: stop it first, or use another name.";
        }

        return submission.Resume
            ? await ResumeAsync(run ?? await Folder.ReadRecipeAsync(cancellationToken), recipe, cancellationToken)
            : await StartNewAsync(recipe, cancellationToken);
    }

    private async Task<string?> StartNewAsync(Recipe recipe, CancellationToken cancellationToken)
        => State.State == JobState.Pending
            ? await StartAsync(recipe, resume: false, new Dictionary<int, long>(), cancellationToken)
            : $"The job '{Job}' exists already ({State.State.ToString().ToLowerInvariant()}): resume it, or use another name.";

    private async Task<string?> ResumeAsync(Recipe? run, Recipe recipe, CancellationToken cancellationToken)
    {
        var epochs = new Dictionary<int, long>();
        for (var ordinal = 0; ordinal < recipe.Topology.Replicas; ordinal++)
        {
            if (await Folder.NewestEpochAsync(ordinal, cancellationToken) is { } epoch)
            {
                epochs[ordinal] = epoch;
            }
        }

        if (run is null || epochs.Count == 0)
        {
            return $"The job '{Job}' has no snapshot to go on from: start it anew.";
        }

        recipe = RecipeChange.Freeze(run, recipe);
        var forbidden = RecipeChange.ForbiddenKeys(RecipeJson.Serialize(run), RecipeJson.Serialize(recipe));
        if (forbidden.Count > 0)
        {
            return $"The job '{Job}' cannot be resumed with another value of {string.Join(", ", forbidden)}: only budget, evaluation, samples, snapshots and topology.replicas may change; start a new run from its weights with train --from.";
        }

        var steps = Summary(State.State).Steps;
        return State.State == JobState.Completed && IsDone(recipe)
            ? $"The job '{Job}' has used its budget at step {steps}: give it a larger one, such as --steps {steps * 2}."
            : await StartAsync(recipe, resume: true, epochs, cancellationToken);
    }

    /// <summary>Whether every replica that the recipe asks for has used the budget.</summary>
    private bool IsDone(Recipe recipe)
    {
        var budget = new BudgetRule(recipe.Budget);
        return recipe.Topology.Replicas <= State.Replicas.Count
            && State.Replicas.TrueForAll(replica => budget.IsDone(replica.Step, replica.Images, replica.Seconds / 60));
    }

    private async Task<string?> StartAsync(Recipe recipe, bool resume, IReadOnlyDictionary<int, long> epochs, CancellationToken cancellationToken)
    {
        var leases = new List<SlotLease>();
        var before = State.State;
        try
        {
            var refusal = await LeaseAsync(recipe, leases, cancellationToken);
            if (refusal is null)
            {
                recipe = recipe with { Threads = recipe.Threads ?? leases.Min(static lease => lease.Threads) };
                await PrepareAsync(recipe, leases, epochs, cancellationToken);
                refusal = await StartTrainersAsync(recipe, leases, resume, cancellationToken);
            }

            if (refusal is not null)
            {
                await WithdrawAsync(before, leases.Count, cancellationToken);
            }

            return refusal;
        }
        catch
        {
            await WithdrawAsync(before, leases.Count, CancellationToken.None);
            throw;
        }
    }

    private async Task<string?> LeaseAsync(Recipe recipe, List<SlotLease> leases, CancellationToken cancellationToken)
    {
        var threads = recipe.Threads ?? 1;
        for (var ordinal = 0; ordinal < recipe.Topology.Replicas; ordinal++)
        {
            if (await Hands.LeaseAsync(ordinal, threads, cancellationToken) is not { } lease)
            {
                return await Hands.WhyNoSlotAsync(recipe.Topology.Replicas, threads, cancellationToken);
            }

            leases.Add(lease);
        }

        return null;
    }

    private async Task PrepareAsync(Recipe recipe, List<SlotLease> leases, IReadOnlyDictionary<int, long> epochs, CancellationToken cancellationToken)
    {
        await OpenLogAsync(cancellationToken);
        for (var ordinal = 0; ordinal < leases.Count; ordinal++)
        {
            var replica = State.Replicas.Find(record => record.Ordinal == ordinal);
            if (replica is null)
            {
                State.Replicas.Add(replica = new CoordinatorState.ReplicaRecord { Ordinal = ordinal });
            }

            replica.Epoch = Math.Max(replica.Epoch, epochs.GetValueOrDefault(ordinal)) + 1;
            replica.Worker = leases[ordinal].Worker;
            replica.Outcome = null;
            replica.Failure = null;
        }

        State.Replicas.RemoveAll(replica => replica.Ordinal >= leases.Count);
        State.Starts++;
        var canonical = Canonical(recipe);
        var changed = State.Recipe != canonical;
        (State.Recipe, State.RecipeSha256) = (canonical, RecipeJson.Sha256(recipe));
        (State.State, State.Failure, _interrupt) = (JobState.Running, null, false);
        State.Files["recipe"] = RunFiles.Recipe;
        await StoreAsync(cancellationToken);
        if (changed)
        {
            await Folder.WriteRecipeAsync(recipe, cancellationToken);
        }
    }

    private async Task<string?> StartTrainersAsync(Recipe recipe, List<SlotLease> leases, bool resume, CancellationToken cancellationToken)
    {
        if (_log!.Sequence == 0)
        {
            await _log.AddAsync(EventKinds.Submitted, $"The job '{Job}' is submitted.");
        }

        Show(JobState.Running);
        foreach (var replica in State.Replicas)
        {
            var result = await StartTrainerAsync(recipe, replica, leases[replica.Ordinal], resume, cancellationToken);
            if (!result.Started)
            {
                return result.Refusal ?? $"The worker {replica.Worker} has not started replica {Hands.Id(replica.Ordinal)} and gives no reason.";
            }

            replica.Step = result.Step;
            var data = new Dictionary<string, double> { ["step"] = result.Step };
            await (resume
                ? _log.AddAsync(EventKinds.Resumed, $"Replica {replica.Ordinal} goes on from step {result.Step}.", replica.Ordinal, replica.Epoch, data)
                : _log.AddAsync(EventKinds.Started, $"Replica {replica.Ordinal} has started on {leases[replica.Ordinal].Device} with {(recipe.Threads == 1 ? "1 thread" : $"{recipe.Threads} threads")}.", replica.Ordinal, replica.Epoch, data));
        }

        _live = true;
        await Folder.WriteSummaryAsync(Summary(JobState.Running), time.GetUtcNow(), cancellationToken);
        if (_interrupt)
        {
            await InterruptTrainersAsync();
        }

        return null;
    }

    private async Task<StartResult> StartTrainerAsync(
        Recipe recipe, CoordinatorState.ReplicaRecord replica, SlotLease lease, bool resume, CancellationToken cancellationToken)
    {
        var assignment = new TrainerAssignment
        {
            Replica = Hands.Id(replica.Ordinal),
            Epoch = replica.Epoch,
            Recipe = Envelope(recipe),
            Lease = lease,
            Resume = resume,
            Start = State.Starts,
        };
        try
        {
            return await Hands.StartAsync(assignment, cancellationToken);
        }
        catch (Exception exception) when (exception is OrleansException or TimeoutException)
        {
            LogNotStarted(logger, assignment.Replica, lease.Worker, exception);
            return new StartResult { Started = false, Refusal = $"The worker {lease.Worker} could not start replica {assignment.Replica}: {exception.Message}" };
        }
    }

    /// <summary>After a refusal: nobody owns a replica any more, the slots are free, and the job is what it was.</summary>
    private async Task WithdrawAsync(JobState before, int leases, CancellationToken cancellationToken)
    {
        _live = false;
        foreach (var replica in State.Replicas.Where(replica => IsActive && replica.Outcome is null && replica.Ordinal < leases))
        {
            await TryInterruptAsync(replica);
        }

        State.State = before == JobState.Running || before == JobState.Stopping ? JobState.Interrupted : before;
        for (var ordinal = 0; ordinal < leases; ordinal++)
        {
            await Hands.ReleaseAsync(ordinal);
        }

        if (_log is not null)
        {
            await StoreAsync(cancellationToken);
        }

        Show(State.State);
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
