using System.Diagnostics;
using DistGan.Bench.Jobs;
using DistGan.Bench.Measuring;
using DistGan.Client.Embedded;
using DistGan.Client.Jobs;
using DistGan.Client.Runs;
using DistGan.Recipes;

namespace DistGan.Bench.Startup;

/// <summary>How long a person waits: from the start of the console to the first reported step, and for a cluster inside the process.</summary>
internal static class StartupCommand
{
    public static int Run(string[] arguments)
    {
        var options = BenchOptions.Read(arguments, new BenchOptions { Pairs = 7, Steps = 1 });
        var recipe = RecipeFreezer.Freeze(Presets.Get("fashion").Make() with { Seed = options.Seed, Threads = options.Threads }, "cpu");
        _ = ClusterSeconds(recipe);
        List<double> toEnd = [];
        var values = Interleaved.Run([() => FirstStepSeconds(options, toEnd), () => ClusterSeconds(recipe)], options.Pairs);
        Series[] series =
        [
            new("train: start of the process to the first step's report", "s", values[0]),
            new("train --steps 1: start of the process to its end", "s", toEnd),
            new("embedded cluster in a warm process: start to ready", "s", values[1]),
        ];
        var setting = $"preset fashion without evaluation, a report after every step, {options.Pairs} repetitions";
        new BenchReport("startup", setting, Machine.Describe(options), series, []).Print(options.Json);
        return 0;
    }

    private static double ClusterSeconds(Recipe recipe)
    {
        using var folder = new ScratchFolder();
        var start = Stopwatch.GetTimestamp();
        var cluster = EmbeddedCluster.StartAsync(new TrainPlan { Recipe = recipe, RunFolder = folder.Path, Device = "cpu" }, TimeProvider.System).GetAwaiter().GetResult();
        var seconds = Stopwatch.GetElapsedTime(start).TotalSeconds;
        cluster.DisposeAsync().AsTask().GetAwaiter().GetResult();
        return seconds;
    }

    private static double FirstStepSeconds(BenchOptions options, List<double> toEnd)
    {
        using var folder = new ScratchFolder();
        var info = new ProcessStartInfo("dotnet", Arguments(options)) { WorkingDirectory = folder.Path, RedirectStandardOutput = true, RedirectStandardInput = true, UseShellExecute = false };
        var start = Stopwatch.GetTimestamp();
        using var process = Process.Start(info) ?? throw new DistGanException("dotnet could not be started: put it on PATH.");
        process.StandardInput.Close();
        double? first = null;
        while (process.StandardOutput.ReadLine() is { } line)
        {
            if (first is null && line.StartsWith("step ", StringComparison.Ordinal))
            {
                first = Stopwatch.GetElapsedTime(start).TotalSeconds;
            }
        }

        process.WaitForExit();
        toEnd.Add(Stopwatch.GetElapsedTime(start).TotalSeconds);
        return process.ExitCode == 0 && first is { } seconds
            ? seconds
            : throw new DistGanException($"'distgan train' ended with {process.ExitCode} {(first is null ? "before" : "after")} its first report; run it by hand to see why.");
    }

    private static string[] Arguments(BenchOptions options) =>
    [
        Path.Combine(AppContext.BaseDirectory, "distgan.dll"), "train",
        "--steps", "1", "--seed", $"{options.Seed}", "--threads", $"{options.Threads}",
        "--set", "topology.round-steps=1", "--set", "evaluation=false",
    ];
}
