using DistGan.Grains.Interfaces.Discriminators;
using DistGan.Grains.Interfaces.Trainers;

namespace DistGan.Grains.Jobs;

/// <summary>A job whose replica 0 has the one generator ends with it.</summary>
internal sealed partial class CoordinatorGrain
{
    /// <summary>The replica that the others work for; null where each works for itself.</summary>
    private CoordinatorState.ReplicaRecord? GeneratorOfAll()
        => State.Recipe is not null && RecipeInForce().Topology.HasManyDiscriminators() ? State.Replicas.Find(static record => record.Ordinal == 0) : null;

    /// <summary>Whether no version of the generator will come any more, although the job goes on.</summary>
    private bool HasGeneratorEnded() => GeneratorOfAll() is { Outcome: ReplicaOutcome.Completed or ReplicaOutcome.Failed };

    /// <summary>Discriminators that have done their work make no success of a generator that failed.</summary>
    private bool LosesWithGenerator() => GeneratorOfAll() is { Outcome: ReplicaOutcome.Failed };

    /// <summary>Tells the discriminators, which wait for work, that none will come; again at every look, as the grain may have moved.</summary>
    private async Task TryEndMeetingAsync()
    {
        if (!IsActive || !HasGeneratorEnded() || !State.Replicas.Exists(static record => record.Outcome is null))
        {
            return;
        }

        try
        {
            await GrainFactory.GetGrain<IMeetingGrain>(Job.Value).CloseAsync(State.Starts);
        }
        catch (Exception exception) when (exception is OrleansException or TimeoutException)
        {
            LogMeetingNotEnded(logger, Job, exception);
        }
    }
}
