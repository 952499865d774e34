using DistGan.Grains.Interfaces.Jobs;
using DistGan.Grains.Interfaces.Parameters;
using DistGan.Grains.Interfaces.Parameters.Wire;
using DistGan.Recipes;
using DistGan.Training.Links;
using DistGan.Worker.Links;
using DistGan.Worker.Links.Gossip;
using DistGan.Worker.Snapshots;

namespace DistGan.Worker.Running;

/// <summary>
/// The links of one run; those that the recipe has no use for never call a grain. What several replicas share is kept in the
/// snapshots of replica 0 alone, a shard of the replay buffer in those of its own replica; and no rollback of one replica takes it back.
/// </summary>
internal sealed class RunLinks : IAsyncDisposable
{
    private static readonly Task<ReplayCaptured> NoReplay = Task.FromResult(new ReplayCaptured([], null));
    private static readonly Task<ParametersCaptured> NoParameters = Task.FromResult(new ParametersCaptured([], null));
    private static readonly Task<MergeStates?> NoMerges = Task.FromResult<MergeStates?>(null);

    private readonly ReplayLink _replay;
    private readonly ParameterLink _parameters;
    private readonly IMergeLink? _merges;
    private readonly DiscriminatorLink? _discriminators;
    private readonly ExperienceReplayRecipe? _replays;
    private readonly bool _averages;

    private static readonly IReadOnlyDictionary<string, MergeRule> MergeRules = new Dictionary<string, MergeRule>
    {
        ["mean"] = MergeRule.Mean,
        ["elastic"] = MergeRule.Elastic,
        ["nesterov"] = MergeRule.Nesterov,
    };

    private static readonly IReadOnlyDictionary<string, WireFormat> Wires = new Dictionary<string, WireFormat>
    {
        ["float32"] = WireFormat.Float32,
        ["bfloat16"] = WireFormat.BFloat16,
        ["int8"] = WireFormat.Int8,
    };

    private readonly long _start;
    private readonly TopologyRecipe _topology;
    private readonly bool _isFirst;
    private readonly RunReplay _replayOf;

    public RunLinks(RunSettings run)
    {
        var (replica, topology) = (run.Assignment.Replica, run.Recipe.Topology);
        _isFirst = replica.Ordinal == 0;
        (_start, _topology) = (run.Assignment.Start, topology);
        Coordinator = run.Grains.Coordinator(replica.Job);
        Reports = new ReportLink(Coordinator, run.Store, run.Prefix, replica, run.Assignment.Epoch, run.Time, run.Trace);
        var settings = LinkSettings.For(run.Recipe);
        _replayOf = new RunReplay(run);
        _replay = _replayOf.Link(settings, Reports);
        var lineage = topology.Merges() ? replica.Job.Value : replica.ToString();
        _parameters = new ParameterLink(
            (player, index) => run.Grains.Parameters(ParameterLink.KeyOf(lineage, player, index)), settings, Reports, run.Time);
        _merges = topology.Merges() ? Merge(run, settings) : topology.Gossips() ? Gossip(run, settings) : null;
        _discriminators = topology.HasManyDiscriminators() ? Meet(run, settings) : null;
        _replays = run.Recipe.Techniques.ExperienceReplay is { Mode: not "pool" } replays ? replays : null;
        _averages = run.Recipe.Techniques.HistoricalAveraging is { Kind: HistoricalAveragingRecipe.Running };
    }

    public ICoordinatorGrain Coordinator { get; }

    /// <summary>Whether others use the replay buffer too: the recipe says so, or the job was scaled up since.</summary>
    private bool SharesReplay => Math.Max(_topology.Replicas, Reports.Directives.Replicas) > 1;

    public ReportLink Reports { get; }

    /// <summary>What the replica is given.</summary>
    public ReplicaLinks For(IReportSink reports) => new(_replay, _parameters, reports)
    {
        Merges = _merges,
        Discriminators = _discriminators,
        Balance = _topology.BalancesTogether() ? new DirectedBalance(Reports) : null,
    };

    /// <summary>Puts the grains and the open questions where a snapshot had them, or empties them; what is shared, once in a start of the job.</summary>
    public async Task StartAsync(LoadedSnapshot? snapshot, int itemBytes)
    {
        _discriminators?.Restart();
        var outstanding = snapshot?.Outstanding ?? [];
        var replay = _replays is null
            ? Task.CompletedTask
            : _replay.StartAsync(_replayOf.SizeOf(_replays, itemBytes), snapshot?.Replay, outstanding, (_start, SharesReplay));
        var parameters = _averages ? _parameters.StartAsync(snapshot?.Parameters, outstanding, _topology.Merges() ? _start : 0) : Task.CompletedTask;
        var merges = _merges?.StartAsync(snapshot?.Merges) ?? Task.CompletedTask;
        await Task.WhenAll(replay, parameters, merges);
    }

    /// <summary>Where the other replicas stand; null where parameters do not reach each other, or have not yet.</summary>
    public Task<MergedParameters?> CurrentMergeAsync(long boundary) => _merges?.CurrentAsync(boundary) ?? Task.FromResult<MergedParameters?>(null);

    /// <summary>Takes everything that was sent so far into a snapshot; the calls are made by the links, in their order.</summary>
    public LinksCaptured Capture() => new(
        _replays is null ? NoReplay : _replay.CaptureAsync(withContent: _replayOf.IsOwner),
        _averages ? _parameters.CaptureAsync(withTotals: _isFirst || !_topology.Merges()) : NoParameters,
        _merges?.CaptureAsync(withCentres: _isFirst) ?? NoMerges);

    public async ValueTask DisposeAsync()
    {
        await _replay.DisposeAsync();
        await _parameters.DisposeAsync();
        await (_merges?.DisposeAsync() ?? ValueTask.CompletedTask);
        await (_discriminators?.DisposeAsync() ?? ValueTask.CompletedTask);
        await Reports.DisposeAsync();
    }

    private MergeLink Merge(RunSettings run, LinkSettings settings)
    {
        var replica = run.Assignment.Replica;
        return new MergeLink(
            (vector, shard) => run.Grains.Merge(MergeLink.KeyOf(replica.Job.Value, vector, shard)),
            () => RuleOf(run.Recipe.Topology, Reports.Directives.Replicas),
            (replica.Ordinal, run.Assignment.Start),
            settings,
            Reports,
            run.Time);
    }

    private GossipLink Gossip(RunSettings run, LinkSettings settings)
    {
        var (assignment, topology) = (run.Assignment, run.Recipe.Topology);
        var (job, ordinal) = (assignment.Replica.Job.Value, assignment.Replica.Ordinal);
        return new GossipLink(
            new Mailboxes((replica, vector, shard) => run.Grains.Gossip(Mailboxes.KeyOf(job, replica, vector, shard)), settings.CallTimeout, run.Time),
            new GossipRule(topology.Share, topology.MaxStaleRounds),
            () => Reports.Directives.Replicas is > 0 and var scaled ? scaled : topology.Replicas,
            new GossipOwner(new SeedSequence(run.Recipe.Seed, ordinal), assignment.Start, assignment.Epoch),
            settings,
            Reports,
            run.Time);
    }

    private DiscriminatorLink Meet(RunSettings run, LinkSettings settings)
    {
        var replica = run.Assignment.Replica;
        return new DiscriminatorLink(
            run.Grains.Meeting(replica.Job),
            ordinal => run.Grains.Mailbox(DiscriminatorLink.KeyOf(replica.Job.Value, ordinal)),
            DiscriminatorSettings.Of(_topology, replica, _start, run.Assignment.Epoch),
            settings,
            () => Math.Max(_topology.Replicas, Reports.Directives.Replicas),
            Reports,
            run.Time);
    }

    /// <summary>How a job merges that has been scaled to a number of replicas; 0 where it has not.</summary>
    private static MergeSettings RuleOf(TopologyRecipe recipe, int scale)
    {
        var topology = scale > 0 ? recipe with { Replicas = scale } : recipe;
        return new MergeSettings
        {
            Rule = MergeRules[topology.Merge],
            Replicas = topology.Replicas,
            Quorum = Math.Min(topology.MergeQuorum(), topology.Replicas),
            Deadline = TimeSpan.FromSeconds(topology.DeadlineSeconds),
            MaxStaleRounds = topology.MaxStaleRounds,
            Elasticity = topology.Elasticity,
            OuterRate = topology.OuterRate,
            OuterMomentum = topology.OuterMomentum,
            Wire = Wires[topology.Wire],
        };
    }
}
