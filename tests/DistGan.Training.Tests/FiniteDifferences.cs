using DistGan.Training.Vectors;
using static TorchSharp.torch;

namespace DistGan.Training.Tests;

/// <summary>Central differences (f(x + h·eᵢ) − f(x − h·eᵢ)) / 2h over a flat float64 vector.</summary>
internal static class FiniteDifferences
{
    private const double Step = 1e-6;

    /// <summary>The gradient of <paramref name="value"/>, which reads <paramref name="at"/> anew in each call.</summary>
    public static double[] Of(Func<double> value, Tensor at)
    {
        var numbers = new double[at.numel()];
        for (var i = 0; i < numbers.Length; i++)
        {
            var old = Numbers(at)[i];
            Numbers(at)[i] = old + Step;
            var above = value();
            Numbers(at)[i] = old - Step;
            var below = value();
            Numbers(at)[i] = old;
            numbers[i] = (above - below) / (2 * Step);
        }

        return numbers;
    }

    /// <summary>Asserts that the recorded gradient of a scalar function agrees with central differences everywhere.</summary>
    public static void AssertGradient(Func<Tensor, Tensor> loss, Tensor at, double tolerance = 1e-7)
    {
        var leaf = at.detach().clone().requires_grad_(true);
        var gradient = Gradients.Of(loss(leaf), leaf, createGraph: false);
        var copy = at.detach().clone();
        var expected = Of(
            () =>
            {
                using var scope = NewDisposeScope();
                return loss(copy).item<double>();
            },
            copy);
        AssertClose(expected, gradient, tolerance);
    }

    /// <summary>Asserts |expected − actual| ≤ tolerance·(1 + |expected|) in each element, and that not all are 0.</summary>
    public static void AssertClose(double[] expected, Tensor actual, double tolerance)
    {
        var numbers = actual.detach().to_type(ScalarType.Float64).flatten().data<double>().ToArray();
        Assert.Equal(expected.Length, numbers.Length);
        Assert.Contains(expected, static value => Math.Abs(value) > 1e-6);
        for (var i = 0; i < numbers.Length; i++)
        {
            Assert.True(
                Math.Abs(expected[i] - numbers[i]) <= tolerance * (1 + Math.Abs(expected[i])),
                $"Element {i}: expected {expected[i]:R}, found {numbers[i]:R}.");
        }
    }

    private static Span<double> Numbers(Tensor tensor) => System.Runtime.InteropServices.MemoryMarshal.Cast<byte, double>(tensor.bytes);
}
