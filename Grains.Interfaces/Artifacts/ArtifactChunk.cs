namespace DistGan.Grains.Interfaces.Artifacts;

/// <summary>A part of a file of a job.</summary>
[GenerateSerializer, Immutable, Alias("distgan.artifact-chunk")]
public sealed record ArtifactChunk
{
    [Id(0)]
    public required ReadOnlyMemory<byte> Content { get; init; }

    /// <summary>Whether nothing followed it when it was read.</summary>
    [Id(1)]
    public required bool IsLast { get; init; }
}
