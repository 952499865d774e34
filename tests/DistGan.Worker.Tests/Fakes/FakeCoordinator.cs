using DistGan.Grains.Interfaces;
using DistGan.Grains.Interfaces.Jobs;
using DistGan.Grains.Interfaces.Trainers;

namespace DistGan.Worker.Tests.Fakes;

/// <summary>Hears everything, and owns what it is told to own.</summary>
internal sealed class FakeCoordinator : ICoordinatorGrain
{
    private readonly Lock _gate = new();
    private readonly List<ReplicaEvent> _events = [];
    private readonly List<ReplicaReport> _reports = [];

    public long CurrentEpoch { get; set; } = 1;

    public Func<ReplicaReport, Directives> Answer { get; set; } = static _ => Directives.None;

    public TaskCompletionSource<ReplicaEnd> End { get; set; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public IReadOnlyList<ReplicaEvent> Events
    {
        get
        {
            lock (_gate)
            {
                return [.. _events];
            }
        }
    }

    public IReadOnlyList<ReplicaReport> Reports
    {
        get
        {
            lock (_gate)
            {
                return [.. _reports];
            }
        }
    }

    public Task<Directives> ReportAsync(ReplicaReport report, CancellationToken cancellationToken = default)
    {
        lock (_gate)
        {
            _reports.Add(report);
        }

        return Task.FromResult(Answer(report));
    }

    public Task RecordAsync(IReadOnlyList<ReplicaEvent> events, CancellationToken cancellationToken = default)
    {
        lock (_gate)
        {
            _events.AddRange(events);
        }

        return Task.CompletedTask;
    }

    public Task EndedAsync(ReplicaEnd end, CancellationToken cancellationToken = default)
    {
        End.TrySetResult(end);
        return Task.CompletedTask;
    }

    public Task<bool> OwnsAsync(ReplicaId replica, long epoch, CancellationToken cancellationToken = default) => Task.FromResult(epoch == CurrentEpoch);

    public Task<SubmitResult> SubmitAsync(JobSubmission submission, CancellationToken cancellationToken = default) => throw new NotSupportedException();

    public Task<JobProgress> WatchAsync(JobCursor cursor, CancellationToken cancellationToken = default) => throw new NotSupportedException();

    public Task<RecipeEnvelope> RecipeAsync(CancellationToken cancellationToken = default) => throw new NotSupportedException();

    public Task<JobSummary> DescribeAsync(CancellationToken cancellationToken = default) => throw new NotSupportedException();

    public Task InterruptAsync(CancellationToken cancellationToken = default) => throw new NotSupportedException();

    public Task<StopResult> StopNowAsync(CancellationToken cancellationToken = default) => throw new NotSupportedException();

    public Task<ScaleResult> ScaleAsync(int replicas, string? reason = null, CancellationToken cancellationToken = default) => throw new NotSupportedException();

    public Task<ActionResult> PauseAsync(CancellationToken cancellationToken = default) => throw new NotSupportedException();

    public Task<ActionResult> SnapshotAsync(CancellationToken cancellationToken = default) => throw new NotSupportedException();

    public Task<ActionResult> DeleteAsync(CancellationToken cancellationToken = default) => throw new NotSupportedException();

    public Task CheckAsync(CancellationToken cancellationToken = default) => throw new NotSupportedException();
}
