using System.Globalization;
using DistGan.Bench.Measuring;
using DistGan.Client.Runs;
using DistGan.Recipes;

namespace DistGan.Bench.Jobs;

/// <summary>Steps a second of a job of two replicas with a thread each, which share their history and merge their parameters, against a job of one with one thread.</summary>
internal static class ReplicasCommand
{
    private const double Aim = 1.8;

    public static int Run(string[] arguments)
    {
        var options = BenchOptions.Read(arguments, new BenchOptions { Pairs = 5, Steps = 300, Threads = 1 });
        var values = Interleaved.Run(
            [
                () => Rate(Create(options, 1, "independent")),
                () => Rate(Create(options, 2, "independent")),
                () => Rate(Create(options, 2, TopologyRecipe.Averaging)),
            ],
            options.Pairs);
        Series one = new("one replica", "steps/s", values[0]);
        Series two = new("two replicas, shared history", "steps/s", values[1]);
        Series merged = new("two replicas, merged", "steps/s", values[2]);
        Series[] series = [one, two, merged, two.Over(one, "two over one"), merged.Over(one, "two merged over one")];
        var setting = string.Create(CultureInfo.InvariantCulture, $"preset fashion, {options.Threads} thread a replica, {options.Pairs} times {options.Steps} steps a replica, interleaved, the first round of each not counted; steps of all replicas together");
        new BenchReport("replicas", setting, Machine.Describe(options), series, []).Print(options.Json);
        var least = Math.Min(series[3].Median, series[4].Median);
        Console.Error.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{(least >= Aim ? "at least" : "LESS than")} {Aim} times one"));
        return least >= Aim ? 0 : 1;
    }

    private static double Rate(Recipe recipe) => new JobRun(recipe).Run().GroupBy(static mark => mark.Replica).Sum(static marks => Mark.Rate([.. marks]));

    private static Recipe Create(BenchOptions options, int replicas, string kind)
    {
        var fashion = Presets.Get("fashion").Make();
        return RecipeFreezer.Freeze(
            fashion with
            {
                Name = "bench",
                Seed = options.Seed,
                Threads = options.Threads,
                Topology = fashion.Topology with { Kind = kind, Replicas = replicas },
                Budget = new() { Steps = options.Steps },
                Evaluation = null,
                Samples = fashion.Samples with { EverySteps = long.MaxValue },
                Snapshots = fashion.Snapshots with { EverySteps = long.MaxValue },
            },
            "cpu");
    }
}
