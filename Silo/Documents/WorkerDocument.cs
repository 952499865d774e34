using DistGan.Grains.Interfaces.Workers;

namespace DistGan.Silo.Documents;

/// <summary>A worker.</summary>
public sealed record WorkerDocument
{
    /// <summary>Its address in the cluster.</summary>
    public required string Worker { get; init; }

    /// <summary>The machine that it runs on.</summary>
    public required string Host { get; init; }

    public required IReadOnlyList<SlotDocument> Slots { get; init; }

    /// <summary>The document of a registration.</summary>
    public static WorkerDocument Of(WorkerRegistration worker) => new()
    {
        Worker = worker.Worker,
        Host = worker.Host,
        Slots = [.. worker.Slots.Select(static slot => new SlotDocument { Slot = slot.Slot, Device = slot.Device, Threads = slot.Threads, Taken = slot.Number != 0 })],
    };
}
