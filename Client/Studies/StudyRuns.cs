using DistGan.Client.Jobs;
using DistGan.Client.Studies.Planning;
using DistGan.Client.Studies.Running;
using DistGan.Recipes;

namespace DistGan.Client.Studies;

/// <summary>From a configuration to its runs.</summary>
internal static class StudyRuns
{
    /// <summary>A configuration with one run a seed.</summary>
    public static StudyConfiguration With(StudyConfiguration configuration, Recipe recipe, IReadOnlyList<long> seeds, StudyRequest request, StudyFolder folder, double seconds)
        => configuration with { Runs = [.. seeds.Select(seed => Run(configuration.Name, configuration.Overrides, seed, ThreadsOf(recipe, request.Parallel), request.Device, folder, seconds))] };

    /// <summary>The same configuration under other seeds and another name.</summary>
    public static StudyConfiguration Again(StudyConfiguration configuration, string name, IReadOnlyList<long> seeds, StudyPlan plan, StudyFolder folder)
    {
        const string Threads = "threads=";
        var old = configuration.Runs[0];
        var threads = int.Parse(old.Overrides.Last(static text => text.StartsWith(Threads, StringComparison.Ordinal))[Threads.Length..]);
        return new() { Name = name, Overrides = configuration.Overrides, Runs = [.. seeds.Select(seed => Run(name, configuration.Overrides, seed, threads, plan.Device, folder, old.EstimatedSeconds))] };
    }

    /// <summary>Threads of a replica where the recipe leaves them open: the cores, shared among all replicas that train at the same time.</summary>
    public static int ThreadsOf(Recipe recipe, int parallel) => recipe.Threads ?? Math.Max(1, Environment.ProcessorCount / parallel / recipe.Topology.Replicas);

    private static StudyRun Run(string configuration, IReadOnlyList<string> changes, long seed, int threads, string device, StudyFolder folder, double seconds)
    {
        var name = ConfigurationNames.OfRun(configuration, seed);
        IReadOnlyList<string> overrides = [.. changes, $"seed={seed}", $"name={name}", $"threads={threads}"];
        var here = Environment.CurrentDirectory;
        string[] command =
        [
            "train", CommandForm.PathOf(folder.RecipeFile, here), .. overrides.SelectMany(static change => new[] { "--set", change }),
            "--device", device, "--run-dir", CommandForm.PathOf(folder.RunPath(name), here),
        ];
        return new() { Name = name, Seed = seed, Overrides = overrides, Command = CommandForm.Of(command), EstimatedSeconds = seconds };
    }
}
