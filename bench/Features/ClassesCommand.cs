using DistGan.Bench.Jobs;
using DistGan.Grains.Interfaces;
using DistGan.Grains.Interfaces.Replay;
using DistGan.Hosting.Storage;
using DistGan.Recipes;
using DistGan.Training.Data;
using DistGan.Training.Features;
using DistGan.Training.Links;
using DistGan.Training.Metrics;
using DistGan.Training.Steps;
using DistGan.Worker.Snapshots;
using static TorchSharp.torch;

namespace DistGan.Bench.Features;

/// <summary>What a trained generator of clothes draws: the share of each class among 2,048 samples, by the frozen classifier.</summary>
internal static class ClassesCommand
{
    private const int Samples = 2048;

    public static int Run(string[] arguments)
    {
        if (arguments.Length == 0)
        {
            throw new DistGanException("Name the folder of one run or more: bench classes runs/fashion");
        }

        using var classifier = FeatureNetwork.Fashion();
        Console.WriteLine($"share of each class in {Samples} samples of the averaged generator, by {classifier.Name} {classifier.Hash[..12]}");
        foreach (var folder in arguments)
        {
            var shares = SharesOf(folder, classifier);
            var parts = FashionFiles.ClassNames.Zip(shares, static (name, share) => $"{name} {share:P1}");
            Console.WriteLine($"{folder}: least {shares.Min():P1}; {string.Join(", ", parts)}");
        }

        return 0;
    }

    private static double[] SharesOf(string folder, FeatureNetwork classifier)
    {
        var recipe = RecipeReader.ReadFile(Path.Combine(folder, RunFiles.Recipe));
        var store = new DirectoryObjectStore(folder);
        var snapshot = SnapshotReader.FindNewestAsync(store, "", 0, Console.Error.WriteLine, CancellationToken.None).GetAwaiter().GetResult()
            ?? throw new DistGanException($"{folder} has no snapshot: train first.");
        var state = SnapshotReader.ReadReplicaAsync(store, snapshot, CancellationToken.None).GetAwaiter().GetResult();
        using var data = DataCatalog.Open(recipe.Data, recipe.Seed);
        var links = new ReplicaLinks(
            new MemoryReplay(new ReplaySettings { ItemBytes = data.Shape.ItemBytes, BudgetBytes = data.Shape.ItemBytes }), new MemoryParameters(), new NoReports());
        using var replica = ReplicaFactory.Create(recipe, data, 0, links, CPU);
        replica.Restore(state);
        using var samples = replica.Sample("classes", Samples);
        return ClassHistogram.Of(classifier, samples);
    }

    private sealed class NoReports : IReportSink
    {
        public void Report(RoundReport report)
        {
            // Nothing is trained here.
        }
    }
}
