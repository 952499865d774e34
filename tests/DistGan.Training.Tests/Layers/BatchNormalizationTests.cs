using DistGan.Training.Layers;
using DistGan.Training.Vectors;
using static TorchSharp.torch;

namespace DistGan.Training.Tests.Layers;

public sealed class BatchNormalizationTests
{
    private static readonly double Root = Math.Sqrt(1 + 1e-5);

    [Fact]
    public void Batch_HandComputed_UsesTheBiasedVarianceAndLeavesRunningStatistics()
    {
        using var scope = NewDisposeScope();
        var network = Probe.Of(new BatchNormalization(), 1);
        using var buffers = new BufferVector(network.Buffers, Numbers.Of([2], 0, 1));

        // Mean 2, biased variance 1, scale 2, shift 5.
        var y = Probe.Forward(network, Numbers.Of([2], 2, 5), Numbers.Of([2, 1], 1, 3), Statistics.Batch, buffers);

        Numbers.AssertEqual([5 - 2 / Root, 5 + 2 / Root], y);
        Numbers.AssertEqual([0, 1], buffers.Values);
    }

    [Theory]
    [InlineData(0.1, 0.2, 1.1)]
    [InlineData(1.0, 2, 2)]
    public void BatchAndUpdate_HandComputed_MovesTowardsMeanAndUnbiasedVariance(double momentum, double mean, double variance)
    {
        using var scope = NewDisposeScope();
        var network = Probe.Of(new BatchNormalization(), 1);
        using var buffers = new BufferVector(network.Buffers, Numbers.Of([2], 0, 1));

        var y = Probe.Forward(network, Numbers.Of([2], 2, 5), Numbers.Of([2, 1], 1, 3), Statistics.BatchAndUpdate, buffers, momentum);

        Numbers.AssertEqual([5 - 2 / Root, 5 + 2 / Root], y);
        Numbers.AssertEqual([mean, variance], buffers.Values);
    }

    [Fact]
    public void Running_HandComputed_UsesOnlyRunningStatistics()
    {
        using var scope = NewDisposeScope();
        var network = Probe.Of(new BatchNormalization(), 1);
        using var buffers = new BufferVector(network.Buffers, Numbers.Of([2], 0.5, 4));

        var y = Probe.Forward(network, Numbers.Of([2], 2, 5), Numbers.Of([2, 1], 1, 3), Statistics.Running, buffers);

        var root = Math.Sqrt(4 + 1e-5);
        Numbers.AssertEqual([5 + 2 * 0.5 / root, 5 + 2 * 2.5 / root], y);
        Numbers.AssertEqual([0.5, 4], buffers.Values);
    }

    [Fact]
    public void Batch_OfImages_NormalisesEachChannelOverAllPositions()
    {
        using var scope = NewDisposeScope();
        var network = Probe.Of(new BatchNormalization(), 2, 3, 3);
        var x = Numbers.Normal(1, ScalarType.Float64, 4, 2, 3, 3) * 3 + 7;

        var y = Probe.Forward(network, Numbers.Of([4], 1, 1, 0, 0), x);

        Numbers.AssertEqual([0, 0], y.mean([0, 2, 3]), 1e-9);
        Numbers.AssertEqual([1, 1], y.square().mean([0, 2, 3]), 1e-4);
    }
}
