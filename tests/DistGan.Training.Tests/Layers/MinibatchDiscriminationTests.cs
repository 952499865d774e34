using DistGan.Training.Arithmetic;
using DistGan.Training.Layers;
using DistGan.Training.Networks;
using DistGan.Training.Vectors;
using static TorchSharp.torch;

namespace DistGan.Training.Tests.Layers;

public sealed class MinibatchDiscriminationTests
{
    [Theory]
    [InlineData(false, 1)]
    [InlineData(true, 0.5)]
    public void Forward_HandComputed_SumsOverTheOthers(bool normalise, double factor)
    {
        using var scope = NewDisposeScope();
        var network = Probe.Of(new MinibatchDiscrimination(1, 2, normalise), 1);

        // T = (1, 2): M = (0, 0), (1, 2), (2, 4); distances 3, 6 and 3.
        var y = Probe.Forward(network, Numbers.Of([2], 1, 2), Numbers.Of([3, 1], 0, 1, 2));

        var (three, six) = (Math.Exp(-3), Math.Exp(-6));
        Numbers.AssertEqual([0, factor * (three + six), 1, factor * 2 * three, 2, factor * (three + six)], y);
    }

    [Fact]
    public void Forward_TwoKernels_EachHasItsOwnDistance()
    {
        using var scope = NewDisposeScope();
        var network = Probe.Of(new MinibatchDiscrimination(2, 1, Normalise: false), 1);

        var y = Probe.Forward(network, Numbers.Of([2], 1, -3), Numbers.Of([2, 1], 0, 1));

        Numbers.AssertEqual([0, Math.Exp(-1), Math.Exp(-3), 1, Math.Exp(-1), Math.Exp(-3)], y);
    }

    [Fact]
    public void Forward_CollapsedBatch_IsMoreAlikeThanAVariedOne()
    {
        using var scope = NewDisposeScope();
        var network = Probe.Of(new MinibatchDiscrimination(8, 5), 20);
        using var generator = new Generator(3);
        var theta = network.Parameters.Initialize(generator, CPU, ScalarType.Float64);
        var varied = Numbers.Normal(1, ScalarType.Float64, 16, 20);

        double Likeness(Tensor x) => Probe.Forward(network, theta, x).narrow(1, 20, 8).mean().item<double>();

        // From all different over all nearly alike to all the same.
        var spreads = new[] { 1, 0.5, 0.1, 0.01, 0 }.Select(spread => Likeness(varied[0] + spread * (varied - varied[0]))).ToArray();
        Assert.Equal(spreads.Order(), spreads);
        Assert.True(spreads[0] < 0.2, $"{spreads[0]}");
        Assert.Equal(1, spreads[^1], 12);
    }

    [Fact]
    public void Forward_OneSample_IsFinite()
    {
        using var scope = NewDisposeScope();
        var network = Probe.Of(new MinibatchDiscrimination(2, 2), 3);

        Numbers.AssertEqual([0, 0], Probe.Forward(network, Numbers.Normal(1, ScalarType.Float64, network.Parameters.Length), Numbers.Of([1, 3], 1, 2, 3)).narrow(1, 3, 2));
    }

    [Theory]
    [InlineData(ScalarType.Float32)]
    [InlineData(ScalarType.BFloat16)]
    public void Forward_LargeWithFirstDerivatives_AgreesWithThePlainFormInValueAndGradient(ScalarType compute)
    {
        using var scope = NewDisposeScope();
        var (value, gradient) = Evaluate(many: 0, compute);
        var (plainValue, plainGradient) = Evaluate(many: long.MaxValue, compute);

        Numbers.AssertNear(plainValue, value, 1e-5);
        Numbers.AssertNear(plainGradient, gradient, 1e-4);
        Assert.True(gradient.abs().max().item<float>() > 1e-3);
    }

    [Fact]
    public void Penalty_Large_NeverMeetsTheFunctionWithoutASecondDerivative()
    {
        using var scope = NewDisposeScope();
        var network = Network(many: 0);
        var x = Numbers.Normal(1, ScalarType.Float64, 4, 3);

        FiniteDifferences.AssertGradient(
            theta =>
            {
                var input = x.detach().requires_grad_(true);
                return Gradients.Of(Probe.Forward(network, theta, input), input, createGraph: true).Squared().sum();
            },
            Numbers.Normal(3, ScalarType.Float64, network.Parameters.Length),
            tolerance: 1e-4);
    }

    private static Network Network(long many)
        => new(new("d", [3], [new Dense(4), new Activation(ActivationKind.Tanh), new MinibatchDiscrimination(2, 3) { ManyDifferences = many }, new Dense(1)]));

    private static (Tensor Value, Tensor Gradient) Evaluate(long many, ScalarType compute)
    {
        var network = Network(many);
        using var parameters = new ParameterVector(network.Parameters, Numbers.Normal(3, ScalarType.Float32, network.Parameters.Length), compute);
        var y = network.Forward(new NetworkPass(parameters.Leaves, [], Statistics.Batch) { TakesFirstDerivativesAlone = true }, Numbers.Normal(1, ScalarType.Float32, 6, 3));
        y.Squared().sum().backward();
        parameters.CollectGradient();
        return (y.detach(), parameters.Gradient.clone());
    }
}
