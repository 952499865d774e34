using DistGan.Recipes;

namespace DistGan.Training.Data;

/// <summary>
/// Where the images of Fashion-MNIST are: the test split is shipped beside the program, the training split is needed only by
/// tools. Source: Xiao et al., Fashion-MNIST (2017); MIT licence.
/// </summary>
public static class FashionFiles
{
    /// <summary>Catalog name of the shipped test split.</summary>
    public const string Name = "fashion-10k";

    /// <summary>Where the Debian package puts all 70,000 images.</summary>
    public const string DefaultFolder = "/usr/share/datasets/fashion-mnist";

    /// <summary>The ten classes by label.</summary>
    public static IReadOnlyList<string> ClassNames { get; } =
        ["t-shirt", "trousers", "pullover", "dress", "coat", "sandal", "shirt", "sneaker", "bag", "boot"];

    public static string ShippedImages => Shipped("t10k-images-idx3-ubyte.gz");

    public static string ShippedLabels => Shipped("t10k-labels-idx1-ubyte.gz");

    /// <summary>Opens the 60,000 training images from a folder that the user has.</summary>
    /// <exception cref="DistGanException">They are not there, or damaged.</exception>
    public static StoredImages OpenTrainingSplit(string folder)
    {
        var images = Path.Combine(folder, "train-images-idx3-ubyte.gz");
        return File.Exists(images)
            ? IdxDataSet.Open("fashion-mnist", images, Path.Combine(folder, "train-labels-idx1-ubyte.gz"), 28)
            : throw new DistGanException($"The training images of Fashion-MNIST are not at {images}: install the Debian package dataset-fashion-mnist, or name a folder that holds the four files with --data.");
    }

    private static string Shipped(string file) => Path.Combine(AppContext.BaseDirectory, "Assets", Name, file);
}
