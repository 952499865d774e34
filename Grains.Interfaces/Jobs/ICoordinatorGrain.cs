using DistGan.Grains.Interfaces.Trainers;
using Orleans.Concurrency;

namespace DistGan.Grains.Interfaces.Jobs;

/// <summary>One job: its state machine, its replicas and their epochs, its balance and its event log. Key: the job id.</summary>
[Alias("distgan.coordinator")]
public interface ICoordinatorGrain : IGrainWithStringKey
{
    /// <summary>Events in one answer of <see cref="WatchAsync"/> at most; after fewer there are none yet.</summary>
    const int EventsInAnswer = 1000;

    /// <summary>Starts or resumes the job; a second submission of the same recipe while it runs changes nothing.</summary>
    [Alias("submit"), ResponseTimeout("00:05:00")]
    Task<SubmitResult> SubmitAsync(JobSubmission submission, CancellationToken cancellationToken = default);

    /// <summary>Hears from a replica once a round, and tells it what to do next. A superseded epoch is told to stop.</summary>
    [Alias("report"), AlwaysInterleave]
    Task<Directives> ReportAsync(ReplicaReport report, CancellationToken cancellationToken = default);

    /// <summary>Adds events of a replica to the log and returns once they are stored; those of a superseded epoch are dropped, and so are repetitions.</summary>
    [Alias("record"), AlwaysInterleave]
    Task RecordAsync(IReadOnlyList<ReplicaEvent> events, CancellationToken cancellationToken = default);

    /// <summary>A replica has ended: at its budget, interrupted, or failed.</summary>
    [Alias("ended")]
    Task EndedAsync(ReplicaEnd end, CancellationToken cancellationToken = default);

    /// <summary>Whether this owner may still write: false once a newer epoch exists.</summary>
    [Alias("owns"), AlwaysInterleave]
    Task<bool> OwnsAsync(ReplicaId replica, long epoch, CancellationToken cancellationToken = default);

    [Alias("watch"), AlwaysInterleave]
    Task<JobProgress> WatchAsync(JobCursor cursor, CancellationToken cancellationToken = default);

    [Alias("describe"), AlwaysInterleave]
    Task<JobSummary> DescribeAsync(CancellationToken cancellationToken = default);

    /// <summary>The recipe in force, as it is in the run folder.</summary>
    [Alias("recipe"), AlwaysInterleave]
    Task<RecipeEnvelope> RecipeAsync(CancellationToken cancellationToken = default);

    [Alias("interrupt"), AlwaysInterleave]
    Task InterruptAsync(CancellationToken cancellationToken = default);

    /// <summary>
    /// Ends the job without waiting for a snapshot or a worker: from this call on its replicas own nothing, so that they commit nothing, and their slots are free. It can be resumed from its
    /// newest snapshots. Returns once the end is stored, or after a few seconds where that is held up.
    /// </summary>
    [Alias("stop-now"), AlwaysInterleave]
    Task<StopResult> StopNowAsync(CancellationToken cancellationToken = default);

    /// <summary>Takes a snapshot of each replica and frees the slots, until the job is resumed; returns before they have ended.</summary>
    [Alias("pause")]
    Task<ActionResult> PauseAsync(CancellationToken cancellationToken = default);

    /// <summary>Asks each replica that trains for a snapshot; they hear of it with the answer to their next report.</summary>
    [Alias("snapshot")]
    Task<ActionResult> SnapshotAsync(CancellationToken cancellationToken = default);

    /// <summary>Removes a job that has ended, with its files, for good.</summary>
    [Alias("delete"), ResponseTimeout("00:05:00")]
    Task<ActionResult> DeleteAsync(CancellationToken cancellationToken = default);

    /// <summary>Changes the number of replicas while the job runs or waits; returns before new ones have started or old ones have ended.</summary>
    [Alias("scale")]
    Task<ScaleResult> ScaleAsync(int replicas, string? reason = null, CancellationToken cancellationToken = default);

    /// <summary>Looks after the replicas: those without a slot get one or wait, those whose worker is gone move. The directory asks for it every few seconds.</summary>
    [Alias("check")]
    Task CheckAsync(CancellationToken cancellationToken = default);
}
