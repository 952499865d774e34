using DistGan.Recipes;
using DistGan.Training.Arithmetic;
using DistGan.Training.Networks;
using DistGan.Training.Objectives;
using static DistGan.Training.Arithmetic.Scalars;
using static TorchSharp.torch;

namespace DistGan.Training.Conditions;

/// <summary>
/// InfoGAN: G gets a code c with its noise, and Q, which shares the body of D, reads it from samples. Both players gain from
/// L_I = E[log Q(c|G(z, c))] + H(c), a lower bound of the mutual information I(c; G(z, c)): L_D − λ·L_I, L_G − λ·L_I
/// (Chen et al. 2016, equations 5 and 6). L_D has it of fresh samples, so that Q is trained; real samples have no code.
/// </summary>
/// <remarks>
/// Q is a product: softmax over the categories, and for each continuous code a normal distribution with the mean and log σ² that the head
/// gives (section 6). H(c) = ln K + m·ln 2, a constant, so that L_I is in nats and 0 where samples tell nothing; it can reach ln K for a category, and
/// more for continuous codes, the more exactly they are read. log σ² is cut off to [−8, 8].
/// </remarks>
/// <param name="recipe">λ.</param>
/// <param name="layout">K categories and m continuous codes.</param>
public sealed class InformationMaximizing(InformationMaximizingRecipe recipe, LatentLayout layout) : Conditioning
{
    private const double MostLogVariance = 8;
    private static readonly long[] Numbers = [1];

    private readonly int _outputs = layout.Categories + 2 * layout.Continuous;

    public override string Name => "infogan";

    public override NetworkDefinition Rewrite(NetworkDefinition definition) => DiscriminatorHead.Widen(definition, _outputs, Name);

    public override Tensor Score(Tensor output, Tensor? codes) => DiscriminatorHead.ScoreOf(output);

    public override Tensor? AddToLoss(DiscriminatorTurn turn)
    {
        var information = Information(Required(turn.FreshOutput), Required(turn.FreshCodes));
        turn.Meter.Add(MetricNames.MutualInformation, information.detach());
        return Of(-recipe.Weight) * information;
    }

    public override Tensor? AddToLoss(GeneratorTurn turn) => Of(-recipe.Weight) * Information(Required(turn.FakeOutput), Required(turn.FakeCodes));

    /// <summary>L_I of outputs and codes, a scalar.</summary>
    private Tensor Information(Tensor output, Tensor codes)
    {
        var (read, (categories, count)) = (DiscriminatorHead.RestOf(output, _outputs), (layout.Categories, layout.Continuous));
        var wanted = codes.to_type(output.dtype);
        var likelihoods = new List<Tensor>();
        if (categories > 0)
        {
            likelihoods.Add((wanted.narrow(1, 0, categories) * nn.functional.log_softmax(read.narrow(1, 0, categories), 1)).sum(Numbers));
        }

        if (count > 0)
        {
            var mean = read.narrow(1, categories, count);
            var logVariance = read.narrow(1, categories + count, count).clamp(Of(-MostLogVariance), Of(MostLogVariance));
            var squares = (wanted.narrow(1, categories, count) - mean).Squared() * (-logVariance).exp();
            likelihoods.Add(Of(-0.5) * squares.Plus(logVariance).Plus(Math.Log(2 * Math.PI)).sum(Numbers));
        }

        var entropy = Math.Log(Math.Max(1, categories)) + count * Math.Log(2);
        return likelihoods.Aggregate(static (sum, term) => sum.Plus(term)).mean().Plus(entropy);
    }
}
