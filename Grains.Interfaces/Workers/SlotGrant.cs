namespace DistGan.Grains.Interfaces.Workers;

/// <summary>A slot that a replica holds.</summary>
[GenerateSerializer, Immutable, Alias("distgan.slot-grant")]
public sealed record SlotGrant
{
    [Id(0)]
    public required int Replica { get; init; }

    [Id(1)]
    public required SlotLease Lease { get; init; }

    /// <summary>A job of higher priority waits for it: the replica is to end with a snapshot and release it.</summary>
    [Id(2)]
    public bool GiveBack { get; init; }
}
