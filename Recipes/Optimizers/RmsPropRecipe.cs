using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace DistGan.Recipes;

/// <summary>RMSProp (Tieleman and Hinton 2012, lecture 6.5), with momentum on the scaled gradient.</summary>
[Description("RMSProp: the gradient over the root of its running mean square, with momentum if asked.")]
public sealed record RmsPropRecipe : OptimizerRecipe
{
    public override string Kind => "rmsprop";

    [Description("Decay of the mean squared gradient.")]
    [Range(0, 1, MaximumIsExclusive = true)]
    public double Decay { get; init; } = 0.99;

    [Description("Added to the root of the mean squared gradient.")]
    [Range(0, 1, MinimumIsExclusive = true)]
    public double Epsilon { get; init; } = 1e-8;

    [Description("Share of the last move in the next; 0 is none.")]
    [Range(0, 1, MaximumIsExclusive = true)]
    public double Momentum { get; init; }
}
