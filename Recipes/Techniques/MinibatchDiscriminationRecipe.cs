using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace DistGan.Recipes;

/// <summary>D also sees how close each sample lies to the others of its batch.</summary>
public sealed record MinibatchDiscriminationRecipe
{
    [Description("Kernels B: similarities that are added to the features of a sample.")]
    [Range(1, 4096)]
    public int Kernels { get; init; } = 16;

    [Description("Dimensions C in which a kernel compares samples. Without cdist, memory is batch² · B · C numbers.")]
    [Range(1, 1024)]
    public int Dimensions { get; init; } = 5;

    [Description("true: similarities are means over the other samples, so that groups of any size compare; false: sums, as in the paper.")]
    public bool Normalise { get; init; } = true;
}
