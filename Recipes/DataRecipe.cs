using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace DistGan.Recipes;

/// <summary>Which data set, and how it is prepared; exactly one of name, folder, idx is given.</summary>
public sealed record DataRecipe
{
    /// <summary>The value of <see cref="Labels"/> that takes the names of a folder's subfolders for classes.</summary>
    public const string Subfolders = "subfolders";

    [Description("A data set of the catalog; fashion-10k is shipped, ring, grid and gaussians are drawn, 'distgan data list' says where the others are.")]
    [AllowedValues("fashion-10k", "fashion-mnist", "mnist", "cifar-10", "stacked-mnist", "ring", "grid", "gaussians")]
    [Replaces(nameof(Idx), nameof(Labels), nameof(Folder))]
    public string? Name { get; init; } = "fashion-10k";

    [Description("A folder of PNG and JPEG files, searched with its subfolders, instead of a name.")]
    [Replaces(nameof(Name), nameof(Idx))]
    public string? Folder { get; init; }

    [Description("An image file in IDX format, plain or gzipped, instead of a name.")]
    [Replaces(nameof(Name), nameof(Folder))]
    public string? Idx { get; init; }

    [Description("The label file in IDX format that belongs to 'idx'; for a folder, subfolders: each first subfolder is a class.")]
    public string? Labels { get; init; }

    [Description("Height and width in pixels of the images that the networks see: files of a folder are cropped to a square and resized; larger images of other sets too, smaller ones are padded (28 to 32). Points have none.")]
    [Range(8, 1024)]
    public int Size { get; init; } = 28;

    [Description("Channels of the images that the networks see: 1 (grey) or 3 (colours); auto is what the data have, for a folder 3 where any file has colours.")]
    [Range(1, 3)]
    [Auto]
    public int? Channels { get; init; }

    [Description("Random changes of real images: flip mirrors every other one, shift moves by up to an eighth of the size with the edges repeated.")]
    [AllowedValues("none", "flip", "shift", "flip-shift")]
    public string Augment { get; init; } = "none";

    [Description("What to do when a file of a folder cannot be read: refuse names such files and ends, skip names them and goes on without them.")]
    [AllowedValues("refuse", "skip")]
    public string OnCorrupt { get; init; } = "refuse";

    [Description("Every worker sees the folder or file at this path, so that nothing has to be uploaded to a cluster.")]
    public bool Shared { get; init; }

    [Description("Which uploaded files these are: their content hash in the cluster's store. 'submit' uploads what the recipe names and writes it.")]
    [RegularExpression("^[0-9a-f]{64}$", ErrorMessage = "64 lower-case hexadecimal digits")]
    public string? Stored { get; init; }

    [Description("Images that take more memory than this stay on disk and are read while training.")]
    [Range(0, long.MaxValue)]
    public long MemoryBytes { get; init; } = 2L << 30;

    [Description("Gaussians of ring and of gaussians.")]
    [Range(1, 1024)]
    public int Modes { get; init; } = 8;

    [Description("Half the side of the square in which gaussians has its centres; the standard deviation is 0.05.")]
    [Range(0.5, 1000)]
    public double Spread { get; init; } = 4;

    [Description("What stacked-mnist stacks: mnist, fashion-mnist, fashion-10k, or a folder with train-images-idx3-ubyte and train-labels-idx1-ubyte, plain or gzipped.")]
    public string Base { get; init; } = "mnist";
}
