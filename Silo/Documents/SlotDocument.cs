namespace DistGan.Silo.Documents;

/// <summary>Room for one replica on a device.</summary>
public sealed record SlotDocument
{
    public required int Slot { get; init; }

    /// <summary>cpu, or cuda:I.</summary>
    public required string Device { get; init; }

    public required int Threads { get; init; }

    /// <summary>Whether a replica has it.</summary>
    public required bool Taken { get; init; }
}
