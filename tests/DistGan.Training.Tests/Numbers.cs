using DistGan.Training.Vectors;
using static TorchSharp.torch;

namespace DistGan.Training.Tests;

/// <summary>Tensors from and to plain numbers.</summary>
internal static class Numbers
{
    /// <summary>A float64 tensor.</summary>
    public static Tensor Of(long[] shape, params double[] values) => tensor(values, ScalarType.Float64).reshape(shape);

    /// <summary>A float32 tensor.</summary>
    public static Tensor Single(long[] shape, params float[] values) => tensor(values, ScalarType.Float32).reshape(shape);

    /// <summary>Normal numbers that depend on the seed alone.</summary>
    public static Tensor Normal(long seed, ScalarType type, params long[] shape)
    {
        using var generator = new Generator();
        generator.manual_seed(seed);
        return randn(shape, type, generator: generator);
    }

    public static double[] Doubles(Tensor tensor) => [.. tensor.detach().to_type(ScalarType.Float64).contiguous().data<double>()];

    public static void AssertEqual(double[] expected, Tensor actual, double tolerance = 1e-12)
    {
        var numbers = Doubles(actual);
        Assert.Equal(expected.Length, numbers.Length);
        for (var i = 0; i < numbers.Length; i++)
        {
            Assert.True(Math.Abs(expected[i] - numbers[i]) <= tolerance, $"Element {i}: expected {expected[i]:R}, found {numbers[i]:R}.");
        }
    }

    /// <summary>Asserts max|expected − actual| ≤ tolerance.</summary>
    public static void AssertNear(Tensor expected, Tensor actual, double tolerance)
    {
        Assert.Equal(expected.shape, actual.shape);
        var difference = (expected.detach().to_type(ScalarType.Float64) - actual.detach().to_type(ScalarType.Float64)).abs().max().item<double>();
        Assert.True(difference <= tolerance, $"The largest difference is {difference:R}, more than {tolerance:R}.");
    }

    public static void AssertSameBytes(Tensor expected, Tensor actual) => Assert.Equal(VectorBytes.Copy(expected), VectorBytes.Copy(actual));
}
