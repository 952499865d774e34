using System.Globalization;
using DistGan.Client.Display;
using DistGan.Client.Embedded;
using DistGan.Client.Jobs;
using DistGan.Client.Runs;
using DistGan.EndToEnd.Tests.Processes;
using DistGan.Grains.Interfaces.Jobs;
using DistGan.Grains.Interfaces;
using DistGan.Hosting.Jobs;
using DistGan.Recipes;

namespace DistGan.EndToEnd.Tests.Jobs;

/// <summary>A job with everything on does not grow.</summary>
[Collection(ExclusiveCollection.Name)]
public sealed class MemorySlopeTests
{
    private const int Steps = 6000;
    private const int FromStep = 200;
    private const double MostBytesPerStep = 1024;

    /// <summary>What leaks grows in every part of the run; start-up and a heap that is enlarged once do in one.</summary>
    private const int Parts = 5;

    [Fact]
    public async Task Train_EverythingOn_ResidentMemoryDoesNotGrow()
    {
        using var folder = new TempFolder();
        var plan = new TrainPlan { Recipe = RecipeFreezer.Freeze(Recipe(), "cpu"), RunFolder = folder["run"], Device = "cpu" };
        var display = new ResidentMemory();
        await using var cluster = await EmbeddedCluster.StartAsync(plan, TimeProvider.System);
        var submission = new JobSubmission { Job = new JobId(plan.Recipe.Name), Recipe = RecipeEnvelopes.Wrap(plan.Recipe) };

        var summary = await new JobRunner(cluster.Jobs, display, TimeProvider.System).RunAsync(submission, new TaskCompletionSource().Task);

        Assert.True(summary.State == JobState.Completed, summary.Failure);
        var points = display.Points.Where(static point => point.Step >= FromStep).ToList();
        Assert.InRange(points.Count, 20, int.MaxValue);
        var slope = Median(points.Chunk((points.Count + Parts - 1) / Parts).Select(MedianSlope));
        Assert.True(slope < MostBytesPerStep, $"{slope:F0} bytes a step after step {FromStep}: {string.Join(", ", points.Select(static point => $"{point.Step}:{point.Bytes >> 10}K"))}");
    }

    /// <summary>Small networks, and a replay buffer that is full long before the first measurement.</summary>
    private static Recipe Recipe() => Presets.Get("fashion").Make() with
    {
        Name = "slope",
        Batch = 8,
        Threads = 1,
        Precision = "float32",
        Generator = new PlayerRecipe { Width = 2 },
        Discriminator = new PlayerRecipe { Width = 2 },
        Techniques = new TechniquesRecipe
        {
            LabelSmoothing = new(),
            ExperienceReplay = new() { BudgetBytes = 250_000 },
            HistoricalAveraging = new(),
            Ema = new(),
        },
        Budget = new() { Steps = Steps },
        Evaluation = new() { EverySteps = 100, Samples = 128 },
        Samples = new() { EverySteps = 100, Rows = 4, Columns = 4 },
        Snapshots = new() { EverySteps = 100 },
    };

    /// <summary>Resident memory that is not backed by files or shared: all that is allocated, without the code that the compiler still adds.</summary>
    private static long ResidentBytes()
    {
        const string Name = "RssAnon:";
        var line = File.ReadLines("/proc/self/status").First(static text => text.StartsWith(Name, StringComparison.Ordinal));
        return 1024 * long.Parse(line[Name.Length..].Replace("kB", "", StringComparison.Ordinal), CultureInfo.InvariantCulture);
    }

    /// <summary>The median of the slopes between all pairs of points (Theil and Sen): single jumps do not decide.</summary>
    private static double MedianSlope((long Step, long Bytes)[] points)
        => Median(points.SelectMany((point, i) => points.Skip(i + 1).Select(later => (later.Bytes - point.Bytes) / (double)(later.Step - point.Step))));

    private static double Median(IEnumerable<double> values)
    {
        var sorted = values.Order().ToList();
        return sorted[sorted.Count / 2];
    }

    private sealed class ResidentMemory : IJobDisplay
    {
        public List<(long Step, long Bytes)> Points { get; } = [];

        public void Show(JobProgress progress)
        {
            if (progress.Reports is [.., var last] && (Points.Count == 0 || last.Step > Points[^1].Step))
            {
                // What the collector has not looked at yet is no growth.
                GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive, blocking: true, compacting: true);
                Points.Add((last.Step, ResidentBytes()));
            }
        }

        public void Say(string message) => Assert.NotNull(message);

        public ValueTask DisposeAsync() => ValueTask.CompletedTask;
    }
}
