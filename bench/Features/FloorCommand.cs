using DistGan.Recipes;
using DistGan.Training.Data;
using DistGan.Training.Features;
using DistGan.Training.Metrics;
using TorchSharp;
using static TorchSharp.torch;

namespace DistGan.Bench.Features;

/// <summary>
/// The score that real images get, which no generator is asked to beat: independent draws of 2,048 real images against the
/// shipped reference, and draws of training images against the rest of them.
/// </summary>
internal static class FloorCommand
{
    private const int Draws = 5;
    private const int Samples = 2048;

    public static int Run(string[] arguments)
    {
        var options = FolderOption.Read(arguments, ("--data", FashionFiles.DefaultFolder));
        using var training = FashionFiles.OpenTrainingSplit(options["--data"]);
        using var test = DataCatalog.Open(new DataRecipe { Name = FashionFiles.Name }, seed: 0);
        using var network = FeatureNetwork.Fashion();
        using var ofTest = Features(network, test);
        using var ofTraining = Features(network, training);
        var reference = FeatureStatistics.Fashion();
        Console.WriteLine($"FID of {Samples} real images, {network.Name} {network.Hash[..12]}, {Draws} draws");
        Print("test images against the shipped reference", draw => FrechetDistance.Between(reference, Part(ofTest, draw).Drawn));
        Print("training images against the other training images", draw =>
        {
            var (drawn, others) = Part(ofTraining, draw);
            return FrechetDistance.Between(others, drawn);
        });
        return 0;
    }

    private static Tensor Features(FeatureNetwork network, IDataSet data)
        => FidMetric.FeaturesOf(network, data, [.. Enumerable.Range(0, (int)data.Count).Select(static i => (long)i)]);

    private static (FeatureStatistics Drawn, FeatureStatistics Others) Part(Tensor features, int draw)
    {
        using var scope = NewDisposeScope();
        var order = Enumerable.Range(0, (int)features.shape[0]).Select(static i => (long)i).ToArray();
        new SeedSequence(1, 0).RandomFor("floor", draw).Shuffle(order);
        return (FeatureStatistics.Of(features.index_select(0, tensor(order[..Samples]))), FeatureStatistics.Of(features.index_select(0, tensor(order[Samples..]))));
    }

    private static void Print(string what, Func<int, double> score)
    {
        var scores = Enumerable.Range(0, Draws).Select(score).ToArray();
        var mean = scores.Average();
        var deviation = Math.Sqrt(scores.Sum(s => (s - mean) * (s - mean)) / (Draws - 1));
        Console.WriteLine($"{what}: mean {mean:F3}, standard deviation {deviation:F3}, from {scores.Min():F3} to {scores.Max():F3}");
    }
}
