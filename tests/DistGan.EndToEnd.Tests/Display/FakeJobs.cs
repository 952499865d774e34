using DistGan.Grains.Interfaces;
using DistGan.Grains.Interfaces.Artifacts;
using DistGan.Grains.Interfaces.Data;
using DistGan.Grains.Interfaces.Jobs;

namespace DistGan.EndToEnd.Tests.Display;

/// <summary>A job that plays back what a test wrote down; null is an answer that is lost.</summary>
internal sealed class FakeJobs(params IEnumerable<JobProgress?> script) : IJobControl
{
    private readonly Queue<JobProgress?> _script = new(script);
    private readonly TaskCompletionSource _interrupted = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private JobState _state = JobState.Pending;

    public string? Refusal { get; init; }

    /// <summary>Whether the script goes on only after the interrupt.</summary>
    public bool WaitsForInterrupt { get; init; }

    public bool WasInterrupted => _interrupted.Task.IsCompleted;

    public List<JobCursor> Cursors { get; } = [];

    public Task<SubmitResult> SubmitAsync(JobSubmission submission, CancellationToken cancellationToken)
        => Task.FromResult(new SubmitResult { Accepted = Refusal is null, Refusal = Refusal });

    public async Task<JobProgress> WatchAsync(JobId job, JobCursor cursor, CancellationToken cancellationToken)
    {
        Cursors.Add(cursor);
        if (WaitsForInterrupt)
        {
            await _interrupted.Task.WaitAsync(TimeSpan.FromSeconds(30), cancellationToken);
        }

        var next = _script.Dequeue() ?? throw new TimeoutException("silent");
        _state = next.State;
        return next;
    }

    public Task<JobSummary> DescribeAsync(JobId job, CancellationToken cancellationToken)
        => Task.FromResult(Progresses.Summary(job.Value, _state));

    public Task<RecipeEnvelope> RecipeAsync(JobId job, CancellationToken cancellationToken) => throw new NotSupportedException();

    public Task InterruptAsync(JobId job, CancellationToken cancellationToken)
    {
        _interrupted.TrySetResult();
        return Task.CompletedTask;
    }

    public Task<StopResult> StopNowAsync(JobId job, CancellationToken cancellationToken) => throw new NotSupportedException();

    public Task<ScaleResult> ScaleAsync(JobId job, int replicas, string? reason, CancellationToken cancellationToken)
        => throw new NotSupportedException();

    public Task<ActionResult> PauseAsync(JobId job, CancellationToken cancellationToken) => throw new NotSupportedException();

    public Task<ActionResult> SnapshotAsync(JobId job, CancellationToken cancellationToken) => throw new NotSupportedException();

    public Task<ActionResult> DeleteAsync(JobId job, CancellationToken cancellationToken) => throw new NotSupportedException();

    public Task<IReadOnlyList<JobSummary>> ListAsync(CancellationToken cancellationToken)
        => Task.FromResult<IReadOnlyList<JobSummary>>([]);

    public Task<IReadOnlyList<string>> ListFilesAsync(JobId job, string prefix, CancellationToken cancellationToken) => throw new NotSupportedException();

    public Task<ArtifactChunk?> ReadFileAsync(JobId job, string name, long offset, CancellationToken cancellationToken) => throw new NotSupportedException();

    public IStoredDataGrain Data(string id) => throw new NotSupportedException();
}
