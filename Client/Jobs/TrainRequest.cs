namespace DistGan.Client.Jobs;

/// <summary>What the arguments of <c>train</c> say.</summary>
public sealed record TrainRequest
{
    /// <summary>A recipe file; null for a preset.</summary>
    public string? RecipeFile { get; init; }

    public string? Preset { get; init; }

    /// <summary>The folder of a run to go on with.</summary>
    public string? Resume { get; init; }

    /// <summary>The folder of a run, or a file, whose weights a new run begins with.</summary>
    public string? From { get; init; }

    /// <summary>Which replica of <see cref="From"/>.</summary>
    public int? Replica { get; init; }

    /// <summary>Write TensorBoard event files.</summary>
    public bool TensorBoard { get; init; }

    /// <summary>The port of the dashboard on the loopback interface; null for none.</summary>
    public int? Web { get; init; }

    /// <summary>End with a snapshot when standard input ends.</summary>
    public bool StopWithInput { get; init; }

    /// <summary>key=value, in order; none contradicts another.</summary>
    public IReadOnlyList<string> Overrides { get; init; } = [];

    public string? RunFolder { get; init; }

    public string Device { get; init; } = "cpu";

    public bool Quiet { get; init; }

    public bool Json { get; init; }
}
