using DistGan.Training.Layers;
using DistGan.Training.Networks;
using DistGan.Training.Vectors;
using static TorchSharp.torch;

namespace DistGan.Training.Tests.Layers;

/// <summary>A network of one layer.</summary>
internal static class Probe
{
    public static Network Of(ILayer layer, params long[] input) => new(new("probe", [.. input], [layer]));

    /// <summary>The layer's output for θ as one vector.</summary>
    public static Tensor Forward(Network network, Tensor theta, Tensor x, Statistics statistics = Statistics.Batch, BufferVector? buffers = null, double momentum = 0.1)
    {
        var views = network.Parameters.Split(theta);
        return network.Forward(new NetworkPass(new WeightViews(views, views), buffers?.Views ?? [], statistics, momentum), x);
    }
}
