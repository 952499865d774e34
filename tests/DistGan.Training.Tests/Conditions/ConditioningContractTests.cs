using DistGan.Recipes;
using DistGan.Training.Arithmetic;
using DistGan.Training.Conditions;
using DistGan.Training.Layers;
using DistGan.Training.Networks;
using DistGan.Training.Objectives;
using DistGan.Training.Steps;
using static TorchSharp.torch;

namespace DistGan.Training.Tests.Conditions;

public sealed class ConditioningContractTests
{
    public static TheoryData<string> Kinds => [.. ConditioningCatalog.Makers.Keys];

    public static TheoryData<string> ThatWiden => ["projection", "acgan", "infogan"];

    [Fact]
    public void Makers_AreThoseOfTheRecipes()
        => Assert.Equal(RecipeKinds.Conditionings.Keys.Order(), ConditioningCatalog.Makers.Keys.Order());

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Create_OfARecipe_HasItsName(string kind)
    {
        using var judging = new Judging(kind);

        Assert.Equal((kind, kind), (judging.Recipe.Kind, judging.Conditioning.Name));
        Assert.Equal(judging.Recipe.HasCode, judging.Layout.Code > 0);
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void GeneratorLoss_GradientInTheSamples_AgreesWithFiniteDifferences(string kind)
    {
        using var scope = NewDisposeScope();
        using var judging = new Judging(kind);
        var codes = judging.Codes(4);

        FiniteDifferences.AssertGradient(samples => judging.GeneratorLoss(samples, codes), Numbers.Normal(3, ScalarType.Float64, 4, 3));
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void DiscriminatorLoss_GradientInTheWeights_AgreesWithFiniteDifferences(string kind)
    {
        using var scope = NewDisposeScope();
        using var judging = new Judging(kind);
        using var meter = new RoundMeter(CPU);
        var (real, fake, codes) = (Numbers.Normal(1, ScalarType.Float64, 4, 3), Numbers.Normal(2, ScalarType.Float64, 4, 3), judging.Codes(4));
        var parameters = judging.Discriminator.Parameters;
        parameters.ClearGradient();
        Loss().backward();
        parameters.CollectGradient();

        var expected = FiniteDifferences.Of(
            () =>
            {
                using var inner = NewDisposeScope();
                return Loss().item<double>();
            },
            parameters.Values);

        FiniteDifferences.AssertClose(expected, parameters.Gradient, 1e-6);

        Tensor Loss()
        {
            var turn = judging.Turn(real, fake, codes, meter);
            var penalty = turn.Critic.Gradient(real, turn.RealCodes).flatten(1).Squared().sum();
            var loss = new NonSaturating().DiscriminatorLoss(turn).Plus(penalty);
            return judging.Conditioning.AddToLoss(turn) is { } term ? loss.Plus(term) : loss;
        }
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Gradient_OfACritic_HasTheShapeOfTheSamples(string kind)
    {
        using var scope = NewDisposeScope();
        using var judging = new Judging(kind, samplesPerInput: 2);
        var codes = judging.Codes(4);
        var packs = Numbers.Normal(5, ScalarType.Float64, 2, 6);

        var gradient = new DiscriminatorCritic(judging.Discriminator, judging.Conditioning).Gradient(packs, judging.Recipe.UsesLabels ? codes : null);

        Assert.Equal(packs.shape, gradient.shape);
    }

    [Theory]
    [MemberData(nameof(ThatWiden))]
    public void Rewrite_HeadUnderSpectralNormalisation_IsWidenedInsideOfIt(string kind)
    {
        using var judging = new Judging(kind);
        var plain = new NetworkDefinition("discriminator", [3], [new Dense(5), new SpectralNormalization(new Dense(1))]);

        var network = new Network(judging.Conditioning.Rewrite(plain));

        var normal = Assert.IsType<SpectralNormalization>(network.Definition.Layers[^1]);
        Assert.Equal(network.Output[0], ((Dense)normal.Inner).Units);
        Assert.Equal(kind == "infogan" ? 1 + 3 + 4 : 1 + 3, network.Output[0]);
    }

    [Theory]
    [MemberData(nameof(ThatWiden))]
    public void Rewrite_OfPacks_HasOutputsForEachSample(string kind)
    {
        using var judging = new Judging(kind, samplesPerInput: 2);

        Assert.Equal(kind == "infogan" ? 1 + 2 * 7 : 1 + 2 * 3, judging.Discriminator.Network.Output[0]);
    }

    [Theory]
    [MemberData(nameof(ThatWiden))]
    public void Rewrite_DiscriminatorWithoutADenseHead_IsRefused(string kind)
    {
        using var judging = new Judging(kind);

        var error = Assert.Throws<DistGanException>(() => judging.Conditioning.Rewrite(new("discriminator", [3], [new Dense(1), new Activation(ActivationKind.Tanh)])));

        Assert.Contains($"conditioning {kind}", error.Message, StringComparison.Ordinal);
        Assert.Contains("dense layer of one score", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("cgan")]
    [InlineData("projection")]
    public void Score_SamplesWithoutLabels_AreRefused(string kind)
    {
        using var scope = NewDisposeScope();
        using var judging = new Judging(kind);

        Assert.Throws<InvalidOperationException>(() => judging.Conditioning.Score(judging.Output(zeros(2, 3, ScalarType.Float64), null), null));
    }
}
