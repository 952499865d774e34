using DistGan.Grains.Interfaces.Workers;
using DistGan.Recipes;
using DistGan.Training.Data;
using DistGan.Training.Links;
using DistGan.Training.Steps;
using TorchSharp;

namespace DistGan.Worker.Replicas;

/// <summary>Opens the recipe's data set and builds the replica on the leased device, with the leased threads.</summary>
internal sealed class TrainingReplicaFactory : IReplicaFactory
{
    public IReplicaSession Open(Recipe recipe, int ordinal, SlotLease lease, ReplicaLinks links)
    {
        var device = TorchDevice.Open(lease.Device);
        torch.set_num_threads(recipe.Threads ?? lease.Threads);
        var resolved = PrecisionSelfTest.Resolve(recipe, device);
        var data = DataCatalog.Open(recipe.Data, recipe.Seed);
        try
        {
            var replica = ReplicaFactory.Create(resolved, data, ordinal, links, device);
            return new TrainingSession(resolved, data, replica);
        }
        catch
        {
            data.Dispose();
            throw;
        }
    }
}
