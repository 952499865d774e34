namespace DistGan.Grains.Interfaces.Trainers;

/// <summary>How a replica ended.</summary>
public enum ReplicaOutcome
{
    Completed,
    Interrupted,
    Failed,

    /// <summary>The job was scaled down: it ended with a snapshot and is not missed.</summary>
    Retired,
}
