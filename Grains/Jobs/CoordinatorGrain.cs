using DistGan.Grains.Interfaces;
using DistGan.Grains.Interfaces.Jobs;
using DistGan.Grains.Interfaces.Storage;
using DistGan.Grains.Workers;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace DistGan.Grains.Jobs;

/// <summary>
/// One job. Its state is stored at every transition; what replicas report is kept in memory and comes again with their next report.
/// A new epoch is stored before its trainer starts, so that there never are two owners of one.
/// </summary>
[KeepAlive]
internal sealed partial class CoordinatorGrain(
    [PersistentState("coordinator", GrainStorageNames.Objects)] IPersistentState<CoordinatorState> storage,
    IObjectStore store,
    IJobPaths paths,
    TimeProvider time,
    IOptions<PlacementOptions> placement,
    ILogger<CoordinatorGrain> logger) : Grain, ICoordinatorGrain
{
    private const int KeptReports = 512;
    private static readonly TimeSpan WatchLimit = TimeSpan.FromSeconds(10);

    private readonly Signal _news = new();
    private readonly ReportRing _reports = new(KeptReports);
    private EventLog? _log;

    /// <summary>Owners that were refused, each told once.</summary>
    private readonly HashSet<(int Replica, long Epoch)> _refused = [];

    /// <summary>What watchers see: an end only once its event and summary are stored.</summary>
    private JobState _shown;

    /// <summary>Whether this activation has started the replicas or heard of them.</summary>
    private bool _live;

    private bool _interrupt;

    private JobId Job => new(this.GetPrimaryKeyString());

    private RunFolder Folder => new(store, paths.PrefixOf(Job));

    private ReplicaHands Hands => new(GrainFactory, Job);

    private CoordinatorState State => storage.State;

    private bool IsActive => IsUnderWay(State.State);

    /// <summary>Whether every replica is to end.</summary>
    private bool IsEnding => _interrupt || State.State == JobState.Stopping || State.Quarantine is not null;

    public override async Task OnActivateAsync(CancellationToken cancellationToken)
    {
        _shown = State.State;
        LogActive(logger, Job);
        if (storage.RecordExists)
        {
            await OpenLogAsync(cancellationToken);
            await FindSnapshotsAsync(cancellationToken);
        }
    }

    public async Task<JobProgress> WatchAsync(JobCursor cursor, CancellationToken cancellationToken = default)
    {
        var start = time.GetTimestamp();
        while (true)
        {
            var next = _news.Next;
            var progress = Progress(cursor);
            var left = WatchLimit - time.GetElapsedTime(start);
            if (progress.Events.Count > 0 || progress.Reports.Count > 0 || IsEnd(progress.State) || left <= TimeSpan.Zero)
            {
                return progress;
            }

            try
            {
                await next.WaitAsync(left, time, cancellationToken);
            }
            catch (TimeoutException)
            {
                // Nothing new: the answer says so.
            }
        }
    }

    public Task<JobSummary> DescribeAsync(CancellationToken cancellationToken = default)
    {
        _ = KnownLog();
        return Task.FromResult(Summary(_shown));
    }

    public Task<RecipeEnvelope> RecipeAsync(CancellationToken cancellationToken = default)
    {
        _ = KnownLog();
        return Task.FromResult(State.Recipe is null ? throw new UnknownJobException($"The job '{Job}' was never accepted and has no recipe.") : Envelope(RecipeInForce()));
    }

    private static bool IsUnderWay(JobState state) => state is JobState.Running or JobState.Stopping or JobState.Waiting;

    private static bool IsEnd(JobState state) => state is JobState.Completed or JobState.Interrupted or JobState.Failed;

    private JobProgress Progress(JobCursor cursor)
    {
        var log = KnownLog();
        var events = log.After(cursor.Sequence, ICoordinatorGrain.EventsInAnswer);
        return new JobProgress
        {
            // A watcher that has not seen all events has not seen the end.
            State = events.Count == ICoordinatorGrain.EventsInAnswer && IsEnd(_shown) ? JobState.Running : _shown,
            Cursor = new JobCursor(events.Count == 0 ? cursor.Sequence : events[^1].Sequence, _reports.Newest),
            Events = events,
            Reports = _reports.After(cursor.Report),
            Failure = State.Failure,
        };
    }

    private JobSummary Summary(JobState state)
    {
        var images = State.Replicas.Sum(static replica => replica.Images);
        var seconds = State.Replicas.Select(static replica => replica.Seconds).DefaultIfEmpty(0).Max();
        return new JobSummary
        {
            Job = Job,
            State = state,
            Steps = State.Replicas.Select(static replica => replica.Step).DefaultIfEmpty(0).Max(),
            Images = images,
            Seconds = seconds,
            ImagesPerSecond = IsUnderWay(state) ? CurrentRate() : seconds > 0 ? images / seconds : 0,
            Scores = new Dictionary<string, double>(State.Scores),
            Files = new Dictionary<string, string>(State.Files),
            Failure = State.Failure,
            Replicas = [.. State.Replicas.OrderBy(static replica => replica.Ordinal).Select(replica => SummaryOf(replica, state))],
            BestReplica = Best()?.Ordinal,
            User = State.User,
            Priority = State.Priority,
            Folder = paths.PrefixOf(Job),
        };
    }

    private static ReplicaSummary SummaryOf(CoordinatorState.ReplicaRecord replica, JobState state) => new()
    {
        Replica = replica.Ordinal,
        Outcome = replica.Outcome,
        Step = replica.Step,
        Images = replica.Images,
        Seconds = replica.Seconds,
        Scores = new Dictionary<string, double>(replica.Scores),
        Failure = replica.Failure,
        Overrides = new Dictionary<string, string>(replica.Member.Values),
        Waiting = !IsEnd(state) && replica.Outcome is null && replica.Lease == 0,
        Epoch = replica.Epoch,
        Worker = replica.Lease == 0 ? null : replica.Worker,
        Slot = replica.Lease == 0 ? null : replica.Slot,
        Device = replica.Lease == 0 ? null : replica.Device,
    };

    private EventLog KnownLog() => _log ?? throw new UnknownJobException($"There is no job '{Job}'; list shows those that there are.");

    /// <summary>The log of a job that was accepted once; what is left of another one can only be deleted.</summary>
    private EventLog AcceptedLog()
        => State.State != JobState.Pending || _log is null ? KnownLog() : throw new UnknownJobException($"There is no job '{Job}' that could be stopped, only what is left of a submission that did not come to its end: delete removes it.");

    private async Task OpenLogAsync(CancellationToken cancellationToken)
        => _log ??= await EventLog.OpenAsync(store, Folder.Events, _news.Set, time, logger, cancellationToken);

    private void Show(JobState state)
    {
        _shown = state;
        _news.Set();
    }

    private async Task StoreAsync(CancellationToken cancellationToken)
    {
        State.Sequence = _log!.Sequence;
        await storage.WriteStateAsync(cancellationToken);
    }
}
