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
        { Idx: not null } => null,
        { Name: "fashion-10k" } => new DataFacts { Count = 10_000, Channels = 1, Height = 28, Width = 28, Classes = 10 },
        { Name: "ring" } => new DataFacts { Channels = 2, Classes = data.Modes },
        { Name: "grid" } => new DataFacts { Channels = 2, Classes = 25 },
        _ => null,
    };
}
