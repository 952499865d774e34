namespace DistGan.Grains.Interfaces.Discriminators;

/// <summary>A part of the numbers of a batch, a gradient or a discriminator: at most 262,144 of them (1 MiB).</summary>
[GenerateSerializer, Immutable, Alias("distgan.numbers-part")]
public sealed record NumbersPart
{
    /// <summary>The version of the generator that they belong to.</summary>
    [Id(0)]
    public required VersionId Version { get; init; }

    /// <summary>The part, from 0.</summary>
    [Id(1)]
    public required int Part { get; init; }

    /// <summary>Parts of the whole.</summary>
    [Id(2)]
    public required int Parts { get; init; }

    /// <summary>Nobody writes to it after it is sent.</summary>
    [Id(3)]
    public required ReadOnlyMemory<float> Values { get; init; }
}
