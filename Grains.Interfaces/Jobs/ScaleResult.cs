namespace DistGan.Grains.Interfaces.Jobs;

/// <summary>What came of a wish for more or fewer replicas.</summary>
[GenerateSerializer, Immutable, Alias("distgan.scale-result")]
public sealed record ScaleResult
{
    [Id(0)]
    public required bool Accepted { get; init; }

    /// <summary>Why it was refused, as a sentence; null when it was accepted.</summary>
    [Id(1)]
    public string? Refusal { get; init; }

    /// <summary>Replicas that the job is to have now.</summary>
    [Id(2)]
    public int Replicas { get; init; }
}
