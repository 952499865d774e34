using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace DistGan.Recipes;

/// <summary>G is normalised with the statistics of a fixed batch and of the image itself.</summary>
public sealed record VirtualBatchNormalizationRecipe
{
    [Description("Latents n of the reference batch; each evaluation of G carries them along.")]
    [Range(2, 4096)]
    public int Reference { get; init; } = 64;
}
