using DistGan.Training.Arithmetic;
using DistGan.Training.Layers;
using DistGan.Training.Networks;
using DistGan.Training.Vectors;
using static TorchSharp.torch;

namespace DistGan.Training.Tests.Layers;

public sealed class SelfAttentionTests
{
    [Fact]
    public void Forward_AtTheStart_IsTheIdentity()
    {
        using var scope = NewDisposeScope();
        var network = Probe.Of(SelfAttention.Of(16), 16, 3, 3);
        using var generator = new Generator(1);
        var x = Numbers.Normal(1, ScalarType.Float64, 2, 16, 3, 3);

        Numbers.AssertSameBytes(x, Probe.Forward(network, network.Parameters.Initialize(generator, CPU, ScalarType.Float64), x));
        Assert.Equal(["0.key.weight", "0.query.weight", "0.value.weight", "0.result.weight", "0.gamma"], network.Parameters.Entries.Select(static entry => entry.Name));
        Assert.Equal([2L, 16, 1, 1], network.Parameters.Entries[0].Shape);
    }

    [Fact]
    public void Forward_HandComputed_MixesPositionsByTheirLikeness()
    {
        using var scope = NewDisposeScope();
        var network = Probe.Of(SelfAttention.Of(1), 1, 1, 2);

        // f = 1, g = 2, h = 3, v = 5, γ = 7; x = (0, 1): s_ij = 2·x_i·x_j, so position 0 looks evenly and position 1 by (1, e²).
        var y = Probe.Forward(network, Numbers.Of([5], 1, 2, 3, 5, 7), Numbers.Of([1, 1, 1, 2], 0, 1));

        var share = Math.Exp(2) / (1 + Math.Exp(2));
        Numbers.AssertEqual([7 * 5 * 3 * 0.5, 7 * 5 * 3 * share + 1], y);
    }

    [Fact]
    public void Penalty_ThroughAttention_AgreesWithFiniteDifferences()
    {
        using var scope = NewDisposeScope();
        var network = new Network(new("d", [2, 2, 2], [SelfAttention.Of(2), new Activation(ActivationKind.Tanh), new Reshape(), new Dense(1)]));
        var x = Numbers.Normal(1, ScalarType.Float64, 2, 2, 2, 2);

        FiniteDifferences.AssertGradient(
            theta =>
            {
                var input = x.detach().requires_grad_(true);
                return Gradients.Of(Probe.Forward(network, theta, input), input, createGraph: true).Squared().sum();
            },
            Numbers.Normal(3, ScalarType.Float64, network.Parameters.Length) * 0.5,
            tolerance: 1e-4);
    }

    [Fact]
    public void Map_OfItsParts_ReachesAllFourConvolutions()
    {
        var mapped = SelfAttention.Of(8).Map(static layer => new SpectralNormalization(layer));

        Assert.Equal(4, mapped.Parts.OfType<SpectralNormalization>().Count());
        Assert.Equal([8L, 2, 2], mapped.Build(new LayoutBuilder(), [8, 2, 2]).Output);
    }
}
