namespace DistGan.Grains.Interfaces.Replay;

/// <summary>Where a group of images came from; its images follow those of the group before it.</summary>
[GenerateSerializer, Immutable, Alias("distgan.replay-group")]
public readonly record struct ReplayGroupHeader(
    [property: Id(0)] int Replica,
    [property: Id(1)] long Step,
    [property: Id(2)] int Count);
