using System.Diagnostics;
using TorchSharp;
using static TorchSharp.torch;

namespace DistGan.Client.Estimates;

/// <summary>How fast this machine trains, from a short matrix product.</summary>
internal static class MachineRate
{
    private const int Size = 768;
    private const int Rounds = 4;

    /// <summary>Share of a matrix product's speed that the layers of a step reach; narrow types spend more of it outside of products.</summary>
    private const double SingleEfficiency = 0.7;

    private const double HalfEfficiency = 0.35;

    /// <summary>Floating-point operations of training in a second, at least 1e9.</summary>
    public static double Measure(Device device, string precision)
    {
        using var noGrad = no_grad();
        using var scope = NewDisposeScope();
        var isHalf = precision == "bfloat16";
        var matrix = ones(Size, Size, ScalarType.Float32, device).to_type(isHalf ? ScalarType.BFloat16 : ScalarType.Float32);
        var best = double.MaxValue;
        for (var i = 0; i < Rounds; i++)
        {
            var start = Stopwatch.GetTimestamp();
            using var product = matrix.matmul(matrix);
            using var read = product[0, 0].cpu();
            best = Math.Min(best, Stopwatch.GetElapsedTime(start).TotalSeconds);
        }

        return Math.Max(1e9, 2.0 * Size * Size * Size / best * (isHalf ? HalfEfficiency : SingleEfficiency));
    }
}
