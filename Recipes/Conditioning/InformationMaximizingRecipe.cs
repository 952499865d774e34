using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace DistGan.Recipes;

/// <summary>InfoGAN (Chen et al. 2016).</summary>
[Description("Without labels: G gets codes, and a part of D must be able to read them from its samples, so that codes come to mean something (InfoGAN, Chen et al. 2016).")]
public sealed record InformationMaximizingRecipe : ConditioningRecipe
{
    public override string Kind => "infogan";

    public override bool HasCode => true;

    [Description("Values of the categorical code, each as likely; 0 for none.")]
    [Range(0, 1000)]
    public int Categories { get; init; } = 10;

    [Description("Continuous codes, each from U(-1, 1); 0 for none.")]
    [Range(0, 1000)]
    public int Continuous { get; init; } = 2;

    [Description("Weight lambda of the information between codes and samples, in the losses of both players.")]
    [Range(0, 1e6, MinimumIsExclusive = true)]
    public double Weight { get; init; } = 1;

    public override LatentLayout Layout(int noise, int classes) => new(noise, Categories, Continuous);
}
