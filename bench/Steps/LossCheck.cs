using DistGan.Recipes;
using DistGan.Training.Data;

namespace DistGan.Bench.Steps;

/// <summary>Makes sure that the plain loop and the core compute the same thing before anybody compares their speed.</summary>
internal static class LossCheck
{
    private const int Steps = 5;
    private const double Tolerance = 1e-3;

    /// <summary>Trains both from the same weights and returns the largest relative difference of a loss.</summary>
    /// <exception cref="DistGanException">The losses differ.</exception>
    public static double Run(IDataSet data, long seed, bool freezes)
    {
        var recipe = StepRecipe.Create(new BenchSetting(seed, "float32", RoundSteps: 1));
        using var core = new CoreContender("core", recipe, data);
        using var plain = new PlainContender("plain", recipe, data, core.Replica, freezes);
        var largest = 0.0;
        for (var step = 0; step < Steps; step++)
        {
            core.Advance();
            var values = core.Reports[^1].Values;
            plain.Advance((discriminator, generator) => largest = Math.Max(
                largest,
                Math.Max(Difference(discriminator, values[MetricNames.DiscriminatorLoss]), Difference(generator, values[MetricNames.GeneratorLoss]))));
        }

        return largest < Tolerance
            ? largest
            : throw new DistGanException($"The losses of the first {Steps} steps differ by {largest:E1} of their value between the plain loop and the core: they are not the same mathematics, and their speeds say nothing.");
    }

    public static string Describe(double largest) => $"identical mathematics: the losses of the first {Steps} steps from the same weights agree within {largest:E1} of their value";

    private static double Difference(double a, double b) => Math.Abs(a - b) / Math.Max(Math.Abs(b), 1e-6);
}
