namespace DistGan.Grains.Interfaces.Trainers;

/// <summary>How a replica ended.</summary>
public enum ReplicaOutcome
{
    Completed,
    Interrupted,
    Failed,

    /// <summary>Its worker stops: it has a snapshot, and another worker is to go on from there.</summary>
    HandedOver,
}
