using DistGan.Recipes;
using DistGan.Training.Data;
using DistGan.Training.Networks;
using DistGan.Training.Tests.Layers;
using static TorchSharp.torch;

namespace DistGan.Training.Tests.Networks;

public sealed class MultilayerPerceptronTests
{
    [Theory]
    [InlineData("mlp", "tanh")]
    [InlineData("mlp", "relu")]
    [InlineData("autoencoder", "tanh")]
    public void Discriminator_AtItsStart_IsNotAnOddFunction(string family, string activation)
    {
        using var scope = NewDisposeScope();
        using var generator = new Generator(5);
        var network = new Network(NetworkCatalog.Families[family].Discriminator(new PlayerRecipe { Width = 16, Activation = activation }, SampleShape.Point(2), normalize: false));
        var theta = network.Parameters.Initialize(generator, CPU, ScalarType.Float64);
        var x = Numbers.Normal(1, ScalarType.Float64, 8, 2);

        var (there, back) = (Probe.Forward(network, theta, x), Probe.Forward(network, theta, -x));

        // Of an odd score the sum is 0, of the error of an odd reconstruction the difference.
        var distance = family == "mlp" ? there + back : there - back;
        Assert.True(distance.abs().max().item<double>() > 0.01 * there.abs().max().item<double>(), "D cannot tell x from −x.");
    }
}
