namespace DistGan.Grains.Interfaces.Trainers;

/// <summary>How a replica ended.</summary>
public enum ReplicaOutcome
{
    Completed,
    Interrupted,
    Failed,
}
