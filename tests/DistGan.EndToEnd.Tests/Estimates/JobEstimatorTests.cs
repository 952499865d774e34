using DistGan.Client.Estimates;
using DistGan.Recipes;

namespace DistGan.EndToEnd.Tests.Estimates;

public sealed class JobEstimatorTests
{
    private const double Rate = 200e9;

    private static readonly DataFacts Clothes = new() { Count = 10_000, Channels = 1, Height = 28, Width = 28, Classes = 10 };

    private static readonly Recipe Fashion = Presets.Get("fashion").Make() with { Threads = 1, Precision = "float32" };

    [Fact]
    public void Estimate_Fashion_IsOfTheRightOrder()
    {
        var estimate = JobEstimator.Estimate(Fashion, Clothes, Rate);

        Assert.InRange(estimate.Seconds, 60, 600);
        Assert.InRange(estimate.MemoryBytes, 400e6, 1.5e9);
        Assert.InRange(estimate.DiskBytes, 100e6, 500e6);
    }

    [Fact]
    public void Estimate_AFasterMachineOrLessWork_TakesLess()
    {
        var whole = JobEstimator.Estimate(Fashion, Clothes, Rate);

        Assert.True(JobEstimator.Estimate(Fashion, Clothes, 4 * Rate).Seconds < whole.Seconds);
        Assert.True(JobEstimator.Estimate(Fashion, Clothes, Rate, done: 1500).Seconds < 0.6 * whole.Seconds);
        Assert.True(JobEstimator.Estimate(Fashion with { Snapshots = new() { Keep = 1 } }, Clothes, Rate).DiskBytes < whole.DiskBytes);
    }

    [Fact]
    public void Estimate_MinuteBudget_BoundsTheTime()
    {
        Assert.Equal(90, JobEstimator.Estimate(Fashion with { Budget = new() { Steps = null, Minutes = 1.5 } }, Clothes, Rate).Seconds);
        Assert.Equal(60, JobEstimator.Estimate(Fashion with { Budget = new() { Steps = 1_000_000, Minutes = 1 } }, Clothes, Rate).Seconds);
    }

    [Theory]
    [MemberData(nameof(PresetNames))]
    public void Estimate_EveryPreset_IsANumber(string preset)
    {
        var recipe = Presets.Get(preset).Make();
        var facts = DataFacts.OfCatalog(recipe.Data) ?? new DataFacts { Count = 1000, Channels = 1, Height = recipe.Data.Size, Width = recipe.Data.Size };

        var estimate = JobEstimator.Estimate(recipe, facts, Rate);

        Assert.True(double.IsFinite(estimate.Seconds) && estimate.MemoryBytes > 100e6 && estimate.DiskBytes > 0, $"{estimate}");
    }

    [Theory]
    [InlineData(5, 512_345_678, 41_234_567, "about 10 s, 510 MB memory, 41 MB disk")]
    [InlineData(47, 1.23e9, 999, "about 45 s, 1.2 GB memory, 1 kB disk")]
    [InlineData(190, 1.25e10, 2e6, "about 3 min, 12 GB memory, 2 MB disk")]
    [InlineData(9000, 1e9, 1e6, "about 2.5 h, 1 GB memory, 1 MB disk")]
    [InlineData(1e6, 1e9, 1e6, "about 12 days, 1 GB memory, 1 MB disk")]
    public void ToString_AnEstimate_ReadsAsOneLine(double seconds, double memory, double disk, string expected)
        => Assert.Equal(expected, new JobEstimate(seconds, memory, disk).ToString());

    public static TheoryData<string> PresetNames => [.. Presets.All.Keys];
}
