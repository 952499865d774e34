using DistGan.Training.Layers;
using static TorchSharp.torch;

namespace DistGan.Training.Tests.Layers;

public sealed class LayerValueTests
{
    [Fact]
    public void Dense_HandComputed_IsProductPlusBias()
    {
        using var scope = NewDisposeScope();
        var y = Probe.Forward(Probe.Of(new Dense(2), 2), Numbers.Of([6], 1, 2, 3, 4, 10, 20), Numbers.Of([1, 2], 1, 5));

        Numbers.AssertEqual([21, 43], y);
    }

    [Fact]
    public void Dense_WithoutBias_HasOnlyAWeight()
    {
        using var scope = NewDisposeScope();
        var network = Probe.Of(new Dense(1, Bias: false), 2);

        Assert.Equal(["0.weight"], network.Parameters.Entries.Select(static entry => entry.Name));
        Numbers.AssertEqual([11], Probe.Forward(network, Numbers.Of([2], 1, 2), Numbers.Of([1, 2], 1, 5)));
    }

    [Fact]
    public void Convolution_HandComputed_IsCrossCorrelationPlusBias()
    {
        using var scope = NewDisposeScope();
        var network = Probe.Of(new Convolution(1, 2, 1, 0), 1, 3, 3);
        var y = Probe.Forward(network, Numbers.Of([5], 1, 2, 3, 4, 0.5), Numbers.Of([1, 1, 3, 3], 1, 2, 3, 4, 5, 6, 7, 8, 9));

        Assert.Equal([1, 2, 2], network.Output);
        Numbers.AssertEqual([37.5, 47.5, 67.5, 77.5], y);
    }

    [Fact]
    public void Convolution_StrideAndPadding_SeeZerosAroundTheImage()
    {
        using var scope = NewDisposeScope();
        var network = Probe.Of(new Convolution(1, 2, 2, 1, Bias: false), 1, 2, 2);
        var y = Probe.Forward(network, Numbers.Of([4], 1, 2, 3, 4), Numbers.Of([1, 1, 2, 2], 1, 10, 100, 1000));

        Assert.Equal([1, 2, 2], network.Output);
        Numbers.AssertEqual([4, 30, 200, 1000], y);
    }

    [Fact]
    public void TransposedConvolution_HandComputed_SpreadsTheKernel()
    {
        using var scope = NewDisposeScope();
        var network = Probe.Of(new TransposedConvolution(1, 2, 1, 0), 1, 2, 2);
        var y = Probe.Forward(network, Numbers.Of([5], 1, 2, 3, 4, 0.5), Numbers.Of([1, 1, 2, 2], 1, 2, 3, 4));

        Assert.Equal([1, 3, 3], network.Output);
        Numbers.AssertEqual([1.5, 4.5, 4.5, 6.5, 20.5, 16.5, 9.5, 24.5, 16.5], y);
    }

    [Theory]
    [InlineData(4, 2, 1, 6)]
    [InlineData(3, 1, 1, 5)]
    [InlineData(2, 2, 0, 4)]
    public void TransposedConvolution_SameWeight_IsTheAdjointOfConvolution(int kernel, int stride, int padding, int size)
    {
        using var scope = NewDisposeScope();
        var down = Probe.Of(new Convolution(3, kernel, stride, padding, Bias: false), 2, size, size);
        var up = Probe.Of(new TransposedConvolution(2, kernel, stride, padding, Bias: false), down.Output);
        var theta = Numbers.Normal(1, ScalarType.Float64, down.Parameters.Length);
        var x = Numbers.Normal(2, ScalarType.Float64, 2, 2, size, size);
        var y = Numbers.Normal(3, ScalarType.Float64, [2, .. down.Output]);

        var left = (Probe.Forward(down, theta, x) * y).sum().item<double>();
        var right = (x * Probe.Forward(up, theta, y)).sum().item<double>();

        Assert.Equal([2, size, size], up.Output);
        Assert.Equal(left, right, 1e-10);
    }

    [Fact]
    public void Activation_HandComputed_IsElementwise()
    {
        using var scope = NewDisposeScope();
        var x = Numbers.Of([1, 3], -1, 0, 2);
        var none = zeros(0, ScalarType.Float64);

        Numbers.AssertEqual([0, 0, 2], Probe.Forward(Probe.Of(new Activation(ActivationKind.Relu), 3), none, x));
        Numbers.AssertEqual([-0.2, 0, 2], Probe.Forward(Probe.Of(new Activation(ActivationKind.LeakyRelu), 3), none, x));
        Numbers.AssertEqual([Math.Tanh(-1), 0, Math.Tanh(2)], Probe.Forward(Probe.Of(new Activation(ActivationKind.Tanh), 3), none, x));
    }

    [Theory]
    [InlineData("relu", ActivationKind.Relu)]
    [InlineData("leaky-relu", ActivationKind.LeakyRelu)]
    [InlineData("tanh", ActivationKind.Tanh)]
    public void Parse_NameOfARecipe_IsTheKind(string name, ActivationKind kind) => Assert.Equal(kind, Activation.Parse(name));

    [Fact]
    public void Parse_UnknownName_IsRefused()
        => Assert.Equal("gelu", Assert.Throws<ArgumentOutOfRangeException>(static () => Activation.Parse("gelu")).ActualValue);

    [Fact]
    public void Reshape_ToImagesAndBack_KeepsTheOrder()
    {
        using var scope = NewDisposeScope();
        var none = zeros(0, ScalarType.Float64);
        var image = Probe.Forward(Probe.Of(new Reshape(1, 2, 2), 4), none, Numbers.Of([2, 4], 1, 2, 3, 4, 5, 6, 7, 8));
        var flat = Probe.Forward(Probe.Of(new Reshape(), 1, 2, 2), none, image);

        Assert.Equal([2, 1, 2, 2], image.shape);
        Assert.Equal([2, 4], flat.shape);
        Numbers.AssertEqual([1, 2, 3, 4, 5, 6, 7, 8], flat);
    }
}
