namespace DistGan.Grains.Interfaces.Jobs;

/// <summary>What is new in a job since a cursor.</summary>
[GenerateSerializer, Immutable, Alias("distgan.job-progress")]
public sealed record JobProgress
{
    [Id(0)]
    public required JobState State { get; init; }

    /// <summary>Pass this to the next call.</summary>
    [Id(1)]
    public required JobCursor Cursor { get; init; }

    /// <summary>Events after the cursor's sequence number.</summary>
    [Id(2)]
    public required IReadOnlyList<JobEvent> Events { get; init; }

    /// <summary>Reports after the cursor's report number, oldest first; a watcher that is far behind gets the newest few hundred.</summary>
    [Id(3)]
    public required IReadOnlyList<ReplicaProgress> Reports { get; init; }

    /// <summary>Why the job failed; null otherwise.</summary>
    [Id(4)]
    public string? Failure { get; init; }
}
