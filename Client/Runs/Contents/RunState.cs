namespace DistGan.Client.Runs.Contents;

/// <summary>Where a run folder stands.</summary>
public enum RunState
{
    /// <summary>Its process ended without saying how: killed, or from a folder that is not whole.</summary>
    Unknown,

    /// <summary>A process holds its lock.</summary>
    Running,

    Completed,

    /// <summary>Stopped with a snapshot; it can go on.</summary>
    Interrupted,

    Failed,
}
