using System.Diagnostics;
using DistGan.Recipes;
using TorchSharp;
using static TorchSharp.torch;

namespace DistGan.Training.Steps;

/// <summary>Decides what precision auto means on this machine.</summary>
public static class PrecisionSelfTest
{
    private const int Size = 512;
    private const int Rounds = 5;
    private const double WorthWhile = 1.3;

    private const int SmallestWidth = 32;

    /// <summary>
    /// The recipe with its precision resolved: bfloat16 for convolutional networks that are wide enough to gain from it, where a short
    /// matrix product is right and at least 1.3 times as fast in it; else float32. Points are float32: bfloat16 near 1 is as coarse as a mode.
    /// So are likelihoods: its rounding of a reconstruction is seen in them.
    /// </summary>
    public static Recipe Resolve(Recipe recipe, Device device)
        => recipe.Precision != "auto" ? recipe : recipe with { Precision = Gains(recipe) && IsFasterInBfloat16(device) ? "bfloat16" : "float32" };

    private static bool Gains(Recipe recipe)
        => DataFacts.OfCatalog(recipe.Data) is not { IsImages: false }
        && recipe.Objective.HasDiscriminator
        && new[] { recipe.Generator, recipe.Discriminator }.All(static player => player.Network is not ("mlp" or "maxout-mlp") && player.Width >= SmallestWidth);

    private static bool IsFasterInBfloat16(Device device)
    {
        try
        {
            using var noGrad = no_grad();
            using var scope = NewDisposeScope();
            using var generator = new Generator(1);
            var single = randn(Size, Size, generator: generator).to(device);
            var half = single.to_type(ScalarType.BFloat16);
            var error = (half.matmul(half).to_type(ScalarType.Float32) - single.matmul(single)).abs().max().item<float>();
            return error < 0.05 * Size && Seconds(single) > WorthWhile * Seconds(half);
        }
        catch (System.Runtime.InteropServices.ExternalException)
        {
            return false;
        }
    }

    private static double Seconds(Tensor matrix)
    {
        var best = double.MaxValue;
        for (var i = 0; i < Rounds; i++)
        {
            var start = Stopwatch.GetTimestamp();
            using var product = matrix.matmul(matrix);
            using var read = product[0, 0].cpu();
            best = Math.Min(best, Stopwatch.GetElapsedTime(start).TotalSeconds);
        }

        return best;
    }
}
