using DistGan.Recipes;
using DistGan.Training.Arithmetic;
using DistGan.Training.Networks;
using DistGan.Training.Objectives;
using static DistGan.Training.Arithmetic.Scalars;
using static TorchSharp.torch;

namespace DistGan.Training.Conditions;

/// <summary>
/// Auxiliary classifier GAN: D also gives P(y|x) = softmax(o_1 … o_K), and with L_C = −E[log P(y|x)] the players minimise
/// L_D + λ_D·(L_C(real) + L_C(fresh)) and L_G + λ_G·L_C(G(z, y)) (Odena et al. 2017, equations 2 and 3, with signs turned). The score
/// is o_0 and knows no label; replayed samples are judged by it alone.
/// </summary>
/// <remarks>
/// Its weakness is known: G also gains by leaving out samples whose class is hard to tell, so that variety within a class shrinks, the
/// more the greater λ_G is (Shu et al. 2017; Gong et al. 2019).
/// </remarks>
/// <param name="recipe">λ_D and λ_G.</param>
/// <param name="classes">K.</param>
public sealed class AuxiliaryClassifier(AuxiliaryClassifierRecipe recipe, int classes) : Conditioning
{
    private static readonly long[] Classes = [1];

    public override string Name => "acgan";

    public override NetworkDefinition Rewrite(NetworkDefinition definition) => DiscriminatorHead.Widen(definition, classes, Name);

    public override Tensor Score(Tensor output, Tensor? codes) => DiscriminatorHead.ScoreOf(output);

    public override Tensor? AddToLoss(DiscriminatorTurn turn)
    {
        var (real, realLabels) = Read(turn.RealOutput, turn.RealCodes);
        var (fake, fakeLabels) = Read(turn.FreshOutput, turn.FreshCodes);
        turn.Meter.Add(MetricNames.RealClassAccuracy, Accuracy(real, realLabels));
        turn.Meter.Add(MetricNames.FakeClassAccuracy, Accuracy(fake, fakeLabels));
        return Of(recipe.Weight) * Surprise(real, realLabels).Plus(Surprise(fake, fakeLabels));
    }

    public override Tensor? AddToLoss(GeneratorTurn turn)
    {
        var (fake, labels) = Read(turn.FakeOutput, turn.FakeCodes);
        return Of(recipe.GeneratorWeight) * Surprise(fake, labels);
    }

    /// <summary>Logits and one-hot labels, both [N, K].</summary>
    private (Tensor Logits, Tensor Labels) Read(Tensor? output, Tensor? codes)
        => (DiscriminatorHead.RestOf(Required(output), classes), Required(codes).to_type(output!.dtype));

    /// <summary>L_C, a mean over samples.</summary>
    private static Tensor Surprise(Tensor logits, Tensor labels) => -(labels * nn.functional.log_softmax(logits, 1)).sum(Classes).mean();

    private static Tensor Accuracy(Tensor logits, Tensor labels)
    {
        using var noGrad = no_grad();
        return logits.detach().argmax(1).eq(labels.argmax(1)).to_type(ScalarType.Float32).mean();
    }
}
