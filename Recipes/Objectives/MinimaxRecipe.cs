namespace DistGan.Recipes;

/// <summary>Minimax GAN (Goodfellow et al. 2014, equation 1).</summary>
public sealed record MinimaxRecipe : ObjectiveRecipe
{
    public override string Kind => "minimax";

    public override bool HasDecisionBoundary => true;

    public override bool HasRealTarget => true;
}
