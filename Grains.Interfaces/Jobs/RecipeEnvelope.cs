namespace DistGan.Grains.Interfaces.Jobs;

/// <summary>A recipe as it crosses Orleans: canonical UTF-8 JSON, with its version and hash.</summary>
[GenerateSerializer, Immutable, Alias("distgan.recipe-envelope")]
public sealed record RecipeEnvelope
{
    [Id(0)]
    public required int SchemaVersion { get; init; }

    [Id(1)]
    public required ReadOnlyMemory<byte> Json { get; init; }

    /// <summary>SHA-256 of <see cref="Json"/>, hexadecimal, lower case.</summary>
    [Id(2)]
    public required string Sha256 { get; init; }
}
