using Orleans.Runtime;

namespace DistGan.Grains.Interfaces.Workers;

/// <summary>The right of one replica to one slot of one worker.</summary>
[GenerateSerializer, Immutable, Alias("distgan.slot-lease")]
public sealed record SlotLease
{
    /// <summary>The silo address of the worker, as <see cref="SiloAddress.ToParsableString"/> writes it.</summary>
    [Id(0)]
    public required string Worker { get; init; }

    /// <summary>Ordinal of the slot on that worker.</summary>
    [Id(1)]
    public required int Slot { get; init; }

    /// <summary>cpu, or cuda:I.</summary>
    [Id(2)]
    public required string Device { get; init; }

    /// <summary>CPU threads that the slot offers.</summary>
    [Id(3)]
    public required int Threads { get; init; }

    /// <summary>Fencing number: a later lease has a higher one, and only this one releases it. 0 for a slot that nobody holds.</summary>
    [Id(4)]
    public long Number { get; init; }
}
