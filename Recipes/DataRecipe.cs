using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace DistGan.Recipes;

/// <summary>Which data set, and how it is prepared; exactly one of name, idx is given.</summary>
public sealed record DataRecipe
{
    [Description("A data set of the catalog; fashion-10k is shipped, ring and grid are drawn.")]
    [AllowedValues("fashion-10k", "ring", "grid")]
    [Replaces(nameof(Idx), nameof(Labels))]
    public string? Name { get; init; } = "fashion-10k";

    [Description("An image file in IDX format, plain or gzipped, instead of a name.")]
    [Replaces(nameof(Name))]
    public string? Idx { get; init; }

    [Description("The label file in IDX format that belongs to 'idx'.")]
    public string? Labels { get; init; }

    [Description("Height and width in pixels of the images that the networks see; smaller images are padded (28 to 32). Points have none.")]
    [Range(8, 1024)]
    public int Size { get; init; } = 28;

    [Description("Random changes of real images.")]
    [AllowedValues("none")]
    public string Augment { get; init; } = "none";

    [Description("Gaussians on the ring.")]
    [Range(1, 1024)]
    public int Modes { get; init; } = 8;
}
