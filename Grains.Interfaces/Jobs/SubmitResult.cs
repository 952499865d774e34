namespace DistGan.Grains.Interfaces.Jobs;

/// <summary>What came of a submission.</summary>
[GenerateSerializer, Immutable, Alias("distgan.submit-result")]
public sealed record SubmitResult
{
    [Id(0)]
    public required bool Accepted { get; init; }

    /// <summary>Why it was refused, as a sentence; null when it was accepted.</summary>
    [Id(1)]
    public string? Refusal { get; init; }

    /// <summary>Whether the job was there already with this recipe, and nothing was changed.</summary>
    [Id(2)]
    public bool Existing { get; init; }
}
