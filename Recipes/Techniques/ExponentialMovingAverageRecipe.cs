using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace DistGan.Recipes;

/// <summary>θ_ema ← d·θ_ema + (1−d)·θ after each update of the generator.</summary>
public sealed record ExponentialMovingAverageRecipe
{
    [Description("Decay d. While there are few updates t, min(d, (1+t)/(10+t)) is used, so that the first average is no picture of the initial weights.")]
    [Range(0, 1, MaximumIsExclusive = true)]
    public double Decay { get; init; } = 0.999;
}
