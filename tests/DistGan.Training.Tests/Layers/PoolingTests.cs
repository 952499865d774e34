using DistGan.Training.Layers;
using static TorchSharp.torch;

namespace DistGan.Training.Tests.Layers;

public sealed class PoolingTests
{
    [Fact]
    public void Upsampling_HandComputed_RepeatsEachPixel()
    {
        using var scope = NewDisposeScope();
        var network = Probe.Of(new Upsampling(), 1, 2, 2);

        Assert.Equal([1, 4, 4], network.Output);
        Numbers.AssertEqual([1, 1, 2, 2, 1, 1, 2, 2, 3, 3, 4, 4, 3, 3, 4, 4], Run(network, Numbers.Of([1, 1, 2, 2], 1, 2, 3, 4)));
    }

    [Fact]
    public void AveragePooling_HandComputed_IsTheMeanOfEachSquare()
    {
        using var scope = NewDisposeScope();
        var network = Probe.Of(new AveragePooling(), 1, 2, 4);

        Assert.Equal([1, 1, 2], network.Output);
        Numbers.AssertEqual([3.5, 5.5], Run(network, Numbers.Of([1, 1, 2, 4], 1, 2, 3, 4, 5, 6, 7, 8)));
    }

    [Fact]
    public void GlobalSum_HandComputed_AddsUpEachChannelOfEachSample()
    {
        using var scope = NewDisposeScope();
        var network = Probe.Of(new GlobalSum(), 2, 1, 2);

        Assert.Equal([2], network.Output);
        Numbers.AssertEqual([3, 7, 11, 15], Run(network, Numbers.Of([2, 2, 1, 2], 1, 2, 3, 4, 5, 6, 7, 8)));
    }

    private static Tensor Run(DistGan.Training.Networks.Network network, Tensor x) => Probe.Forward(network, zeros(0, ScalarType.Float64), x);
}
