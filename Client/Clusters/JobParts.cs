namespace DistGan.Client.Clusters;

/// <summary>Which large files of a job a command needs; the recipe, events, reports and scores it always gets.</summary>
[Flags]
public enum JobParts
{
    None = 0,

    /// <summary>The newest snapshot of each replica.</summary>
    Snapshots = 1,

    /// <summary>The pictures.</summary>
    Samples = 2,

    /// <summary>The best generators by mode.</summary>
    Champions = 4,

    /// <summary>The data that it was trained on, where they were uploaded and are not on this machine.</summary>
    Data = 8,
}
