using DistGan.Grains.Interfaces.Jobs;
using DistGan.Grains.Interfaces.Trainers;
using DistGan.Recipes;
using DistGan.Recipes.Validation;

namespace DistGan.Grains.Jobs;

/// <summary>More or fewer replicas while the job runs.</summary>
internal sealed partial class CoordinatorGrain
{
    public async Task<ScaleResult> ScaleAsync(int replicas, string? reason = null, CancellationToken cancellationToken = default)
    {
        _ = KnownLog();
        if (RefuseScale(replicas) is { } refusal)
        {
            return new ScaleResult { Accepted = false, Refusal = refusal, Replicas = State.Recipe is null ? 0 : Scale };
        }

        var recipe = RecipeInForce();
        var before = recipe.Topology.Replicas;
        if (replicas != before)
        {
            await TellScaleAsync(before, replicas, reason);
            for (var ordinal = before; ordinal < replicas; ordinal++)
            {
                Revive(RecordOf(ordinal));
            }

            await PutInForceAsync(recipe with { Topology = recipe.Topology with { Replicas = replicas } }, cancellationToken);
            await RetireAsync(replicas);
            if (IsActive)
            {
                await ConcludeAsync();
                CheckSoon();
            }
            else
            {
                await StoreAsync(cancellationToken);
            }
        }

        return new ScaleResult { Accepted = true, Replicas = replicas };
    }

    private string? RefuseScale(int replicas)
    {
        if (State.State != JobState.Paused && (!IsActive || IsEnding))
        {
            var state = IsActive ? "stopping" : State.State.ToString().ToLowerInvariant();
            return $"The job '{Job}' is {state} and cannot be scaled: {(IsActive ? "when it has ended, " : "")}resume it with --set topology.replicas={replicas}.";
        }

        var recipe = RecipeInForce();
        var errors = RecipeValidator.Validate(recipe with { Topology = recipe.Topology with { Replicas = replicas } });
        return errors.Count == 0
            ? null
            : $"The job '{Job}' cannot have {Count(replicas, "replica")}: {string.Join("; ", errors.Select(static error => error.ToString()))}";
    }

    private Task TellScaleAsync(int before, int replicas, string? reason)
    {
        var (first, last) = (Math.Min(before, replicas), Math.Max(before, replicas) - 1);
        var (who, one) = (first == last ? $"replica {first}" : $"replicas {first} to {last}", first == last);
        var what = replicas > before ? $"{who} {(one ? "starts" : "start")} {(IsActive ? "where slots are free" : "when it is resumed")}"
            : !IsActive ? $"{who} {(one ? "stays where it is" : "stay where they are")}"
            : $"{who} {(one ? "ends" : "end")} with a snapshot";
        return _log!.AddAsync(
            EventKinds.Scaled,
            $"The job '{Job}' is scaled from {before} to {Count(replicas, "replica")}{(string.IsNullOrWhiteSpace(reason) ? "" : $" ({reason})")}: {what}.",
            data: new Dictionary<string, double> { ["before"] = before, ["replicas"] = replicas });
    }

    /// <summary>A replica that was not wanted any more is wanted again; one that still ends will go on after its end.</summary>
    private static void Revive(CoordinatorState.ReplicaRecord replica)
    {
        if (replica.Outcome == ReplicaOutcome.Retired)
        {
            (replica.Outcome, replica.Failure, replica.ToldWaiting, replica.Leaving) = (null, null, false, LeavingReason.None);
            replica.Lost.Clear();
        }
        else if (replica.Leaving == LeavingReason.ScaledDown)
        {
            replica.Leaving = LeavingReason.WantedAgain;
        }
    }

    private async Task RetireAsync(int replicas)
    {
        foreach (var replica in State.Replicas.Where(record => record.Ordinal >= replicas && (record.Outcome is null || !IsActive)).OrderByDescending(static record => record.Ordinal).ToList())
        {
            if (replica.Lease == 0)
            {
                replica.Outcome = ReplicaOutcome.Retired;
            }
            else
            {
                replica.Leaving = LeavingReason.ScaledDown;
                await TryInterruptAsync(replica);
            }
        }
    }
}
