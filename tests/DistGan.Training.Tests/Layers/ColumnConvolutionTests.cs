using DistGan.Recipes;
using DistGan.Training.Data;
using DistGan.Training.Layers;
using DistGan.Training.Networks;
using DistGan.Training.Vectors;
using static TorchSharp.torch;

namespace DistGan.Training.Tests.Layers;

[Collection(ExclusiveCollection.Name)]
public sealed class ColumnConvolutionTests
{
    [Theory]
    [InlineData(3, 20, true)]
    [InlineData(3, 20, false)]
    [InlineData(20, 8, true)]
    [InlineData(16, 32, true)]
    public void Convolution_InBfloat16_EqualsThatOfRoundedWeights(int input, int channels, bool needsInputGradient)
        => AssertLikeRounded(new Convolution(channels, 4, 2, 1), [input, 6, 6], needsInputGradient);

    [Theory]
    [InlineData(20, 3)]
    [InlineData(8, 20)]
    [InlineData(32, 16)]
    public void TransposedConvolution_InBfloat16_EqualsThatOfRoundedWeights(int input, int channels)
        => AssertLikeRounded(new TransposedConvolution(channels, 4, 2, 1), [input, 4, 4], needsInputGradient: true);

    [Theory]
    [InlineData(20, 3, 3, 1)]
    [InlineData(64, 3, 3, 1)]
    [InlineData(64, 3, 2, 0)]
    [InlineData(3, 64, 3, 1)]
    [InlineData(20, 8, 1, 0)]
    [InlineData(8, 20, 1, 0)]
    public void Convolution_OfStrideOneInBfloat16_EqualsThatOfRoundedWeights(int input, int channels, int kernel, int padding)
        => AssertLikeRounded(new Convolution(channels, kernel, 1, padding), [input, 6, 6], needsInputGradient: true);

    public static TheoryData<string, int, int, ScalarType> Repeating
    {
        get
        {
            var cases = new TheoryData<string, int, int, ScalarType>();
            foreach (var family in NetworkCatalog.Families.Keys)
            {
                foreach (var (width, channels) in new[] { (8, 1), (20, 3), (64, 1), (64, 3) })
                {
                    cases.Add(family, width, channels, ScalarType.BFloat16);
                    cases.Add(family, width, channels, ScalarType.Float32);
                }
            }

            return cases;
        }
    }

    [Theory]
    [MemberData(nameof(Repeating))]
    public void Networks_WithTwoThreads_RepeatBitForBit(string family, int width, int channels, ScalarType type)
    {
        var threads = get_num_threads();
        set_num_threads(2);
        try
        {
            var shape = new SampleShape(channels, 28, 28);
            var recipe = new PlayerRecipe { Network = family, Width = width };
            AssertRepeats(new Network(NetworkCatalog.Families[family].Generator(recipe, 20, shape)), type);
            AssertRepeats(new Network(NetworkCatalog.Families[family].Discriminator(recipe, shape, normalize: true)), type);
        }
        finally
        {
            set_num_threads(threads);
        }
    }

    /// <summary>Output and gradients against a float64 evaluation of the weights and inputs as bfloat16 rounds them.</summary>
    private static void AssertLikeRounded(ILayer layer, long[] input, bool needsInputGradient)
    {
        using var scope = NewDisposeScope();
        var network = Probe.Of(layer, input);
        var theta = Rounded(Numbers.Normal(1, ScalarType.Float32, network.Parameters.Length) * 0.1);
        var x = Rounded(Numbers.Normal(2, ScalarType.Float32, [4, .. input]));
        var weights = Rounded(Numbers.Normal(3, ScalarType.Float32, [4, .. network.Output]));
        using var half = new ParameterVector(network.Parameters, theta.clone(), ScalarType.BFloat16);
        using var single = new ParameterVector(network.Parameters, theta.to_type(ScalarType.Float64), ScalarType.Float64);

        var (y, dx) = Run(network, half, x, weights, needsInputGradient);
        var (expected, expectedDx) = Run(network, single, x.to_type(ScalarType.Float64), weights.to_type(ScalarType.Float64), needsInputGradient);

        AssertRelative(expected, y);
        AssertRelative(single.Gradient, half.Gradient);
        if (needsInputGradient)
        {
            AssertRelative(expectedDx!, dx!);
        }
    }

    private static (Tensor Output, Tensor? InputGradient) Run(Network network, ParameterVector parameters, Tensor x, Tensor weights, bool needsInputGradient)
    {
        var input = x.clone().requires_grad_(needsInputGradient);
        var output = network.Forward(new NetworkPass(parameters.Leaves, [], Statistics.Batch), input);
        (output * weights).sum().backward();
        parameters.CollectGradient();
        return (output, needsInputGradient ? input.grad : null);
    }

    private static void AssertRepeats(Network network, ScalarType type)
    {
        using var scope = NewDisposeScope();
        using var generator = new Generator();
        generator.manual_seed(1);
        using var parameters = new ParameterVector(network.Parameters, network.Parameters.Initialize(generator, CPU), type);
        var x = Numbers.Normal(2, ScalarType.Float32, [16, .. network.Definition.Input]);
        var weights = Numbers.Normal(3, ScalarType.Float32, [16, .. network.Output]);
        byte[]? output = null, gradient = null;
        for (var call = 0; call < 10; call++)
        {
            using var inner = NewDisposeScope();
            parameters.ClearGradient();
            var (y, dx) = Run(network, parameters, x, weights, needsInputGradient: true);
            output ??= VectorBytes.Copy(y);
            byte[] gradients = [.. VectorBytes.Copy(parameters.Gradient), .. VectorBytes.Copy(dx!)];
            gradient ??= gradients;

            Assert.Equal(output, VectorBytes.Copy(y));
            Assert.Equal(gradient, gradients);
        }
    }

    private static Tensor Rounded(Tensor values) => values.to_type(ScalarType.BFloat16).to_type(ScalarType.Float32);

    private static void AssertRelative(Tensor expected, Tensor actual)
        => Numbers.AssertNear(expected, actual, 0.015 * expected.abs().max().to_type(ScalarType.Float64).item<double>());
}
