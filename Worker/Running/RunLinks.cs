using System.Globalization;
using DistGan.Grains.Interfaces.Jobs;
using DistGan.Grains.Interfaces.Replay;
using DistGan.Recipes;
using DistGan.Training.Links;
using DistGan.Worker.Links;
using DistGan.Worker.Snapshots;

namespace DistGan.Worker.Running;

/// <summary>The three links of one run; those that the recipe has no use for never call a grain.</summary>
internal sealed class RunLinks : IAsyncDisposable
{
    private static readonly Task<ReplayCaptured> NoReplay = Task.FromResult(new ReplayCaptured([], null));
    private static readonly Task<ParametersCaptured> NoParameters = Task.FromResult(new ParametersCaptured([], null));

    private readonly ReplayLink _replay;
    private readonly ParameterLink _parameters;
    private readonly ExperienceReplayRecipe? _replays;
    private readonly bool _averages;

    public RunLinks(RunSettings run)
    {
        var replica = run.Assignment.Replica;
        Coordinator = run.Grains.Coordinator(replica.Job);
        Reports = new ReportLink(Coordinator, run.Store, run.Prefix, replica, run.Assignment.Epoch, run.Time);
        var settings = LinkSettings.For(run.Recipe);
        var shard = string.Create(CultureInfo.InvariantCulture, $"{replica.Job.Value}/0");
        _replay = new ReplayLink(run.Grains.Replay(shard), replica.Ordinal, settings, Reports, run.Time);
        var lineage = replica.ToString();
        _parameters = new ParameterLink(
            (player, index) => run.Grains.Parameters(ParameterLink.KeyOf(lineage, player, index)), settings, Reports, run.Time);
        _replays = run.Recipe.Techniques.ExperienceReplay is { Mode: not "pool" } replays ? replays : null;
        _averages = run.Recipe.Techniques.HistoricalAveraging is not null;
    }

    public ICoordinatorGrain Coordinator { get; }

    public ReportLink Reports { get; }

    /// <summary>What the replica is given.</summary>
    public ReplicaLinks For(IReportSink reports) => new(_replay, _parameters, reports);

    /// <summary>Puts the shared grains and the open questions where a snapshot had them, or empties them.</summary>
    public async Task StartAsync(LoadedSnapshot? snapshot, int itemBytes)
    {
        var outstanding = snapshot?.Outstanding ?? [];
        var replay = _replays is null
            ? Task.CompletedTask
            : _replay.StartAsync(new ReplaySettings { ItemBytes = itemBytes, BudgetBytes = _replays.BudgetBytes }, snapshot?.Replay, outstanding);
        var parameters = _averages ? _parameters.StartAsync(snapshot?.Parameters, outstanding) : Task.CompletedTask;
        await Task.WhenAll(replay, parameters);
    }

    /// <summary>Takes everything that was sent so far into a snapshot; the calls are made by the links, in their order.</summary>
    public (Task<ReplayCaptured> Replay, Task<ParametersCaptured> Parameters) Capture()
        => (_replays is null ? NoReplay : _replay.CaptureAsync(), _averages ? _parameters.CaptureAsync() : NoParameters);

    public async ValueTask DisposeAsync()
    {
        await _replay.DisposeAsync();
        await _parameters.DisposeAsync();
        await Reports.DisposeAsync();
    }
}
