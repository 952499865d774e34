namespace DistGan.Grains.Interfaces.Parameters;

/// <summary>A range of a vector over a number of updates: their sum when contributed, their average when returned.</summary>
[GenerateSerializer, Immutable, Alias("distgan.parameter-shard")]
public sealed record ParameterShard
{
    [Id(0)]
    public required long Count { get; init; }

    /// <summary>Nobody writes to it after it is sent.</summary>
    [Id(1)]
    public required ReadOnlyMemory<float> Values { get; init; }
}
