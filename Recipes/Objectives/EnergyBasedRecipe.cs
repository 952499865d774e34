using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace DistGan.Recipes;

/// <summary>Energy-based GAN (Zhao et al. 2017, equations 1, 2 and 4).</summary>
[Description("Energy-based GAN: D is an autoencoder whose error is low on real images and up to a margin on generated ones (Zhao et al. 2017).")]
public sealed record EnergyBasedRecipe : ObjectiveRecipe
{
    public override string Kind => "ebgan";

    /// <summary>The energy of real samples falls as D learns to reconstruct them, so no energy parts real from generated samples.</summary>
    public override bool HasDecisionBoundary => false;

    public override string EnergyNorm => "squared";

    [Description("Margin m: the energy of generated images above which D lets them be. The error of an image of numbers in [-1, 1] is at most 4 squared and 2 absolute.")]
    [Range(0, 1e6, MinimumIsExclusive = true)]
    public double Margin { get; init; } = 1;

    [Description("Weight of the pulling-away term, which keeps the codes of a generated batch at right angles; 0 leaves it out.")]
    [Range(0, 1e6)]
    public double PullingAway { get; init; } = 0.1;
}
