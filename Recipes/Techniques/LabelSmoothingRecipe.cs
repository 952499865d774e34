using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace DistGan.Recipes;

/// <summary>One-sided label smoothing: only the real target changes.</summary>
public sealed record LabelSmoothingRecipe
{
    [Description("Target of D on real images; the target on generated images stays 0.")]
    [Range(0.5, 1, MinimumIsExclusive = true)]
    public double Target { get; init; } = 0.9;
}
