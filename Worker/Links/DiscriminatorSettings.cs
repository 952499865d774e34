using DistGan.Grains.Interfaces;
using DistGan.Recipes;

namespace DistGan.Worker.Links;

/// <summary>Who meets whom in topology multi-discriminator, and how long is waited.</summary>
/// <param name="Replica">This replica.</param>
/// <param name="Start">The start of the job.</param>
/// <param name="Epoch">The owner of this replica.</param>
/// <param name="Quorum">Discriminators that an update of the generator waits for; 0 for all that keep up.</param>
/// <param name="Deadline">How long it waits for them.</param>
internal sealed record DiscriminatorSettings(ReplicaId Replica, long Start, long Epoch, int Quorum, TimeSpan Deadline)
{
    /// <summary>How long a replica waits for the discriminator that comes to it in a swap.</summary>
    public TimeSpan SwapLimit => Deadline / 2;

    public static DiscriminatorSettings Of(TopologyRecipe topology, ReplicaId replica, long start, long epoch)
        => new(replica, start, epoch, topology.Quorum ?? 0, TimeSpan.FromSeconds(topology.DeadlineSeconds));
}
