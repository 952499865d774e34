using DistGan.Training.Arithmetic;
using DistGan.Training.Layers;
using DistGan.Training.Networks;
using DistGan.Training.Vectors;
using TorchSharp;
using static TorchSharp.torch;

namespace DistGan.Training.Tests.Networks;

public sealed class NetworkTapTests
{
    public static TheoryData<string, ScalarType> Cases => new()
    {
        { "mlp", ScalarType.Float32 },
        { "mlp", ScalarType.BFloat16 },
        { "dcgan", ScalarType.Float32 },
        { "dcgan", ScalarType.BFloat16 },
    };

    [Theory]
    [MemberData(nameof(Cases))]
    public void ForwardWithFeatures_OfEveryFamily_GivesTheSameOutputAndWhatTheHeadMakesItOf(string family, ScalarType type)
    {
        using var scope = NewDisposeScope();
        using var made = new NetworkContractTests.Made(family, 1, 28, Player.Discriminator);
        using var parameters = new ParameterVector(made.Network.Parameters, made.Parameters.Values.clone(), type);
        var pass = new NetworkPass(parameters.Frozen, made.Buffers.Views, Statistics.Batch);

        var plain = made.Network.Forward(pass, made.Input);
        var tapped = made.Network.ForwardWithFeatures(pass, made.Input);

        Numbers.AssertSameBytes(plain, tapped.Output);
        Assert.Equal(type, tapped.Features.dtype);
        var (weight, bias) = (parameters.Frozen.Compute[^2], parameters.Frozen.Compute[^1]);
        Numbers.AssertSameBytes(plain, nn.functional.linear(tapped.Features, weight, bias).to_type(ScalarType.Float32));
    }

    [Fact]
    public void Head_OfADefinition_IsTheLastLayerWithWeights()
    {
        Assert.Equal(3, new Network(new("d", [4], [new Dense(3), new Activation(ActivationKind.Tanh), new Reshape(), new Dense(1)])).Head);
        Assert.Equal(1, new Network(new("d", [4], [new Reshape(), new Dense(1), new Activation(ActivationKind.Tanh, InPlace: true)])).Head);
    }

    [Fact]
    public void ForwardWithFeatures_HeadFirst_TapsTheInput()
    {
        using var scope = NewDisposeScope();
        var network = new Network(new("d", [4], [new Dense(1)]));
        Tensor[] weights = [ones(1, 4), zeros(1)];
        var x = Numbers.Normal(1, ScalarType.Float32, 3, 4);

        var tapped = network.ForwardWithFeatures(new NetworkPass(new WeightViews(weights, weights), [], Statistics.Batch), x);

        Numbers.AssertSameBytes(x, tapped.Features);
        Numbers.AssertNear(x.sum(dim: 1, keepdim: true), tapped.Output, 1e-6);
    }

    [Fact]
    public void ForwardWithFeatures_LossOfFeatures_ReachesTheInput()
    {
        using var scope = NewDisposeScope();
        using var made = new NetworkContractTests.Made("dcgan", 1, 28, Player.Discriminator);
        var x = made.Input.clone().requires_grad_(true);
        var pass = new NetworkPass(made.Parameters.Frozen, made.Buffers.Views, Statistics.Batch);

        made.Network.ForwardWithFeatures(pass, x).Features.Squared().sum().backward();

        Assert.True(x.grad!.abs().max().item<float>() > 0);
        Assert.Equal(0, made.Parameters.Gradient.abs().sum().item<float>());
    }
}
