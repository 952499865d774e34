using DistGan.Recipes;
using DistGan.Training.Arithmetic;
using DistGan.Training.Objectives;
using TorchSharp;
using static DistGan.Training.Arithmetic.Scalars;
using static TorchSharp.torch;

namespace DistGan.Training.Techniques;

/// <summary>
/// Feature matching: G minimises w·‖E f(x) − E f(G(z))‖², f(x) being what enters the last layer of D (Salimans et al. 2016,
/// section 3.1). The means over the batches [N, …] are taken first, then their difference; the square is summed over the features.
/// </summary>
/// <param name="recipe">w, and whether the term replaces L_G.</param>
public sealed class FeatureMatching(FeatureMatchingRecipe recipe) : Technique
{
    public override string Name => "feature-matching";

    public override bool ReplacesGeneratorLoss => recipe.Replace;

    public override Tensor? AddToLoss(GeneratorTurn turn)
    {
        var fake = turn.FakeFeatures ?? throw new InvalidOperationException("This turn has no features.");
        return Of(recipe.Weight) * (Mean(turn.Real.Value.Features) - Mean(fake)).Squared().sum();
    }

    /// <summary>[N, …] → [features], at least in float32: a mean in bfloat16 would lose what is to be matched.</summary>
    private static Tensor Mean(Tensor features)
        => (features.dtype == ScalarType.BFloat16 ? features.to_type(ScalarType.Float32) : features).flatten(1).mean([0]);
}
