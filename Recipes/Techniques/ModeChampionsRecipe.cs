using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace DistGan.Recipes;

/// <summary>The best generator of each mode is kept, and samples are drawn from the set. Training itself is not changed.</summary>
public sealed record ModeChampionsRecipe
{
    [Description("Generated samples that are judged at an evaluation; a mode that gets fewer than 200 of them is not judged.")]
    [Range(ChampionRule.LeastSamples, 1_000_000)]
    public int Samples { get; init; } = 4096;

    [Description("Least confidence with which a sample is given to a mode of images; points belong to the nearest centre.")]
    [Range(0, 1, MaximumIsExclusive = true)]
    public double Threshold { get; init; } = 0.9;

    [Description("Number of modes of images without a classifier: clusters of their features by k-means.")]
    [Range(2, 1000)]
    public int Clusters { get; init; } = 10;
}
