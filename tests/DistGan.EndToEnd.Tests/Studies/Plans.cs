using DistGan.Client.Studies.Planning;

namespace DistGan.EndToEnd.Tests.Studies;

/// <summary>Plans written by hand.</summary>
internal static class Plans
{
    public static StudyPlan Of(string? baseline, params IEnumerable<StudyConfiguration> configurations) => new()
    {
        Id = "study",
        Kind = "grid",
        Created = new(2026, 1, 2, 3, 4, 5, TimeSpan.Zero),
        Command = "distgan study grid --vary a=1,2",
        Recipe = "recipe",
        Device = "cpu",
        Parallel = 1,
        Baseline = baseline,
        Configurations = [.. configurations],
        Skipped = [new("other", "it does not fit")],
    };

    public static StudyConfiguration Configuration(string name, params IEnumerable<long> seeds) => new()
    {
        Name = name,
        Overrides = [$"objective={name}"],
        Runs = [.. seeds.Select(seed => new StudyRun { Name = $"{name}-s{seed}", Seed = seed, Overrides = [$"seed={seed}"], Command = "distgan train", EstimatedSeconds = 2 })],
    };
}
