using System.Globalization;
using DistGan.Bench.Jobs;
using DistGan.Client.Runs;
using DistGan.Grains.Interfaces.Jobs;
using DistGan.Recipes;

namespace DistGan.Bench.Alarms;

/// <summary>
/// Trains healthy presets as whole jobs and prints every event of kind diagnosis: each is a false alarm. Scores stand beside them, so
/// that one sees that the run was healthy. Exit status 1 where there was an alarm.
/// </summary>
internal static class AlarmsCommand
{
    public static int Run(string[] arguments)
    {
        var options = AlarmOptions.Read(arguments);
        var (runs, alarms) = (0, 0);
        foreach (var preset in options.Presets)
        {
            foreach (var seed in options.Seeds)
            {
                alarms += Watch(Recipe(preset, seed, options), options.Folder);
                runs++;
            }
        }

        Console.WriteLine($"{runs} runs, {alarms} alarms");
        return alarms == 0 ? 0 : 1;
    }

    private static Recipe Recipe(string preset, long seed, AlarmOptions options)
    {
        var recipe = Presets.Get(preset).Make();
        return RecipeFreezer.Freeze(
            recipe with
            {
                Seed = seed,
                Threads = options.Threads,
                Budget = options.Steps is { } steps ? new() { Steps = steps } : recipe.Budget,
                Samples = recipe.Samples with { EverySteps = long.MaxValue },
            },
            "cpu");
    }

    private static int Watch(Recipe recipe, string? folder)
    {
        using var scratch = new ScratchFolder();
        var place = folder is null ? scratch.Path : Directory.CreateDirectory(Path.Combine(folder, Text($"{recipe.Name}-{recipe.Seed}"))).FullName;
        var run = new AlarmRun(recipe, place);
        var summary = run.RunAsync().GetAwaiter().GetResult();
        Console.WriteLine(Text($"{recipe.Name}, seed {recipe.Seed}, {summary.Steps} steps, {summary.Seconds:0} s, {Scores(summary)}: {run.Told.Count} alarms"));
        foreach (var told in run.Told)
        {
            Console.WriteLine($"  {told.Kind}: {told.Message}");
        }

        return run.Told.Count;
    }

    private static string Scores(JobSummary summary)
        => summary.Scores.Count == 0 ? "no scores" : string.Join(", ", summary.Scores.Select(static score => Text($"{score.Key} {score.Value:0.###}")));

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
