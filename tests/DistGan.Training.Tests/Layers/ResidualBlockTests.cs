using DistGan.Training.Layers;
using DistGan.Training.Networks;
using static TorchSharp.torch;

namespace DistGan.Training.Tests.Layers;

public sealed class ResidualBlockTests
{
    private static readonly Activation Relu = new(ActivationKind.Relu);

    [Fact]
    public void Forward_EmptyShortcut_AddsTheInputItself()
    {
        using var scope = NewDisposeScope();
        var network = Probe.Of(new ResidualBlock([Relu, new Dense(2)], []), 2);

        // relu(−1, 3) = (0, 3); W·(0, 3) + b = (6.5, 12.5).
        var y = Probe.Forward(network, Numbers.Of([6], 1, 2, 3, 4, 0.5, 0.5), Numbers.Of([1, 2], -1, 3));

        Numbers.AssertEqual([5.5, 15.5], y);
    }

    [Fact]
    public void Forward_TwoBranches_AddsThemAndNamesTheirWeights()
    {
        using var scope = NewDisposeScope();
        var network = Probe.Of(new ResidualBlock([new Dense(1, Bias: false), new Activation(ActivationKind.Relu, InPlace: true)], [new Dense(1, Bias: false)]), 2);

        Assert.Equal(["0.main.0.weight", "0.shortcut.0.weight"], network.Parameters.Entries.Select(static entry => entry.Name));
        Numbers.AssertEqual([30], Probe.Forward(network, Numbers.Of([4], -1, -1, 10, 10), Numbers.Of([1, 2], 1, 2)));
        Numbers.AssertEqual([3 - 30], Probe.Forward(network, Numbers.Of([4], -1, -1, 10, 10), Numbers.Of([1, 2], -1, -2)));
    }

    [Fact]
    public void Forward_AnyBlock_LeavesItsInputAsItIs()
    {
        using var scope = NewDisposeScope();
        var network = new Network(new("two", [2], [new ResidualBlock([Relu, new Dense(2)], []), new ResidualBlock([Relu, new Dense(2)], [])]));
        var x = Numbers.Of([1, 2], -1, 3);

        _ = Probe.Forward(network, Numbers.Normal(1, ScalarType.Float64, network.Parameters.Length), x);

        Numbers.AssertEqual([-1, 3], x);
    }

    [Fact]
    public void CouplesSamples_NormalisationInsideABlock_IsFound()
    {
        var definition = new NetworkDefinition("probe", [2], [new ResidualBlock([new BatchNormalization()], [])]);

        Assert.True(definition.CouplesSamples);
        Assert.False(definition.Map(static layer => layer is BatchNormalization ? new Activation(ActivationKind.Tanh) : layer).CouplesSamples);
    }

    [Fact]
    public void Map_NestedBlocks_ReplacesEveryLayerInsideAndKeepsTheRest()
    {
        var inner = new ResidualBlock([new Dense(2)], [new Dense(3)]);
        var definition = new NetworkDefinition("probe", [2], [new Dense(4), new ResidualBlock([inner, Relu], [])]);

        var mapped = definition.Map(static layer => layer is Dense dense ? dense with { Units = 10 * dense.Units } : layer);

        Assert.Equal([40, 20, 30], mapped.AllLayers.OfType<Dense>().Select(static dense => dense.Units));
        Assert.Equal(definition.AllLayers.Select(static layer => layer.GetType()), mapped.AllLayers.Select(static layer => layer.GetType()));
        Assert.Equal([4, 2, 3], definition.AllLayers.OfType<Dense>().Select(static dense => dense.Units));
    }
}
