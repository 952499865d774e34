namespace DistGan.Client.Studies.Planning;

/// <summary>What a study is going to run: written before the first run starts, and all that is needed to go on with it.</summary>
public sealed record StudyPlan
{
    /// <summary>The version of this shape.</summary>
    public const string CurrentSchema = "distgan.study-plan/1";

    public string Schema { get; init; } = CurrentSchema;

    public required string Id { get; init; }

    /// <summary>seeds, grid, techniques or search.</summary>
    public required string Kind { get; init; }

    public required DateTimeOffset Created { get; init; }

    /// <summary>The command line that made it.</summary>
    public required string Command { get; init; }

    /// <summary>Name of the recipe that is varied; the whole of it stands beside the plan.</summary>
    public required string Recipe { get; init; }

    public required string Device { get; init; }

    /// <summary>Runs that train at the same time.</summary>
    public required int Parallel { get; init; }

    /// <summary>The configuration that the others are compared with; null where nothing is.</summary>
    public string? Baseline { get; init; }

    /// <summary>Seeds under which the best configuration of a search is run again; none where it is not.</summary>
    public IReadOnlyList<long> ConfirmSeeds { get; init; } = [];

    public required IReadOnlyList<StudyConfiguration> Configurations { get; init; }

    public IReadOnlyList<SkippedConfiguration> Skipped { get; init; } = [];

    /// <summary>All runs, in the order in which they are trained: seed by seed, so that a study that is stopped early compares what it has.</summary>
    public IReadOnlyList<StudyRun> Order()
    {
        var longest = Configurations.Select(static configuration => configuration.Runs.Count).DefaultIfEmpty(0).Max();
        return [.. Enumerable.Range(0, longest).SelectMany(index => Configurations.Where(configuration => index < configuration.Runs.Count).Select(configuration => configuration.Runs[index]))];
    }
}
