using DistGan.Training.Layers;
using DistGan.Training.Vectors;
using static TorchSharp.torch;

namespace DistGan.Training.Tests.Layers;

public sealed class ConvolutionAccuracyTests
{
    private static readonly (long Input, long Output)[] Channels =
        [(1, 4), (1, 64), (64, 1), (3, 2), (4, 8), (8, 4), (8, 20), (16, 32), (16, 8), (8, 16), (3, 64), (64, 3), (24, 40), (24, 48), (96, 48)];

    public static TheoryData<bool, int, int, int, int> Cases
    {
        get
        {
            var cases = new TheoryData<bool, int, int, int, int>();
            foreach (var up in new[] { false, true })
            {
                foreach (var (kernel, stride, padding) in new[] { (4, 2, 1), (3, 1, 1), (1, 1, 0), (2, 1, 0) })
                {
                    cases.Add(up, kernel, stride, padding, 2);
                    cases.Add(up, kernel, stride, padding, 7);
                    cases.Add(up, kernel, stride, padding, 14);
                }
            }

            return cases;
        }
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void Forward_InFloat32AndBfloat16_AgreesWithFloat64InValueAndGradients(bool up, int kernel, int stride, int padding, int size)
        => Assert.All(Channels, channels =>
        {
            using var scope = NewDisposeScope();
            ILayer layer = up
                ? new TransposedConvolution(channels.Output, kernel, stride, padding)
                : new Convolution(channels.Output, kernel, stride, padding);
            var exact = Evaluate(layer, channels.Input, size, ScalarType.Float64);
            for (var call = 0; call < 2; call++)
            {
                foreach (var type in new[] { ScalarType.Float32, ScalarType.BFloat16 })
                {
                    var tolerance = type == ScalarType.Float32 ? 1e-4 : 0.03;
                    foreach (var (expected, found) in exact.Zip(Evaluate(layer, channels.Input, size, type)))
                    {
                        Numbers.AssertNear(expected, found, tolerance * expected.abs().max().item<double>());
                    }
                }
            }
        });

    private static ScalarType Master(ScalarType type) => type == ScalarType.BFloat16 ? ScalarType.Float32 : type;

    /// <summary>Output and gradients of a weighted sum of it.</summary>
    private static Tensor[] Evaluate(ILayer layer, long channels, long size, ScalarType type)
    {
        var network = Probe.Of(layer, channels, size, size);
        using var parameters = new ParameterVector(network.Parameters, Numbers.Normal(1, ScalarType.Float32, network.Parameters.Length).to_type(Master(type)), type);
        var x = Numbers.Normal(2, ScalarType.Float32, 8, channels, size, size).to_type(Master(type)).requires_grad_(true);
        var weights = Numbers.Normal(3, ScalarType.Float32, [8, .. network.Output]).to_type(Master(type));
        var y = network.Forward(new NetworkPass(parameters.Leaves, [], Statistics.Batch), x);
        (y * weights).sum().backward();
        parameters.CollectGradient();
        return [y.detach(), x.grad!, parameters.Gradient.clone()];
    }
}
