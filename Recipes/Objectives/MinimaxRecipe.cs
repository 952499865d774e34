using System.ComponentModel;

namespace DistGan.Recipes;

/// <summary>Minimax GAN (Goodfellow et al. 2014, equation 1).</summary>
[Description("Minimax GAN: G minimises the log-probability that D sees through it; its gradient vanishes while D wins (Goodfellow et al. 2014, equation 1).")]
public sealed record MinimaxRecipe : ObjectiveRecipe
{
    public override string Kind => "minimax";

    public override bool HasDecisionBoundary => true;

    public override bool HasRealTarget => true;
}
