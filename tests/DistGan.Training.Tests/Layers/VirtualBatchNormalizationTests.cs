using DistGan.Training.Layers;
using DistGan.Training.Networks;
using DistGan.Training.Vectors;
using static TorchSharp.torch;

namespace DistGan.Training.Tests.Layers;

public sealed class VirtualBatchNormalizationTests
{
    [Fact]
    public void Forward_HandComputed_TreatsAnExampleAsOneMoreOfTheReference()
    {
        using var scope = NewDisposeScope();
        var network = Probe.Of(new VirtualBatchNormalization(2), 1);

        // Reference 1 and 3: mean 2, variance 1. With 8 beside them: mean 4, variance (9 + 1 + 16)/3 = 26/3. Scale 2, shift 5.
        var y = Probe.Forward(network, Numbers.Of([2], 2, 5), Numbers.Of([4, 1], 1, 3, 8, 8));

        var (reference, example) = (2 / Math.Sqrt(1 + 1e-5), 2 * 4 / Math.Sqrt(26.0 / 3 + 1e-5));
        Numbers.AssertEqual([5 - reference, 5 + reference, 5 + example, 5 + example], y);
    }

    [Fact]
    public void Forward_OfImages_IsBatchNormalisationOfTheReferenceAndThatExample()
    {
        using var scope = NewDisposeScope();
        var x = Numbers.Normal(1, ScalarType.Float64, 5, 2, 3, 4) * 3 + 7;
        var theta = Numbers.Of([4], 1.5, 0.5, 1, -1);

        var y = Probe.Forward(Probe.Of(new VirtualBatchNormalization(3), 2, 3, 4), theta, x);

        // Batch statistics of (r; x_i) are, by definition, those that example i takes.
        var plain = Probe.Of(new BatchNormalization(), 2, 3, 4);
        Numbers.AssertNear(Probe.Forward(plain, theta, x.narrow(0, 0, 3)), y.narrow(0, 0, 3), 1e-12);
        foreach (var i in new[] { 3, 4 })
        {
            var together = Probe.Forward(plain, theta, cat([x.narrow(0, 0, 3), x.narrow(0, i, 1)], 0));
            Numbers.AssertNear(together.narrow(0, 3, 1), y.narrow(0, i, 1), 1e-12);
        }
    }

    [Theory]
    [InlineData(ScalarType.Float32, 1e-3)]
    [InlineData(ScalarType.BFloat16, 0.02)]
    public void Forward_FarFromZero_KeepsTheVariance(ScalarType compute, double tolerance)
    {
        using var scope = NewDisposeScope();
        var network = new Network(new("probe", [4, 2, 2], [new Convolution(4, 1, 1, 0), new VirtualBatchNormalization(8)]));
        var flat = zeros(network.Parameters.Length);
        network.Parameters.Views(flat)[0].copy_(eye(4).view(4, 4, 1, 1));
        network.Parameters.Views(flat)[2].fill_(1);
        using var parameters = new ParameterVector(network.Parameters, flat, compute);

        // Numbers that bfloat16 holds exactly: 128 ± 1. E[x²] − μ² has lost that there.
        var x = 128 + Numbers.Normal(1, ScalarType.Float32, 16, 4, 2, 2).sign();
        var y = network.Forward(new NetworkPass(parameters.Frozen, [], Statistics.Batch), x);

        var wide = x.to_type(ScalarType.Float64);
        var exact = Probe.Forward(Probe.Of(new VirtualBatchNormalization(8), 4, 2, 2), Numbers.Of([8], 1, 1, 1, 1, 0, 0, 0, 0), wide);
        Numbers.AssertNear(exact, y, tolerance);
    }

    [Fact]
    public void WithoutReference_AfterReferenceBatch_GivesTheInputBack()
    {
        using var scope = NewDisposeScope();
        var network = new Network(new("probe", [2], [new ReferenceBatch(3, Initializer.Normal(0, 1)), new WithoutReference(3)]));
        using var buffers = new BufferVector(network.Buffers, Numbers.Normal(1, ScalarType.Float32, network.Buffers.Length));
        var before = VectorBytes.Copy(buffers.Values);
        var x = Numbers.Normal(2, ScalarType.Float64, 4, 2);

        var y = network.Forward(new NetworkPass(new WeightViews([], []), buffers.Views, Statistics.BatchAndUpdate), x);

        Numbers.AssertSameBytes(x, y);
        Assert.Equal([3L, 2L], network.Buffers.Entries[0].Shape);
        Assert.Equal(before, VectorBytes.Copy(buffers.Values));
    }
}
