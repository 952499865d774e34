using System.Diagnostics;
using DistGan.Bench.Measuring;
using DistGan.Training.Data;
using TorchSharp;

namespace DistGan.Bench.Steps;

/// <summary>Milliseconds of a training step: plain TorchSharp loops against the core, interleaved in one process.</summary>
internal static class StepCommand
{
    private const int WarmUp = 10;

    public static int Run(string[] arguments)
    {
        var options = BenchOptions.Read(arguments, new BenchOptions());
        torch.set_num_threads(options.Threads);
        var recipe = StepRecipe.Create(new BenchSetting(options.Seed, "float32", RoundSteps: 1000));
        using var data = DataCatalog.Open(recipe.Data, recipe.Seed);
        var agreement = Math.Max(LossCheck.Run(data, options.Seed, freezes: true), LossCheck.Run(data, options.Seed, freezes: false));

        using var core = new CoreContender("core, float32", recipe, data);
        List<IContender> contenders =
        [
            core,
            new PlainContender("plain loop, D frozen in G's update", recipe, data, core.Replica, freezes: true),
            new PlainContender("plain loop, naive", recipe, data, core.Replica, freezes: false),
        ];
        if (Machine.HasBfloat16)
        {
            contenders.Add(new CoreContender("core, bfloat16", recipe with { Precision = "bfloat16" }, data));
        }

        using var neighbours = new Neighbours(options.Neighbours);
        var series = Measure(contenders, options);
        contenders.ForEach(static contender => contender.Dispose());
        var setting = $"preset fashion without techniques, batch {recipe.Batch}, {options.Pairs} repetitions of {options.Steps} steps each, interleaved, {options.Neighbours} busy neighbours";
        List<string> notes = [LossCheck.Describe(agreement)];
        if (!Machine.HasBfloat16)
        {
            notes.Add("core, bfloat16: not measured, this CPU has no bfloat16 arithmetic");
        }

        new BenchReport("step", setting, Machine.Describe(options), [.. series, .. Ratios(series)], notes).Print(options.Json);
        return 0;
    }

    private static Series[] Measure(List<IContender> contenders, BenchOptions options)
    {
        foreach (var contender in contenders)
        {
            _ = MillisecondsPerStep(contender, WarmUp);
        }

        var values = Interleaved.Run([.. contenders.Select(contender => (Func<double>)(() => MillisecondsPerStep(contender, options.Steps)))], options.Pairs);
        return [.. contenders.Zip(values, static (contender, turns) => new Series(contender.Name, "ms/step", turns))];
    }

    /// <summary>How many times as fast as each plain loop the core is.</summary>
    private static IEnumerable<Series> Ratios(Series[] series)
        => from core in series
           where core.Name.StartsWith("core", StringComparison.Ordinal)
           from plain in series
           where plain.Name.StartsWith("plain", StringComparison.Ordinal)
           select plain.Over(core, $"{core.Name}: speed over {plain.Name}");

    private static double MillisecondsPerStep(IContender contender, int steps)
    {
        var start = Stopwatch.GetTimestamp();
        for (var i = 0; i < steps; i++)
        {
            contender.Advance();
        }

        return Stopwatch.GetElapsedTime(start).TotalMilliseconds / steps;
    }
}
