namespace DistGan.Recipes;

/// <summary>What is known about a data set once it is open, as far as a recipe depends on it.</summary>
public sealed record DataFacts
{
    /// <summary>Number of real samples; 0 where it is not known yet.</summary>
    public long Count { get; init; }

    /// <summary>Channels of an image, or dimensions of a point.</summary>
    public required int Channels { get; init; }

    /// <summary>Height of the images as they are stored; 0 for points.</summary>
    public int Height { get; init; }

    /// <summary>Width of the images as they are stored; 0 for points.</summary>
    public int Width { get; init; }

    /// <summary>Number of classes; 0 where there are no labels.</summary>
    public int Classes { get; init; }

    /// <summary>Whether the samples are images.</summary>
    public bool IsImages => Height > 0;

    /// <summary>Bytes of one sample as the networks see it: uint8 for images, float32 for points.</summary>
    public long ItemBytes(int size) => IsImages ? (long)Channels * size * size : (long)Channels * sizeof(float);

    /// <summary>What is known without opening anything; null for files.</summary>
    public static DataFacts? OfCatalog(DataRecipe data) => data switch
    {
        { Idx: not null } or { Folder: not null } => null,
        { Name: "fashion-10k" } => Images(data, 10_000, 28, 1),
        { Name: "fashion-mnist" or "mnist" } => Images(data, 60_000, 28, 1),
        { Name: "cifar-10" } => Images(data, 50_000, 32, 3),
        { Name: "stacked-mnist" } => Images(data, 128_000, 28, 3) with { Classes = 1000 },
        { Name: "ring" or "gaussians" } => new DataFacts { Channels = 2, Classes = data.Modes },
        { Name: "grid" } => new DataFacts { Channels = 2, Classes = 25 },
        _ => null,
    };

    private static DataFacts Images(DataRecipe data, long count, int size, int channels)
        => new() { Count = count, Channels = data.Channels ?? channels, Height = size, Width = size, Classes = 10 };
}
