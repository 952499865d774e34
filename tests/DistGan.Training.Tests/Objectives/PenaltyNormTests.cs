using DistGan.Recipes;
using DistGan.Training.Objectives;
using TorchSharp;
using static TorchSharp.torch;

namespace DistGan.Training.Tests.Objectives;

public sealed class PenaltyNormTests
{
    private static readonly long[] Images = [2, 2, 3, 4];

    /// <summary>
    /// Gradients that are spread over all of C·H·W with the norms 1 and 3: a norm over the batch, or over some axes of an image, is
    /// another number.
    /// </summary>
    [Theory]
    [InlineData("wgan-gp")]
    [InlineData("dragan")]
    public void DiscriminatorLoss_GradientSpreadOverEveryAxis_HasOneNormASample(string objective)
    {
        using var scope = NewDisposeScope();
        var gradient = ones(Images, ScalarType.Float64) * Numbers.Of([2, 1, 1, 1], 1, 3) / Math.Sqrt(2 * 3 * 4);
        var scores = zeros(2, 1, ScalarType.Float64);
        var samples = Numbers.Normal(1, ScalarType.Float64, Images);
        var uniforms = full(objective == "dragan" ? Images : [2, 1, 1, 1], 0.5, ScalarType.Float64);
        var of = ObjectiveCatalog.Create(RecipeKinds.Objectives[objective]());

        double Loss(Tensor slope) => of.DiscriminatorLoss(Turns.Of(scores, scores, samples, samples, new FixedCritic(slope), uniforms: uniforms)).item<double>();

        // Slopes of norm 1 cost nothing, so the difference is 10·(0² + 2²)/2.
        var unit = ones(Images, ScalarType.Float64) / Math.Sqrt(2 * 3 * 4);
        Assert.Equal(20, Loss(gradient) - Loss(unit), 1e-9);
        Assert.Equal(0, Loss(unit) - Loss(unit.neg()), 1e-9);
    }
}
