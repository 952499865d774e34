using DistGan.Recipes;
using DistGan.Training.Objectives;
using DistGan.Training.Steps;
using TorchSharp;
using static TorchSharp.torch;

namespace DistGan.Training.Tests.Objectives;

public sealed class VariationalTests
{
    private static readonly double Ln2 = Math.Log(2);

    [Fact]
    public void Loss_GaussianHandComputed_IsReconstructionAndDivergence()
    {
        using var scope = NewDisposeScope();
        using var meter = new RoundMeter(CPU);
        var objective = new Variational(new VariationalRecipe { Deviation = 0.5 });
        Tensor? code = null;

        // μ = 1, σ = 2 and μ = 0, σ = 1; ε = 3 and −1.
        var turn = Turn(Numbers.Of([2, 2], 1, 0, 0.5, 0.5), Numbers.Of([2, 2], 1, 2 * Ln2, 0, 0), Numbers.Of([2, 1], 3, -1), meter, z =>
        {
            code = z;
            return Numbers.Of([2, 2], 0, 0, 0.5, -0.5);
        });
        var loss = objective.Loss(turn);

        // Squared errors 1 and 1 over 2·¼, and two numbers of ½·log(2π/4) each.
        var reconstruction = 2 + Math.Log(Math.PI / 2);
        var divergence = 0.5 * (0.5 * (1 + 4 - 1 - 2 * Ln2));
        Numbers.AssertEqual([7, -1], code!);
        Numbers.AssertEqual([reconstruction + divergence], loss);
        var values = meter.Drain();
        Assert.Equal(reconstruction, values[MetricNames.Reconstruction], 1e-12);
        Assert.Equal(divergence, values[MetricNames.KlDivergence], 1e-12);
    }

    [Fact]
    public void Loss_BernoulliHandComputed_IsTheCrossEntropyOfNumbersBetweenBlackAndWhite()
    {
        using var scope = NewDisposeScope();
        var objective = new Variational(new VariationalRecipe { Likelihood = "bernoulli" });

        // Targets 1, 0 and ½; probabilities ½, ¼ and ¾.
        var turn = Turn(Numbers.Of([1, 3], 1, -1, 0), zeros(1, 2, ScalarType.Float64), zeros(1, 1, ScalarType.Float64), null, static _ => Numbers.Of([1, 3], 0, -0.5, 0.5));

        Numbers.AssertEqual([Ln2 - Math.Log(0.75) - 0.5 * (Math.Log(0.75) + Math.Log(0.25))], objective.Loss(turn));
    }

    [Theory]
    [InlineData("gaussian")]
    [InlineData("bernoulli")]
    public void Loss_Gradient_AgreesWithFiniteDifferencesOfEncoderAndDecoder(string likelihood)
    {
        using var scope = NewDisposeScope();
        var objective = new Variational(new VariationalRecipe { Likelihood = likelihood });
        var x = Numbers.Normal(1, ScalarType.Float64, 3, 4).tanh();
        var (encoded, noise, weight) = (Numbers.Normal(2, ScalarType.Float64, 3, 4), Numbers.Normal(3, ScalarType.Float64, 3, 2), Numbers.Normal(4, ScalarType.Float64, 2, 4));

        FiniteDifferences.AssertGradient(at => objective.Loss(Turn(x, at, noise, null, z => z.matmul(weight).tanh())), encoded, tolerance: 1e-6);
        FiniteDifferences.AssertGradient(at => objective.Loss(Turn(x, encoded, noise, null, z => z.matmul(at).tanh())), weight, tolerance: 1e-6);
    }

    [Theory]
    [InlineData("gaussian", 1e4f)]
    [InlineData("gaussian", -1e4f)]
    [InlineData("bernoulli", 1e4f)]
    [InlineData("bernoulli", -1e4f)]
    public void Loss_ExtremeEncoders_IsFiniteWithFiniteGradients(string likelihood, float scale)
    {
        using var scope = NewDisposeScope();
        var objective = new Variational(new VariationalRecipe { Likelihood = likelihood });
        var encoded = full(3, 4, scale).requires_grad_(true);
        var x = full(3, 2, -1f);

        var loss = objective.Loss(Turn(x, encoded, Numbers.Normal(3, ScalarType.Float32, 3, 2), null, static z => z.tanh()));
        loss.backward();

        Assert.True(loss.isfinite().item<bool>());
        Assert.True(encoded.grad!.isfinite().all().item<bool>());
    }

    [Fact]
    public void Losses_OfAGame_AreRefused()
    {
        IObjective objective = new Variational(new VariationalRecipe());

        Assert.Throws<InvalidOperationException>(() => objective.GeneratorLoss(Turns.OfGenerator(zeros(1, 1))));
        Assert.Throws<InvalidOperationException>(() => objective.DiscriminatorLoss(Turns.Of(zeros(1, 1), zeros(1, 1))));
    }

    private static JointTurn Turn(Tensor x, Tensor encoded, Tensor noise, RoundMeter? meter, Func<Tensor, Tensor> decode)
        => new() { Samples = x, Encoded = encoded, Decode = decode, Noise = () => noise, Meter = meter ?? new RoundMeter(CPU) };
}
