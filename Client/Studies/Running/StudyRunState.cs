namespace DistGan.Client.Studies.Running;

/// <summary>Where a run of a study stands.</summary>
public enum StudyRunState
{
    /// <summary>Not begun, or to be gone on with.</summary>
    Pending,

    Running,

    Completed,

    Failed,
}
