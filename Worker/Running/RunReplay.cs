using System.Globalization;
using DistGan.Grains.Interfaces.Replay;
using DistGan.Recipes;
using DistGan.Worker.Links;
using DistGan.Worker.Links.Shards;

namespace DistGan.Worker.Running;

/// <summary>
/// Where the history of images of a job lies, as one of its replicas sees it. With S shards, replica r keeps its images in shard r mod S; shard s belongs to
/// replica s, on whose worker it lies and in whose snapshots it is.
/// </summary>
internal sealed class RunReplay
{
    private static readonly IReadOnlyDictionary<string, ReplaySelection> Selections = new Dictionary<string, ReplaySelection>
    {
        ["uniform"] = ReplaySelection.Uniform,
        ["recency"] = ReplaySelection.Recency,
        ["fifo"] = ReplaySelection.Fifo,
    };

    private readonly RunSettings _run;
    private readonly ExperienceReplayRecipe _recipe;
    private readonly int _shards;

    public RunReplay(RunSettings run)
    {
        _run = run;
        _recipe = run.Recipe.Techniques.ExperienceReplay ?? new ExperienceReplayRecipe();
        _shards = _recipe.ShardsOf(run.Assignment.Submitted is > 0 and var submitted ? submitted : run.Recipe.Topology.Replicas);
    }

    /// <summary>Whether the shard that this replica pushes to belongs to it.</summary>
    public bool IsOwner => _run.Replica < _shards;

    private int Own => _run.Replica % _shards;

    /// <summary>The link to the buffer, or to all shards.</summary>
    public ReplayLink Link(LinkSettings settings, IEventSink events)
        => new(Grain(Own), _run.Replica, settings, events, _run.Time, _recipe.OthersWeight, _shards > 1 ? Shards(settings, events) : null);

    /// <summary>The size of the buffer or shard that this replica pushes to.</summary>
    public ReplaySettings SizeOf(ExperienceReplayRecipe recipe, int itemBytes) => new()
    {
        ItemBytes = itemBytes,
        BudgetBytes = recipe.BudgetOf(Own, _shards),
        Selection = Selections[recipe.Selection],
        HalfLife = recipe.HalfLife,
        SamplesPerInsert = recipe.SamplesPerInsert ?? 0,
    };

    private ReplayShards Shards(LinkSettings settings, IEventSink events) => new(
        [.. Enumerable.Range(0, _shards).Select(Grain)],
        Own,
        new ShardAsker(_run.Replica, _recipe.OthersWeight, _run.Assignment.Start),
        _recipe.BudgetBytes,
        settings.PartTimeout,
        new LinkHealth("replay of other replicas", EventKinds.ReplayStale, EventKinds.ReplayRecovered, events),
        _run.Time);

    /// <summary>A single buffer that the recipe asks for lies with the control plane, as others than its first replica depend on it.</summary>
    private IReplayBufferGrain Grain(int shard)
    {
        var key = string.Create(CultureInfo.InvariantCulture, $"{_run.Assignment.Replica.Job.Value}/{shard}");
        return _recipe.Shards == 1 ? _run.Grains.Replay(key) : _run.Grains.ReplayShard(key, isHere: shard == _run.Replica);
    }
}
