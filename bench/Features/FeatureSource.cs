using DistGan.Recipes;
using DistGan.Training.Data;
using DistGan.Training.Data.Sources;
using DistGan.Training.Features;

namespace DistGan.Bench.Features;

/// <summary>Which images a shipped feature network is fitted on, and which it is referred to: the two splits of one set.</summary>
/// <param name="Assets">The files that come of it.</param>
/// <param name="DefaultFolder">Where the images are unless a folder is named.</param>
/// <param name="FittedOn">Data set and split for the card.</param>
/// <param name="Command">How to make the files again.</param>
/// <param name="Options">How it is fitted.</param>
/// <param name="OpenFitted">Opens the images that it is fitted on, in a folder.</param>
/// <param name="OpenReference">Opens the images of the reference, in a folder.</param>
internal sealed record FeatureSource(
    FeatureAssets Assets, string DefaultFolder, string FittedOn, string Command, FeatureTrainingOptions Options, Func<string, IDataSet> OpenFitted, Func<string, IDataSet> OpenReference)
{
    private const string Bench = "dotnet run -c Release --project bench -- features";

    private static readonly FeatureSource[] All =
    [
        new(FeatureAssets.Fashion, FashionFiles.DefaultFolder, "Fashion-MNIST, test split, 10,000 images", Bench, new FeatureTrainingOptions(),
            static _ => DataCatalog.Open(new DataRecipe { Name = FashionFiles.Name }, seed: 0), FashionFiles.OpenTrainingSplit),
        new(FeatureAssets.Mnist, Path.Combine(DataPlaces.OfUser().Cache, "mnist"), "MNIST, training split, 60,000 images", $"{Bench} mnist --data FOLDER",
            new FeatureTrainingOptions { Passes = 5, Shift = 2, Mirror = false }, static folder => OpenDigits(folder, "train"), static folder => OpenDigits(folder, "t10k")),
    ];

    /// <summary>The source of a network.</summary>
    /// <exception cref="DistGanException">There is none.</exception>
    public static FeatureSource Find(string name)
        => All.FirstOrDefault(source => source.Assets.Stem == name)
            ?? throw new DistGanException($"There is no shipped feature network '{name}': give {string.Join(" or ", All.Select(static source => source.Assets.Stem))}.");

    private static StoredImages OpenDigits(string folder, string split)
    {
        var (images, labels) = ($"{split}-images-idx3-ubyte", $"{split}-labels-idx1-ubyte");
        return DataLookup.FileIn(folder, images) is { } imagesPath && DataLookup.FileIn(folder, labels) is { } labelsPath
            ? IdxDataSet.Open($"mnist {split}", imagesPath, labelsPath, FeatureNetwork.ImageSize)
            : throw new DistGanException($"{images} and {labels} of MNIST, plain or gzipped (.gz), are not both in the folder {folder}: name a folder that holds all four files with --data.");
    }
}
