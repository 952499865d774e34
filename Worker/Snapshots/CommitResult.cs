namespace DistGan.Worker.Snapshots;

/// <summary>What came of writing a snapshot.</summary>
internal enum CommitResult
{
    Committed,

    /// <summary>A newer owner exists: nothing was committed.</summary>
    Superseded,
}
