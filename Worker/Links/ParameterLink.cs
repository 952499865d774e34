using System.Buffers;
using DistGan.Grains.Interfaces.Parameters;
using DistGan.Recipes;
using DistGan.Training;
using DistGan.Training.Links;
using DistGan.Training.Snapshots;

namespace DistGan.Worker.Links;

/// <summary>
/// The running average of a lineage's parameters as one replica sees it: sums wait in a bounded queue beside the training
/// thread, are sent in shards of at most 1 MiB, at most four at a time, and averages are kept by player and boundary.
/// </summary>
internal sealed class ParameterLink : IParameterSource, IAsyncDisposable
{
    /// <summary>Numbers in a shard: 1 MiB of float32.</summary>
    public const int ShardLength = 262_144;

    private const int CallsInFlight = 4;
    private readonly Func<Player, int, IParameterGrain> _grain;
    private readonly LinkSettings _settings;
    private readonly TimeProvider _time;
    private readonly LinkHealth _health;
    private readonly Dictionary<Player, AnswerBox<ParameterAverage>> _answers;
    private readonly LinkPump _pump;

    /// <summary>Players whose grains hold this job's sums, with the number of their shards; touched by the pump alone.</summary>
    private readonly Dictionary<Player, int> _prepared = [];
    private ParameterTotalsByPlayer? _totals;
    private long _sharedStart;

    /// <param name="grain">The grain of a player's shard.</param>
    /// <param name="settings">Time and queue bounds.</param>
    /// <param name="events">Where staleness is told.</param>
    /// <param name="time">Measures patience and calls.</param>
    public ParameterLink(Func<Player, int, IParameterGrain> grain, LinkSettings settings, IEventSink events, TimeProvider time)
    {
        _grain = grain;
        _settings = settings;
        _time = time;
        _health = new LinkHealth("parameter grains", EventKinds.ParametersStale, EventKinds.ParametersRecovered, events);
        _answers = PlayerNames.All.ToDictionary(
            player => player,
            player => new AnswerBox<ParameterAverage>(player.Key(), _health, settings.Patience, time));
        _pump = new LinkPump(settings.Capacity * PlayerNames.All.Count);
    }

    /// <summary>The grain key of a shard.</summary>
    public static string KeyOf(string lineage, Player player, int shard) => string.Create(
        System.Globalization.CultureInfo.InvariantCulture, $"{lineage}/{player.Key()}/{shard}");

    /// <summary>
    /// Replaces what the grains hold by <paramref name="totals"/> (null empties them), forgets all open questions, and puts
    /// <paramref name="outstanding"/> in their place. Where a grain does not answer, the link tries again before each sum.
    /// Grains that several replicas share are set by the first of them in a start of the job; the others find them so.
    /// </summary>
    /// <param name="totals">What the grains held; null for nothing.</param>
    /// <param name="outstanding">Averages that were asked for and not taken.</param>
    /// <param name="sharedStart">The start of the job where several replicas share the grains; 0 where this one has them alone.</param>
    public Task StartAsync(ParameterTotalsByPlayer? totals, IReadOnlyList<NamedArray> outstanding, long sharedStart = 0)
    {
        _pump.DropOffers();
        _health.Reset();
        foreach (var box in _answers.Values)
        {
            box.Clear();
        }

        foreach (var average in OutstandingParameters.FromArrays(outstanding))
        {
            var box = _answers[average.Player];
            box.Ask(average.Boundary);
            box.Put(box.Generation, average.Boundary, average);
        }

        return _pump.Post(async cancellationToken =>
        {
            (_totals, _sharedStart) = (totals, sharedStart);
            _prepared.Clear();
            foreach (var (player, shards) in totals?.Shards ?? new Dictionary<Player, IReadOnlyList<ParameterTotals>>())
            {
                await PrepareAsync(player, shards.Count, cancellationToken);
            }
        });
    }

    public void Contribute(ParameterContribution contribution)
    {
        var box = _answers[contribution.Player];
        var generation = box.Generation;
        box.Ask(contribution.Boundary);
        _pump.Offer(
            cancellationToken => ContributeAsync(box, generation, contribution, cancellationToken),
            () => box.Lose(generation, contribution.Boundary));
    }

    public ParameterAverage? Take(Player player, long boundary) => _answers[player].Take(boundary);

    /// <summary>The totals after everything that was sent before this call, and every average that was not taken before it.</summary>
    /// <param name="withTotals">Whether the grains' totals are wanted, too.</param>
    public async Task<ParametersCaptured> CaptureAsync(bool withTotals = true)
    {
        var copies = _answers.ToDictionary(pair => pair.Key, pair => pair.Value.Capture(OutstandingParameters.ToArrays));
        ParameterTotalsByPlayer? totals = null;
        try
        {
            await _pump.Post(async cancellationToken => totals = withTotals ? await ReadTotalsAsync(cancellationToken) : null);
        }
#pragma warning disable CA1031 // a dead grain costs the snapshot its totals, not the snapshot
        catch (Exception exception)
#pragma warning restore CA1031
        {
            _health.Failed(exception.FirstLine());
        }

        foreach (var (player, box) in _answers)
        {
            box.Close(copies[player]);
        }

        return new ParametersCaptured([.. copies.Values.SelectMany(copy => copy.Arrays)], totals);
    }

    public ValueTask DisposeAsync() => _pump.DisposeAsync();

    /// <summary>The sum's memory stays with the messages: a grain may keep it, so it never goes back to the pool.</summary>
    private async Task ContributeAsync(AnswerBox<ParameterAverage> box, long generation, ParameterContribution contribution, CancellationToken cancellationToken)
    {
        var player = contribution.Player;
        var shards = ShardsOf(contribution.Length);
        var mean = ArrayPool<float>.Shared.Rent(contribution.Length);
        var counts = new long[shards];
        try
        {
            await PrepareAsync(player, shards, cancellationToken);
            await ForEachShardAsync(shards, async (shard, token) =>
            {
                var start = shard * ShardLength;
                var length = Math.Min(ShardLength, contribution.Length - start);
                var sum = new ParameterShard { Count = contribution.Count, Values = contribution.Sum.Slice(start, length) };
                var answer = await CallAsync(_grain(player, shard).ContributeAsync(sum, token), token);
                answer.Values.CopyTo(mean.AsMemory(start, length));
                counts[shard] = answer.Count;
            }, cancellationToken);
        }
        catch (Exception exception)
        {
            _health.Failed(exception.FirstLine());
            throw;
        }

        box.Put(generation, contribution.Boundary, new ParameterAverage(player, contribution.Boundary, counts.Min(), mean, contribution.Length));
    }

    private async Task PrepareAsync(Player player, int shards, CancellationToken cancellationToken)
    {
        if (_prepared.ContainsKey(player))
        {
            return;
        }

        var totals = _totals?.Shards.GetValueOrDefault(player);
        await ForEachShardAsync(shards, async (shard, token) =>
        {
            var grain = _grain(player, shard);
            await CallAsync(_sharedStart > 0 ? grain.OpenAsync(_sharedStart, totals?[shard], token) : grain.RestoreAsync(totals?[shard], token), token);
        }, cancellationToken);
        _prepared[player] = shards;
    }

    private async Task<ParameterTotalsByPlayer> ReadTotalsAsync(CancellationToken cancellationToken)
    {
        var all = new Dictionary<Player, IReadOnlyList<ParameterTotals>>();
        foreach (var (player, count) in _prepared.OrderBy(pair => pair.Key))
        {
            var shards = new ParameterTotals[count];
            await ForEachShardAsync(count, async (shard, token) =>
                shards[shard] = await CallAsync(_grain(player, shard).CaptureAsync(token), token), cancellationToken);
            all[player] = shards;
        }

        return new ParameterTotalsByPlayer(all);
    }

    private static int ShardsOf(int length) => (length + ShardLength - 1) / ShardLength;

    private static Task ForEachShardAsync(int shards, Func<int, CancellationToken, ValueTask> body, CancellationToken cancellationToken)
        => Parallel.ForEachAsync(
            Enumerable.Range(0, shards),
            new ParallelOptions { MaxDegreeOfParallelism = CallsInFlight, CancellationToken = cancellationToken },
            body);

    private Task CallAsync(Task call, CancellationToken cancellationToken) => call.WaitAsync(_settings.CallTimeout, _time, cancellationToken);

    private Task<T> CallAsync<T>(Task<T> call, CancellationToken cancellationToken) => call.WaitAsync(_settings.CallTimeout, _time, cancellationToken);
}
