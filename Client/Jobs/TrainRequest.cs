namespace DistGan.Client.Jobs;

/// <summary>What the arguments of <c>train</c> say.</summary>
public sealed record TrainRequest
{
    /// <summary>A recipe file; null for a preset.</summary>
    public string? RecipeFile { get; init; }

    public string? Preset { get; init; }

    /// <summary>The folder of a run to go on with.</summary>
    public string? Resume { get; init; }

    /// <summary>key=value, in order; later ones win.</summary>
    public IReadOnlyList<string> Overrides { get; init; } = [];

    public string? RunFolder { get; init; }

    public string Device { get; init; } = "cpu";

    public bool Quiet { get; init; }

    public bool Json { get; init; }
}
