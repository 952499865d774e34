using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace DistGan.Recipes;

/// <summary>Wasserstein GAN with weight clipping (Arjovsky et al. 2017, algorithm 1).</summary>
[Description("Wasserstein GAN: D is a critic whose weights are clipped after each update (Arjovsky et al. 2017, algorithm 1).")]
public sealed record WassersteinRecipe : ObjectiveRecipe
{
    public override string Kind => "wasserstein";

    public override bool HasDecisionBoundary => false;

    [Description("After each update of D, each of its parameters is cut off to [-clip, clip]; scale and shift of normalisation too.")]
    [Range(0, 1e3, MinimumIsExclusive = true)]
    public double Clip { get; init; } = 0.01;
}
