using DistGan.Training.Layers;
using static TorchSharp.torch;

namespace DistGan.Training.Tests.Layers;

public sealed class MaxoutTests
{
    [Fact]
    public void Forward_HandComputed_TakesTheLargestPieceOfEachUnit()
    {
        using var scope = NewDisposeScope();

        var y = Probe.Forward(Probe.Of(new Maxout(3), 6), zeros(0, ScalarType.Float64), Numbers.Of([2, 6], 1, 3, 2, -5, -4, -6, 0, 0, 0, 9, 8, 7));

        Assert.Equal([2, 2], y.shape);
        Numbers.AssertEqual([2, 3, 8, 9], y);
    }
}
