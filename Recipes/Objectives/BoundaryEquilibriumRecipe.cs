using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace DistGan.Recipes;

/// <summary>Boundary equilibrium GAN (Berthelot et al. 2017, section 3.4).</summary>
[Description("Boundary equilibrium GAN: D is an autoencoder, and a controller holds the energies of generated and real images at a ratio (Berthelot et al. 2017).")]
public sealed record BoundaryEquilibriumRecipe : ObjectiveRecipe
{
    public override string Kind => "began";

    /// <summary>The energy of real samples falls as D learns to reconstruct them, so no energy parts real from generated samples.</summary>
    public override bool HasDecisionBoundary => false;

    public override string EnergyNorm => "absolute";

    [Description("Diversity ratio gamma, the energy of generated images as a share of that of real ones: lower gives cleaner images, higher more various ones.")]
    [Range(0, 1, MinimumIsExclusive = true)]
    public double Diversity { get; init; } = 0.5;

    [Description("Gain lambda: how fast the weight k of generated images in the loss of D follows the ratio, in every update of D.")]
    [Range(0, 1, MinimumIsExclusive = true)]
    public double Gain { get; init; } = 0.001;
}
