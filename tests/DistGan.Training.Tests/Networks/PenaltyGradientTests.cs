using DistGan.Recipes;
using DistGan.Training.Arithmetic;
using DistGan.Training.Data;
using DistGan.Training.Layers;
using DistGan.Training.Networks;
using DistGan.Training.Tests.Layers;
using DistGan.Training.Vectors;
using static TorchSharp.torch;

namespace DistGan.Training.Tests.Networks;

/// <summary>Second derivatives of discriminators, which penalties need: ∂/∂θ of Σ‖∇ₓD(x)‖².</summary>
public sealed class PenaltyGradientTests
{
    private static readonly SampleShape Shape = new(2, 4, 4);

    public static TheoryData<string> Families => [.. NetworkCatalog.Families.Keys];

    [Theory]
    [MemberData(nameof(Families))]
    public void Penalty_OfEveryDiscriminator_AgreesWithFiniteDifferences(string family)
    {
        using var scope = NewDisposeScope();
        var network = Discriminator(family);
        var x = Numbers.Normal(1, ScalarType.Float64, [2, .. network.Definition.Input]);

        FiniteDifferences.AssertGradient(theta => Penalty(network, theta, x), Theta(network), tolerance: 1e-4);
    }

    [Theory]
    [MemberData(nameof(Families))]
    public void Penalty_InFloat32_IsCloseToFloat64(string family)
    {
        using var scope = NewDisposeScope();
        var network = Discriminator(family);
        var x = Numbers.Normal(1, ScalarType.Float32, [2, .. network.Definition.Input]);

        var exact = Gradient(network, Theta(network), x.to_type(ScalarType.Float64));
        var single = Gradient(network, Theta(network).to_type(ScalarType.Float32), x);

        Numbers.AssertNear(exact, single, 1e-3 * exact.abs().max().item<double>());
    }

    private static Tensor Gradient(Network network, Tensor theta, Tensor x)
    {
        var leaf = theta.clone().requires_grad_(true);
        return Gradients.Of(Penalty(network, leaf, x), leaf, createGraph: false);
    }

    private static Tensor Penalty(Network network, Tensor theta, Tensor x)
    {
        var input = x.detach().requires_grad_(true);
        return Gradients.Of(Probe.Forward(network, theta, input, Statistics.Batch), input, createGraph: true).Squared().sum();
    }

    private static Network Discriminator(string family)
    {
        var depth = ImageNetworks.HasDoublings(family) ? 1 : (int?)null;
        return new(NetworkCatalog.Families[family].Discriminator(new PlayerRecipe { Network = family, Width = 2, Depth = depth, Activation = "tanh" }, Shape, normalize: false));
    }

    private static Tensor Theta(Network network) => Numbers.Normal(3, ScalarType.Float64, network.Parameters.Length) * 0.5;
}
