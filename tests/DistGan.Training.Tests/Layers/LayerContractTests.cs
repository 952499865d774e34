using DistGan.Recipes;
using DistGan.Training.Layers;
using DistGan.Training.Vectors;
using static TorchSharp.torch;

namespace DistGan.Training.Tests.Layers;

public sealed class LayerContractTests
{
    private static readonly (ILayer Layer, long[] Input)[] Layers =
    [
        (new Dense(3), [4]),
        (new Dense(3, Bias: false), [4]),
        (new Convolution(3, 4, 2, 1), [2, 6, 6]),
        (new Convolution(3, 3, 1, 0, Bias: false), [2, 4, 4]),
        (new TransposedConvolution(2, 4, 2, 1), [3, 3, 3]),
        (new TransposedConvolution(2, 2, 1, 0, Bias: false), [3, 2, 2]),
        (new BatchNormalization(), [3]),
        (new BatchNormalization(), [2, 3, 3]),
        (new Activation(ActivationKind.Relu), [4]),
        (new Activation(ActivationKind.LeakyRelu), [4]),
        (new Activation(ActivationKind.Tanh), [2, 2, 2]),
        (new Reshape(2, 2, 1), [4]),
        (new Convolution(3, 1, 1, 0), [2, 3, 3]),
        (new Convolution(2, 3, 1, 1), [3, 3, 3]),
        (new MinibatchDiscrimination(2, 3), [4]),
        (new MinibatchDiscrimination(3, 1, Normalise: false), [2]),
        (new VirtualBatchNormalization(2), [3]),
        (new VirtualBatchNormalization(1), [2, 2, 3]),
        (new Maxout(3), [6]),
        (SelfAttention.Of(3), [3, 2, 3]),
        (SelfAttention.Of(16), [16, 2, 2]),
        (new Upsampling(), [2, 2, 3]),
        (new Upsampling(3), [1, 2, 2]),
        (new AveragePooling(), [2, 4, 2]),
        (new GlobalSum(), [3, 2, 2]),
        (new ResidualBlock([new Activation(ActivationKind.Tanh), new Convolution(2, 3, 1, 1)], []), [2, 3, 3]),
        (new ResidualBlock([new Convolution(3, 3, 1, 1), new Activation(ActivationKind.Relu, InPlace: true), new AveragePooling()], [new AveragePooling(), new Convolution(3, 1, 1, 0)]), [2, 4, 4]),
    ];

    public static TheoryData<int> Indices => [.. Enumerable.Range(0, Layers.Length)];

    public static TheoryData<int> WeightedIndices => [.. Enumerable.Range(0, Layers.Length).Where(static i => Probe.Of(Layers[i].Layer, Layers[i].Input).Parameters.Length > 0)];

    [Theory]
    [MemberData(nameof(WeightedIndices))]
    public void Gradient_OfWeights_AgreesWithFiniteDifferences(int index)
    {
        using var scope = NewDisposeScope();
        var (layer, input) = Layers[index];
        var network = Probe.Of(layer, input);
        var x = Numbers.Normal(1, ScalarType.Float64, [3, .. input]);
        var weights = Numbers.Normal(2, ScalarType.Float64, [3, .. network.Output]);

        FiniteDifferences.AssertGradient(
            theta => (Probe.Forward(network, theta, x) * weights).sum(),
            Numbers.Normal(3, ScalarType.Float64, network.Parameters.Length));
    }

    [Theory]
    [MemberData(nameof(Indices))]
    public void Gradient_OfInput_AgreesWithFiniteDifferences(int index)
    {
        using var scope = NewDisposeScope();
        var (layer, input) = Layers[index];
        var network = Probe.Of(layer, input);
        var weights = Numbers.Normal(2, ScalarType.Float64, [3, .. network.Output]);
        var theta = Numbers.Normal(3, ScalarType.Float64, network.Parameters.Length);

        FiniteDifferences.AssertGradient(
            x => (Probe.Forward(network, theta, x) * weights).sum(),
            Numbers.Normal(1, ScalarType.Float64, [3, .. input]));
    }

    [Theory]
    [MemberData(nameof(Indices))]
    public void Forward_InBfloat16AndFloat32_AreCloseToFloat64(int index)
    {
        using var scope = NewDisposeScope();
        var (layer, input) = Layers[index];
        var network = Probe.Of(layer, input);
        var flat = Numbers.Normal(3, ScalarType.Float32, network.Parameters.Length) * 0.5;
        var theta = flat.to_type(ScalarType.Float64);
        using var parameters = new ParameterVector(network.Parameters, flat, ScalarType.BFloat16);
        var x = Numbers.Normal(1, ScalarType.Float32, [3, .. input]);

        var half = network.Forward(new NetworkPass(parameters.Leaves, [], Statistics.Batch), x);
        var exact = Probe.Forward(network, theta, x.to_type(ScalarType.Float64));
        var single = network.Forward(new NetworkPass(parameters.MasterLeaves, [], Statistics.Batch), x);

        Assert.Equal(ScalarType.Float32, half.dtype);
        Assert.Equal([3, .. network.Output], half.shape);
        Numbers.AssertNear(exact, half, 0.02 * (1 + exact.abs().max().item<double>()));
        Numbers.AssertNear(exact, single, 1e-5 * (1 + exact.abs().max().item<double>()));
    }

    [Fact]
    public void Build_ShapeThatDoesNotFit_IsRefusedInOneSentence()
    {
        AssertRefused(new Dense(1), [2, 3], "Layer Dense takes input of shape [features], but gets [2, 3]: change the layers before it.");
        AssertRefused(new BatchNormalization(), [2, 3], "Layer BatchNormalization takes input of shape [C] or [C, H, W], but gets [2, 3]: change the layers before it.");
        AssertRefused(new Convolution(1, 4, 2, 1), [8], "Layer Convolution takes input of shape [C, H ≥ 2, W ≥ 2], but gets [8]: change the layers before it.");
        AssertRefused(new Convolution(1, 4, 2, 1), [1, 1, 4], "Layer Convolution takes input of shape [C, H ≥ 2, W ≥ 2], but gets [1, 1, 4]: change the layers before it.");
        AssertRefused(new Convolution(1, 4, 2, 1), [1, 4, 1], "Layer Convolution takes input of shape [C, H ≥ 2, W ≥ 2], but gets [1, 4, 1]: change the layers before it.");
        AssertRefused(new TransposedConvolution(1, 4, 2, 1), [8], "Layer TransposedConvolution takes input of shape [C, H, W] that gives a pixel or more, but gets [8]: change the layers before it.");
        AssertRefused(new TransposedConvolution(1, 1, 1, 1), [1, 2, 3], "Layer TransposedConvolution takes input of shape [C, H, W] that gives a pixel or more, but gets [1, 2, 3]: change the layers before it.");
        AssertRefused(new Upsampling(), [8], "Layer Upsampling takes input of shape [C, H, W], but gets [8]: change the layers before it.");
        AssertRefused(new AveragePooling(), [2, 4, 5], "Layer AveragePooling takes input of shape [C, H, W] with multiples of 2, but gets [2, 4, 5]: change the layers before it.");
        AssertRefused(new MinibatchDiscrimination(2, 2), [1, 2, 2], "Layer MinibatchDiscrimination takes input of shape [features], but gets [1, 2, 2]: change the layers before it.");
        AssertRefused(new VirtualBatchNormalization(2), [2, 3], "Layer VirtualBatchNormalization takes input of shape [C] or [C, H, W], but gets [2, 3]: change the layers before it.");
        AssertRefused(new Maxout(2), [5], "Layer Maxout takes input of shape [features], a multiple of 2, but gets [5]: change the layers before it.");
        AssertRefused(SelfAttention.Of(4), [4], "Layer SelfAttention takes input of shape [C, H, W], but gets [4]: change the layers before it.");
        AssertRefused(SelfAttention.Of(4), [5, 2, 2], "Layer SelfAttention takes input of shape that its result has again (here [4, 2, 2]), but gets [5, 2, 2]: change the layers before it.");
        AssertRefused(new GlobalSum(), [4], "Layer GlobalSum takes input of shape [C, H, W], but gets [4]: change the layers before it.");
        AssertRefused(
            new ResidualBlock([new Dense(3)], []),
            [2],
            "Layer ResidualBlock takes input of shape that both branches turn into one shape (here [3] and [2]), but gets [2]: change the layers before it.");
        AssertRefused(new Reshape(2, 3), [5], "Layer Reshape takes input of shape with 6 numbers, but gets [5]: change the layers before it.");
    }

    [Fact]
    public void Build_BranchThatBeginsInPlace_IsRefused()
    {
        var inPlace = new Activation(ActivationKind.Relu, InPlace: true);
        foreach (var block in new[] { new ResidualBlock([inPlace], []), new ResidualBlock([new Dense(4)], [inPlace]), new ResidualBlock([new Reshape(2, 2), inPlace, new Reshape()], []) })
        {
            Assert.StartsWith(
                "A branch of layer ResidualBlock begins with an activation in place",
                Assert.Throws<DistGanException>(() => block.Build(new LayoutBuilder(), [4])).Message,
                StringComparison.Ordinal);
        }
    }

    private static void AssertRefused(ILayer layer, long[] input, string sentence)
        => Assert.Equal(sentence, Assert.Throws<DistGanException>(() => layer.Build(new LayoutBuilder(), input)).Message);
}
