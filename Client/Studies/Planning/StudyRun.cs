namespace DistGan.Client.Studies.Planning;

/// <summary>One training of a study.</summary>
public sealed record StudyRun
{
    /// <summary>Name of its folder below runs/, and of its job.</summary>
    public required string Name { get; init; }

    public required long Seed { get; init; }

    /// <summary>Everything that differs from the recipe of the study: the configuration, the seed, the name, the threads.</summary>
    public required IReadOnlyList<string> Overrides { get; init; }

    /// <summary>The command that trains it alone.</summary>
    public required string Command { get; init; }

    /// <summary>Time that it was estimated to take.</summary>
    public double EstimatedSeconds { get; init; }
}
