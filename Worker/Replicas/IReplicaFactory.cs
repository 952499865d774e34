using DistGan.Grains.Interfaces.Workers;
using DistGan.Recipes;
using DistGan.Training.Links;

namespace DistGan.Worker.Replicas;

/// <summary>Makes what a training thread trains.</summary>
public interface IReplicaFactory
{
    /// <summary>Opens the data and builds a replica at step 0; called on the training thread, which alone uses the result.</summary>
    /// <exception cref="DistGanException">The data or the device is not there, or the recipe does not fit them.</exception>
    IReplicaSession Open(Recipe recipe, int ordinal, SlotLease lease, ReplicaLinks links);
}
