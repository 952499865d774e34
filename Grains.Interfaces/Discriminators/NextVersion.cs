namespace DistGan.Grains.Interfaces.Discriminators;

/// <summary>What there is for a discriminator to do.</summary>
[GenerateSerializer, Immutable, Alias("distgan.next-version")]
public sealed record NextVersion
{
    /// <summary>The newest version; null where there is none that it does not know.</summary>
    [Id(0)]
    public VersionNotice? Notice { get; init; }

    /// <summary>The replica of the generator has ended: nothing will come any more.</summary>
    [Id(1)]
    public bool IsOver { get; init; }
}
