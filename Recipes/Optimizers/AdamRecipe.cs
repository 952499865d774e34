using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace DistGan.Recipes;

/// <summary>Adam (Kingma and Ba 2015, algorithm 1).</summary>
[Description("Adam (Kingma and Ba 2015, algorithm 1).")]
public sealed record AdamRecipe : OptimizerRecipe
{
    public override string Kind => "adam";

    [Description("Decay of the first moment.")]
    [Range(0, 1, MaximumIsExclusive = true)]
    public double Beta1 { get; init; } = 0.5;

    [Description("Decay of the second moment.")]
    [Range(0, 1, MaximumIsExclusive = true)]
    public double Beta2 { get; init; } = 0.999;

    [Description("Added to the root of the second moment.")]
    [Range(0, 1, MinimumIsExclusive = true)]
    public double Epsilon { get; init; } = 1e-8;
}
