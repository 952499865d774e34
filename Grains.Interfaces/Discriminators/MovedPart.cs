namespace DistGan.Grains.Interfaces.Discriminators;

/// <summary>A part of a discriminator on its way.</summary>
[GenerateSerializer, Immutable, Alias("distgan.moved-part")]
public sealed record MovedPart
{
    [Id(0)]
    public required NumbersPart Numbers { get; init; }

    /// <summary>Updates that its optimiser has done.</summary>
    [Id(1)]
    public required long Updates { get; init; }
}
