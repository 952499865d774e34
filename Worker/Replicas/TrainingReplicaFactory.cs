using DistGan.Grains.Interfaces.Workers;
using DistGan.Recipes;
using DistGan.Training.Data;
using DistGan.Training.Links;
using DistGan.Training.Metrics;
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
        IReadOnlyList<IMetric> metrics = [];
        try
        {
            metrics = recipe.Evaluation is { } evaluation ? MetricCatalog.For(evaluation, data) : [];
            var replica = ReplicaFactory.Create(resolved, data, ordinal, links, device);
            return new TrainingSession(resolved, data, replica, metrics);
        }
        catch
        {
            foreach (var metric in metrics)
            {
                metric.Dispose();
            }

            data.Dispose();
            throw;
        }
    }
}
