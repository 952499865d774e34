namespace DistGan.Grains.Interfaces.Jobs;

/// <summary>What came of a wish about a job.</summary>
[GenerateSerializer, Immutable, Alias("distgan.action-result")]
public sealed record ActionResult
{
    /// <summary>Done, or on its way.</summary>
    public static ActionResult Done { get; } = new() { Accepted = true };

    [Id(0)]
    public required bool Accepted { get; init; }

    /// <summary>Why it was refused, as a sentence; null when it was accepted.</summary>
    [Id(1)]
    public string? Refusal { get; init; }

    public static ActionResult Refuse(string why) => new() { Accepted = false, Refusal = why };
}
