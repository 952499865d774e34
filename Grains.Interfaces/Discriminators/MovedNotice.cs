namespace DistGan.Grains.Interfaces.Discriminators;

/// <summary>A discriminator that has come whole.</summary>
[GenerateSerializer, Immutable, Alias("distgan.moved-notice")]
public sealed record MovedNotice
{
    [Id(0)]
    public required int Parts { get; init; }

    /// <summary>Updates that its optimiser has done.</summary>
    [Id(1)]
    public required long Updates { get; init; }
}
