using DistGan.Recipes;
using DistGan.Training.Arithmetic;
using DistGan.Training.Layers;
using DistGan.Training.Networks;
using DistGan.Training.Vectors;
using static TorchSharp.torch;

namespace DistGan.Training.Tests.Layers;

public sealed class SpectralNormalizationTests
{
    private static readonly (ILayer Layer, long[] Input)[] Layers =
    [
        (new Dense(5), [4]),
        (new Convolution(3, 3, 1, 1), [2, 4, 4]),
        (new Convolution(4, 4, 2, 1, Bias: false), [3, 4, 4]),
        (new TransposedConvolution(2, 4, 2, 1), [3, 2, 2]),
    ];

    public static TheoryData<int> Indices => [.. Enumerable.Range(0, Layers.Length)];

    [Fact]
    public void Forward_HandComputed_DividesByTheSingularValueOfU()
    {
        using var scope = NewDisposeScope();
        var network = Probe.Of(new SpectralNormalization(new Dense(2)), 2);
        using var buffers = new BufferVector(network.Buffers, Numbers.Of([2], 2, 0));

        // W = diag(4, 1), u along the first axis: σ = 4; the bias is no part of it.
        var y = Probe.Forward(network, Numbers.Of([6], 4, 0, 0, 1, 10, 20), Numbers.Of([1, 2], 1, 2), Statistics.Batch, buffers);

        Numbers.AssertEqual([11, 20.5], y);
        Numbers.AssertEqual([2, 0], buffers.Values);
    }

    [Theory]
    [MemberData(nameof(Indices))]
    public void Forward_AfterSeveralTrainingPasses_HasALargestSingularValueOfOne(int index)
    {
        using var scope = NewDisposeScope();
        var (layer, input) = Layers[index];
        var (network, theta, buffers) = Make(layer, input, ScalarType.Float32);
        using var owned = buffers;
        var x = Numbers.Normal(5, ScalarType.Float32, [2, .. input]);
        for (var i = 0; i < 60; i++)
        {
            _ = Probe.Forward(network, theta, x, Statistics.BatchAndUpdate, buffers);
        }

        // The layer without its bias is linear: its output over the plain one's tells σ, and the decomposition tells what it should be.
        var weight = network.Parameters.Views(theta)[0];
        var matrix = layer is TransposedConvolution ? weight.transpose(0, 1).flatten(1) : weight.flatten(1);
        var plain = Probe.Of(layer, input);
        var none = Probe.Forward(plain, theta, zeros_like(x));
        var ratio = ((Probe.Forward(network, theta, x, Statistics.Batch, buffers) - none).norm() / (Probe.Forward(plain, theta, x) - none).norm()).item<float>();
        Assert.InRange(ratio * linalg.svdvals(matrix)[0].item<float>(), 0.99, 1.01);
    }

    [Fact]
    public void Forward_TrainingPass_IteratesOnce()
    {
        using var scope = NewDisposeScope();
        var network = Probe.Of(new SpectralNormalization(new Dense(2, Bias: false)), 2);
        using var buffers = new BufferVector(network.Buffers, Numbers.Of([2], 0.6, 0.8));

        // W = diag(2, 1): Wᵀu ∝ (1.2, 0.8), W·that ∝ (2.4, 0.8) ∝ (3, 1).
        _ = Probe.Forward(network, Numbers.Of([4], 2, 0, 0, 1), Numbers.Of([1, 2], 1, 1), Statistics.BatchAndUpdate, buffers);

        Numbers.AssertEqual([3 / Math.Sqrt(10), 1 / Math.Sqrt(10)], buffers.Values, 1e-9);
    }

    [Theory]
    [MemberData(nameof(Indices))]
    public void Gradient_OfWeights_AgreesWithFiniteDifferences(int index)
    {
        using var scope = NewDisposeScope();
        var (layer, input) = Layers[index];
        var (network, theta, buffers) = Make(layer, input, ScalarType.Float64);
        using var owned = buffers;
        var x = Numbers.Normal(1, ScalarType.Float64, [3, .. input]);
        var weights = Numbers.Normal(2, ScalarType.Float64, [3, .. network.Output]);

        FiniteDifferences.AssertGradient(at => (Probe.Forward(network, at, x, Statistics.Batch, buffers) * weights).sum(), theta);
    }

    [Fact]
    public void Penalty_ThroughNormalisedLayers_AgreesWithFiniteDifferences()
    {
        using var scope = NewDisposeScope();
        var network = new Network(new("d", [2], [new SpectralNormalization(new Dense(4)), new Activation(ActivationKind.Tanh), new SpectralNormalization(new Dense(1))]));
        using var buffers = new BufferVector(network.Buffers, Numbers.Normal(4, ScalarType.Float64, network.Buffers.Length));
        var x = Numbers.Normal(1, ScalarType.Float64, 3, 2);

        FiniteDifferences.AssertGradient(
            theta =>
            {
                var input = x.detach().requires_grad_(true);
                return Gradients.Of(Probe.Forward(network, theta, input, Statistics.Batch, buffers), input, createGraph: true).Squared().sum();
            },
            Numbers.Normal(3, ScalarType.Float64, network.Parameters.Length),
            tolerance: 1e-5);
    }

    [Theory]
    [MemberData(nameof(Indices))]
    public void Gradient_OfAGradientOfWeights_AgreesWithFiniteDifferences(int index)
    {
        using var scope = NewDisposeScope();
        var (layer, input) = Layers[index];
        var (network, theta, buffers) = Make(layer, input, ScalarType.Float64);
        using var owned = buffers;
        var x = Numbers.Normal(1, ScalarType.Float64, [3, .. input]);
        var (weights, direction) = (Numbers.Normal(2, ScalarType.Float64, [3, .. network.Output]), Numbers.Normal(6, ScalarType.Float64, theta.shape));

        FiniteDifferences.AssertGradient(
            at =>
            {
                var leaf = at.requires_grad ? at : at.detach().requires_grad_(true);
                return Gradients.Of((Probe.Forward(network, leaf, x, Statistics.Batch, buffers) * weights).sum(), leaf, createGraph: true).dot(direction);
            },
            theta,
            tolerance: 1e-5);
    }

    [Theory]
    [MemberData(nameof(Indices))]
    public void Forward_InBfloat16_DividesTheFloat32Weight(int index)
    {
        using var scope = NewDisposeScope();
        var (layer, input) = Layers[index];
        var (network, theta, buffers) = Make(layer, input, ScalarType.Float32);
        using var owned = buffers;
        using var parameters = new ParameterVector(network.Parameters, theta.clone(), ScalarType.BFloat16);
        var x = Numbers.Normal(1, ScalarType.Float32, [3, .. input]);

        var half = network.Forward(new NetworkPass(parameters.Leaves, buffers.Views, Statistics.Batch), x);
        half.sum().backward();
        parameters.CollectGradient();
        using var wide = new BufferVector(network.Buffers, buffers.Values.to_type(ScalarType.Float64));
        var exact = Probe.Forward(network, theta.to_type(ScalarType.Float64), x.to_type(ScalarType.Float64), Statistics.Batch, wide);

        Numbers.AssertNear(exact, half, 0.02 * (1 + exact.abs().max().item<double>()));
        Assert.True(parameters.Gradient.abs().max().item<float>() > 0);
    }

    [Fact]
    public void Build_OtherLayer_IsRefused()
        => Assert.Equal(
            "Layer Reshape has no weight that spectral normalisation can divide: it takes dense layers and convolutions.",
            Assert.Throws<DistGanException>(() => new SpectralNormalization(new Reshape()).Build(new LayoutBuilder(), [4])).Message);

    private static (Network Network, Tensor Theta, BufferVector Buffers) Make(ILayer layer, long[] input, ScalarType type)
    {
        var network = Probe.Of(new SpectralNormalization(layer), input);
        return (network, Numbers.Normal(3, type, network.Parameters.Length), new BufferVector(network.Buffers, Numbers.Normal(4, type, network.Buffers.Length)));
    }
}
