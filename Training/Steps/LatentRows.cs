using DistGan.Recipes;
using TorchSharp;
using static TorchSharp.torch;

namespace DistGan.Training.Steps;

/// <summary>Latents one row at a time, so that row i of a seed is the same whatever is asked for with it.</summary>
internal static class LatentRows
{
    private const double CutOff = 2;
    private const int MostTries = 1000;

    /// <summary>z with its code [count, width] on the CPU, float32; codes are not truncated.</summary>
    public static Tensor Draw(LatentRecipe recipe, LatentLayout layout, DataLabels? labels, int count, long seed, double truncation)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(count);
        if (truncation is not (> 0 and <= 1))
        {
            throw new DistGanException($"The truncation is {truncation}, but must be above 0 and at most 1.");
        }

        var seeds = new SeedSequence(seed, 0);
        var values = new float[checked(count * layout.Width)];
        for (var row = 0; row < count; row++)
        {
            var random = seeds.RandomFor("generate", row);
            for (var i = 0; i < layout.Noise; i++)
            {
                values[row * layout.Width + i] = (float)(recipe.Distribution == "uniform" ? truncation * (2 * random.NextDouble() - 1) : Normal(random, truncation));
            }

            LatentCodes.Draw(values.AsSpan(row * layout.Width + layout.Noise, layout.Code), layout, labels, seeds.RandomFor("generate-codes", row));
        }

        return tensor(values, [count, layout.Width]);
    }

    private static double Normal(Random random, double truncation)
    {
        var value = 0.0;
        for (var tries = 0; tries < MostTries; tries++)
        {
            value = Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());
            if (truncation == 1 || Math.Abs(value) <= CutOff * truncation)
            {
                return value;
            }
        }

        return Math.Clamp(value, -CutOff * truncation, CutOff * truncation);
    }
}
