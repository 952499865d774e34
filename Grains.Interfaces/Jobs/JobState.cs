namespace DistGan.Grains.Interfaces.Jobs;

/// <summary>Where a job stands. Completed, Failed and Interrupted are ends; an interrupted job can be resumed.</summary>
public enum JobState
{
    Pending,
    Running,
    Stopping,
    Completed,
    Interrupted,
    Failed,

    /// <summary>Accepted, and none of its replicas has a slot.</summary>
    Waiting,

    /// <summary>Stopped with snapshots at somebody's wish, without slots, until it is resumed. No end.</summary>
    Paused,
}
