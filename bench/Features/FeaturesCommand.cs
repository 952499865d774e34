using DistGan.Recipes;
using DistGan.Training.Data;
using DistGan.Training.Features;
using DistGan.Training.Metrics;

namespace DistGan.Bench.Features;

/// <summary>
/// Makes the shipped feature network: fits it on the 10,000 test images of Fashion-MNIST and takes the reference statistics
/// from the 60,000 training images.
/// </summary>
internal static class FeaturesCommand
{
    public static int Run(string[] arguments)
    {
        var options = FolderOption.Read(arguments, ("--data", FashionFiles.DefaultFolder), ("--out", Path.Combine("Training", "Assets", "features")));
        using var reference = FashionFiles.OpenTrainingSplit(options["--data"]);
        using var fitted = DataCatalog.Open(new DataRecipe { Name = FashionFiles.Name }, seed: 0);
        var trainer = new FeatureTrainer(
            new FeatureTrainingOptions(),
            static (pass, loss, accuracy) => Console.WriteLine($"pass {pass,2}  loss {loss:F4}  held-out accuracy {accuracy:P2}"));
        var trained = trainer.Train(fitted);
        using var network = new FeatureNetwork(FeatureAssets.Name, FeatureAssets.HashOf(trained.Weights), trained.Weights);
        var items = Enumerable.Range(0, (int)reference.Count).ToArray();
        var accuracy = FeatureTrainer.Accuracy(network, reference, items);
        using var features = FidMetric.FeaturesOf(network, reference, [.. items.Select(static i => (long)i)]);
        var card = FeatureAssets.Write(options["--out"], trained.Weights, FeatureStatistics.Of(features), new FeatureCard
        {
            Name = FeatureAssets.Name,
            WeightsHash = "",
            ReferenceHash = "",
            FittedOn = "Fashion-MNIST, test split, 10,000 images",
            Reference = "Fashion-MNIST, training split, 60,000 images",
            HeldOutAccuracy = trained.HeldOutAccuracy,
            ReferenceAccuracy = Math.Round(accuracy, 5),
            MadeBy = "dotnet run -c Release --project bench -- features",
        });
        Console.WriteLine($"kept pass {trained.Pass}; accuracy {card.ReferenceAccuracy:P2} on {reference.Count} images that it never saw");
        Console.WriteLine($"{options["--out"]}: weights {card.WeightsHash}, reference {card.ReferenceHash}");
        return 0;
    }
}
