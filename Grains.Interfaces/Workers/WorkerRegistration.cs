namespace DistGan.Grains.Interfaces.Workers;

/// <summary>A worker and all its slots.</summary>
[GenerateSerializer, Immutable, Alias("distgan.worker-registration")]
public sealed record WorkerRegistration
{
    /// <summary>The worker's silo address, as <see cref="SlotLease.Worker"/>.</summary>
    [Id(0)]
    public required string Worker { get; init; }

    [Id(1)]
    public required string Host { get; init; }

    /// <summary>One lease a slot, free or taken.</summary>
    [Id(2)]
    public required IReadOnlyList<SlotLease> Slots { get; init; }

    /// <summary>Which object store it sees (<see cref="Storage.StoreIdentity"/>); null where that needs no check.</summary>
    [Id(3)]
    public string? Store { get; init; }
}
