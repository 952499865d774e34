using DistGan.Grains.Interfaces.Replay;
using DistGan.Grains.Interfaces.Replay.Rings;
using Orleans.Placement;
using Orleans.Runtime;
using Orleans.Runtime.Placement;

namespace DistGan.Worker.Replay;

/// <summary>
/// A part of a job's replay buffer, in the memory of the worker that trains the replica whose images it keeps. That replica's calls name their worker as
/// the place (<see cref="PlacedReplay"/>). A shard that lies elsewhere, because its replica has moved or another one has asked for it first, moves there when
/// it is opened, and is empty then. It is let go of when nobody has called it for two hours: its job is over.
/// </summary>
[RandomPlacement, Immovable, CollectionAgeLimit(Hours = 2), GrainType(TypeName)]
internal sealed class ReplayShardGrain(ILocalSiloDetails silo) : ReplayGrain
{
    /// <summary>Tells shards from the buffers of the control plane.</summary>
    public const string TypeName = "replay-shard";

    public override Task<ReplayOpening> OpenAsync(long start, ReplaySettings settings, CancellationToken cancellationToken = default)
    {
        if (RequestContext.Get(IPlacementDirector.PlacementHintKey) is not SiloAddress home || home.Equals(silo.SiloAddress))
        {
            return base.OpenAsync(start, settings, cancellationToken);
        }

        // Going away is not enough: who remembers this place would bring it to life here again.
        MigrateOnIdle();
        return Task.FromResult(ReplayOpening.Moves);
    }
}
