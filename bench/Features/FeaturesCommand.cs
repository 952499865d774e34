using DistGan.Recipes;
using DistGan.Training.Data;
using DistGan.Training.Features;
using DistGan.Training.Metrics;

namespace DistGan.Bench.Features;

/// <summary>
/// Makes a shipped feature network, of clothes or of digits: fits it on one split and takes the reference statistics from the
/// other, which it never sees (<see cref="FeatureSource"/>).
/// </summary>
internal static class FeaturesCommand
{
    public static int Run(string[] arguments)
    {
        var isNamed = arguments.Length > 0 && !arguments[0].StartsWith('-');
        var source = FeatureSource.Find(isNamed ? arguments[0] : FeatureAssets.Fashion.Stem);
        var options = FolderOption.Read(isNamed ? arguments[1..] : arguments, ("--data", source.DefaultFolder), ("--out", Path.Combine("Training", "Assets", "features")));
        using var reference = source.OpenReference(options["--data"]);
        using var fitted = source.OpenFitted(options["--data"]);
        var trainer = new FeatureTrainer(
            source.Options,
            static (pass, loss, accuracy) => Console.WriteLine($"pass {pass,2}  loss {loss:F4}  held-out accuracy {accuracy:P2}"));
        var card = Write(source, options["--out"], trainer.Train(fitted), reference);
        Console.WriteLine($"accuracy {card.ReferenceAccuracy:P2} on {reference.Count} images that it never saw");
        Console.WriteLine($"{options["--out"]}: weights {card.WeightsHash}, reference {card.ReferenceHash}");
        return 0;
    }

    private static FeatureCard Write(FeatureSource source, string folder, TrainedFeatures trained, IDataSet reference)
    {
        Console.WriteLine($"kept pass {trained.Pass}");
        var assets = source.Assets;
        using var network = new FeatureNetwork(assets.Name, assets.HashOf(trained.Weights), trained.Weights);
        var items = Enumerable.Range(0, (int)reference.Count).ToArray();
        using var features = FidMetric.FeaturesOf(network, reference, [.. items.Select(static i => (long)i)]);
        return assets.Write(folder, trained.Weights, FeatureStatistics.Of(features), new FeatureCard
        {
            Name = assets.Name,
            WeightsHash = "",
            ReferenceHash = "",
            FittedOn = source.FittedOn,
            Reference = $"{assets.ReferenceName}, {reference.Count:N0} images",
            HeldOutAccuracy = trained.HeldOutAccuracy,
            ReferenceAccuracy = Math.Round(FeatureTrainer.Accuracy(network, reference, items), 5),
            MadeBy = source.Command,
        });
    }
}
