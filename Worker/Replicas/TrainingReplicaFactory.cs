using DistGan.Grains.Interfaces.Workers;
using DistGan.Recipes;
using DistGan.Training.Champions;
using DistGan.Training.Data;
using DistGan.Training.Features;
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
        IModes? modes = null;
        try
        {
            // Who trains no generator scores none.
            var scored = recipe.Topology.TrainsGenerator(ordinal) ? recipe : recipe with { Evaluation = null };
            using var real = Features(scored, data);
            var context = new MetricContext(data, real) { AsksForLabels = recipe.Conditioning.UsesLabels };
            metrics = scored.Evaluation is { } evaluation ? MetricCatalog.For(evaluation.Metrics, context) : [];
            modes = scored is { Evaluation: not null, Techniques.ModeChampions: { } champions } ? ModeFinder.Find(champions, context, recipe.Seed) : null;
            var replica = ReplicaFactory.Create(resolved, data, ordinal, links, device);
            return new TrainingSession(resolved, data, replica, metrics, modes);
        }
        catch
        {
            foreach (var metric in metrics)
            {
                metric.Dispose();
            }

            modes?.Dispose();
            data.Dispose();
            throw;
        }
    }

    /// <summary>What scores and champions share: features of real images are computed once.</summary>
    private static RealFeatures? Features(Recipe recipe, IDataSet data)
        => recipe.Evaluation is not null && data.Shape.IsImage ? new RealFeatures(FeatureCatalog.Open(FeatureCatalog.DefaultFor(data), data.Shape), data) : null;
}
