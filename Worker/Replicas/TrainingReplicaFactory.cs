using DistGan.Grains.Interfaces.Workers;
using DistGan.Recipes;
using DistGan.Training.Links;

namespace DistGan.Worker.Replicas;

/// <summary>The real thing.</summary>
internal sealed class TrainingReplicaFactory : IReplicaFactory
{
    public IReplicaSession Open(Recipe recipe, int ordinal, SlotLease lease, ReplicaLinks links) => throw new NotSupportedException();
}
