using System.ComponentModel;

namespace DistGan.Recipes;

/// <summary>Least squares GAN with targets 0 and 1 (Mao et al. 2017, equation 9).</summary>
[Description("Least squares GAN: D regresses real to 1 and generated to 0, G towards 1 (Mao et al. 2017).")]
public sealed record LeastSquaresRecipe : ObjectiveRecipe
{
    public override string Kind => "least-squares";

    public override bool HasDecisionBoundary => true;

    /// <summary>Half way between the targets: the best D gives ½ where real and generated samples are equally dense.</summary>
    public override double DecisionBoundary => 0.5;

    public override bool HasRealTarget => true;
}
