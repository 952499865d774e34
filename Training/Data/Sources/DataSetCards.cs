namespace DistGan.Training.Data.Sources;

/// <summary>The cards of all named data sets, in the order of a list.</summary>
public static class DataSetCards
{
    private const string Drawn = "drawn by the program, no rights";

    private static readonly string[] Mnist = ["https://storage.googleapis.com/cvdf-datasets/mnist/", "https://ossci-datasets.s3.amazonaws.com/mnist/"];

    private static readonly string[] Fashion = ["http://fashion-mnist.s3-website.eu-central-1.amazonaws.com/"];

    public static IReadOnlyList<DataSetCard> All { get; } =
    [
        new()
        {
            Name = FashionFiles.Name, Description = "Clothes: the test split of Fashion-MNIST, shipped with the program.", Samples = 10_000, Shape = new(1, 28, 28), Classes = 10,
            ClassNames = FashionFiles.ClassNames, Licence = "MIT, © 2017 Zalando SE", Homepage = "https://github.com/zalandoresearch/fashion-mnist",
        },
        new()
        {
            Name = "fashion-mnist", Description = "Clothes: the training split of Fashion-MNIST.", Samples = 60_000, Shape = new(1, 28, 28), Classes = 10,
            ClassNames = FashionFiles.ClassNames, Licence = "MIT, © 2017 Zalando SE", Homepage = "https://github.com/zalandoresearch/fashion-mnist", Package = "dataset-fashion-mnist",
            Files =
            [
                File("train-images-idx3-ubyte.gz", 26_421_880, "3aede38d61863908ad78613f6a32ed271626dd12800ba2636569512369268a84", Fashion, 47_040_016, "c59f468a2f672dc815687fe0f83887768d799fd8a3f3276145d20f83aa44d888"),
                File("train-labels-idx1-ubyte.gz", 29_515, "a04f17134ac03560a47e3764e11b92fc97de4d1bfaf8ba1a3aa29af54cc90845", Fashion, 60_008, "bad3541b69d912435c50bb6ba87bec294ff4f6a2e1246121d8633921760443d9"),
            ],
        },
        new()
        {
            Name = "mnist", Description = "Handwritten digits: the training split of MNIST.", Samples = 60_000, Shape = new(1, 28, 28), Classes = 10,
            Licence = "CC BY-SA 3.0, Yann LeCun and Corinna Cortes", Homepage = "http://yann.lecun.com/exdb/mnist/",
            Files =
            [
                File("train-images-idx3-ubyte.gz", 9_912_422, "440fcabf73cc546fa21475e81ea370265605f56be210a4024d2ca8f203523609", Mnist, 47_040_016, "ba891046e6505d7aadcbbe25680a0738ad16aec93bde7f9b65e87a2fc25776db"),
                File("train-labels-idx1-ubyte.gz", 28_881, "3552534a0a558bbed6aed32b30c495cca23d567ec52cac8be1a0730e8010255c", Mnist, 60_008, "65a50cbbf4e906d70832878ad85ccda5333a97f0f4c3dd2ef09a8a9eef7101c5"),
            ],
        },
        new()
        {
            Name = "cifar-10", Description = "Small photographs of animals and vehicles: the training split of CIFAR-10.", Samples = 50_000, Shape = new(3, 32, 32), Classes = 10,
            ClassNames = CifarDataSet.ClassNames, Licence = "none stated by its makers (Krizhevsky, 2009); cite their report", Homepage = "https://www.cs.toronto.edu/~kriz/cifar.html",
            Files =
            [
                new("cifar-10-binary.tar.gz", 170_052_171, "c4a38c50a1bc5f3a1c5537f2155ab9d68f9f25eb1ed8d9ddda3db29a59bca1dd", ["https://www.cs.toronto.edu/~kriz/cifar-10-binary.tar.gz"])
                {
                    Unpacks = CifarDataSet.FileNames,
                },
            ],
        },
        new()
        {
            Name = "stacked-mnist", Description = "Three digits of MNIST as red, green and blue: 1,000 modes with known names.", Samples = StackedDataSet.DefaultCount, Shape = new(3, 28, 28), Classes = 1000,
            Licence = "that of the set it stacks (data.base)", MadeOf = "mnist",
        },
        new() { Name = "ring", Description = "Gaussians on a ring (data.modes, 8).", Samples = DataCatalog.DrawnPoints, Shape = SampleShape.Point(2), Classes = 8, Licence = Drawn },
        new() { Name = "grid", Description = "25 Gaussians on a grid.", Samples = DataCatalog.DrawnPoints, Shape = SampleShape.Point(2), Classes = 25, Licence = Drawn },
        new() { Name = "gaussians", Description = "Gaussians at random places (data.modes, data.spread).", Samples = DataCatalog.DrawnPoints, Shape = SampleShape.Point(2), Classes = 8, Licence = Drawn },
    ];

    /// <summary>The card of a name, or null.</summary>
    public static DataSetCard? Find(string? name) => All.FirstOrDefault(card => card.Name == name);

    /// <summary>A gzipped file, and what it is without its compression.</summary>
    private static DataFile File(string name, long bytes, string sha256, IEnumerable<string> folders, long plainBytes, string plainSha256)
        => new(name, bytes, sha256, [.. folders.Select(folder => folder + name)]) { Plain = new(Path.GetFileNameWithoutExtension(name), plainBytes, plainSha256, []) };
}
