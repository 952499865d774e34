using DistGan.Client.CommandLine;

namespace DistGan.Client.Studies;

/// <summary>What the arguments of a command that begins a study say.</summary>
public sealed record StudyRequest
{
    /// <summary>seeds, grid, techniques or search.</summary>
    public required string Kind { get; init; }

    /// <summary>The command line, to be called again.</summary>
    public required string Command { get; init; }

    public string? RecipeFile { get; init; }

    public string? Preset { get; init; }

    /// <summary>key=value, in order, for every configuration.</summary>
    public IReadOnlyList<string> Overrides { get; init; } = [];

    /// <summary>As they were written; null is the seed of the recipe.</summary>
    public string? Seeds { get; init; }

    /// <summary>As they were written.</summary>
    public IReadOnlyList<string> Variations { get; init; } = [];

    public IReadOnlyList<string> Only { get; init; } = [];

    public IReadOnlyList<string> Without { get; init; } = [];

    /// <summary>Further configurations, as they were written.</summary>
    public IReadOnlyList<string> Also { get; init; } = [];

    /// <summary>Turn every technique of the recipe off first.</summary>
    public bool Bare { get; init; }

    /// <summary>Configurations of a search.</summary>
    public int Samples { get; init; }

    /// <summary>Origin of the draws of a search.</summary>
    public long SearchSeed { get; init; }

    /// <summary>Seeds for the best configuration of a search, as they were written.</summary>
    public string? ConfirmSeeds { get; init; }

    /// <summary>The folder of the studies.</summary>
    public required string Studies { get; init; }

    /// <summary>The study's name; made of kind and recipe without it.</summary>
    public string? Name { get; init; }

    public int Parallel { get; init; } = 1;

    /// <summary>The longest that the study may be estimated to take.</summary>
    public TimeSpan? Budget { get; init; }

    /// <summary>Show the plan and start nothing.</summary>
    public bool DryRun { get; init; }

    public string Device { get; init; } = "cpu";

    public bool Quiet { get; init; }

    public OutputFormat Format { get; init; }
}
