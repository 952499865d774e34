using DistGan.Grains.Interfaces.Parameters;
using DistGan.Recipes;
using DistGan.Training.Links;

namespace DistGan.Worker.Links;

/// <summary>
/// The merge of a job as one replica sees it: contributions wait in a bounded queue beside the training thread, are sent in shards of at
/// most 1 MiB, at most four at a time, and outcomes, which come when the others have contributed or a deadline has passed, are kept by
/// boundary.
/// </summary>
internal sealed class MergeLink : IMergeLink
{
    private const int CallsInFlight = 4;
    private readonly Func<MergedVector, int, IMergeGrain> _grain;
    private readonly Func<MergeSettings> _rules;
    private MergeSettings _rule;
    private readonly LinkSettings _settings;
    private readonly TimeProvider _time;
    private readonly int _replica;
    private readonly long _start;
    private readonly LinkHealth _health;
    private readonly AnswerBox<MergedParameters> _answers;
    private readonly LinkPump _pump;
    private readonly MergeWire _wire;

    /// <summary>Vectors whose grains are open; touched by the pump alone.</summary>
    private readonly HashSet<MergedVector> _opened = [];

    /// <param name="grain">The grain of a vector's shard.</param>
    /// <param name="rules">How the grains merge, as of now: the number of replicas may change while they train.</param>
    /// <param name="owner">The replica, and the start of the job.</param>
    /// <param name="settings">Time and queue bounds.</param>
    /// <param name="events">Where staleness is told.</param>
    /// <param name="time">Measures patience and calls.</param>
    public MergeLink(
        Func<MergedVector, int, IMergeGrain> grain, Func<MergeSettings> rules, (int Replica, long Start) owner, LinkSettings settings, IEventSink events, TimeProvider time)
    {
        (_grain, _rules, _rule, _settings, _time) = (grain, rules, rules(), settings, time);
        (_replica, _start) = owner;
        _health = new LinkHealth("merge", EventKinds.MergesStale, EventKinds.MergesRecovered, events);
        _answers = new AnswerBox<MergedParameters>("merge", _health, settings.Patience, time);
        _pump = new LinkPump(settings.Capacity);
        _wire = new MergeWire(_rule.Wire);
    }

    /// <summary>The grain key of a shard.</summary>
    public static string KeyOf(string job, MergedVector vector, int shard) => string.Create(
        System.Globalization.CultureInfo.InvariantCulture, $"{job}/{vector.Key()}/{shard}");

    /// <summary>Forgets all open questions. Grains that this start of the job has not opened yet go on from <paramref name="states"/>.</summary>
    public Task StartAsync(MergeStates? states)
    {
        _pump.DropOffers();
        _answers.Clear();
        _health.Reset();
        return _pump.Post(async cancellationToken =>
        {
            _opened.Clear();
            _wire.Restart(states?.Residuals ?? []);
            foreach (var (vector, shards) in states?.Shards ?? new Dictionary<MergedVector, IReadOnlyList<MergeState>>())
            {
                await ForEachAsync(shards.Count, (shard, token) => OpenAsync(vector, shard, shards[shard], token), cancellationToken);
                _opened.Add(vector);
            }
        });
    }

    public void Contribute(MergeContribution contribution)
    {
        var generation = _answers.Generation;
        _answers.Ask(contribution.Boundary);
        _pump.Offer(cancellationToken => MergeAsync(generation, contribution, cancellationToken), () => _answers.Lose(generation, contribution.Boundary));
    }

    public MergedParameters? Take(long boundary) => _answers.Take(boundary);

    /// <summary>What the grains remember now; null where nothing was merged yet or one does not answer.</summary>
    /// <param name="withCentres">Whether the grains are asked; without, it is only what this replica's contributions lost on their way.</param>
    public async Task<MergeStates?> CaptureAsync(bool withCentres = true)
    {
        var residuals = _wire.Residuals;
        if (!withCentres)
        {
            return residuals.Count == 0 ? null : new MergeStates(new Dictionary<MergedVector, IReadOnlyList<MergeState>>(), residuals);
        }

        try
        {
            var all = new Dictionary<MergedVector, IReadOnlyList<MergeState>>();
            foreach (var vector in MergeVectors.All)
            {
                var shards = new List<MergeState>();
                while (await CallAsync(_grain(vector, shards.Count).CaptureAsync(), _settings.CallTimeout, CancellationToken.None) is { } state)
                {
                    shards.Add(state);
                }

                if (shards.Count > 0)
                {
                    all[vector] = shards;
                }
            }

            return all.Count + residuals.Count == 0 ? null : new MergeStates(all, residuals);
        }
#pragma warning disable CA1031 // a dead grain costs the snapshot the centre of its merge, not the snapshot
        catch (Exception exception)
#pragma warning restore CA1031
        {
            _health.Failed(exception.FirstLine());
            return null;
        }
    }

    /// <summary>Where the job's merge stands, for a replica that joins; null before the first merge.</summary>
    public async Task<MergedParameters?> CurrentAsync(long boundary)
    {
        if (await CaptureAsync() is not { Shards.Count: > 0 } states)
        {
            return null;
        }

        // It goes on from the merge: what its earlier contributions lost is no part of that.
        await _pump.Post(_ =>
        {
            _wire.Restart([]);
            return Task.CompletedTask;
        });

        var targets = states.Shards.ToDictionary(static pair => pair.Key, static pair =>
        {
            var whole = pair.Value.SelectMany(static shard => shard.Centre.ToArray()).ToArray();
            return new MergeTarget(whole, whole);
        });
        return new MergedParameters(boundary, states.Shards.Values.SelectMany(static shards => shards).Min(static shard => shard.Version), 0, 1, targets);
    }

    public ValueTask DisposeAsync() => _pump.DisposeAsync();

    private async Task MergeAsync(long generation, MergeContribution contribution, CancellationToken cancellationToken)
    {
        try
        {
            if (_rules() is var rule && rule != _rule)
            {
                _rule = rule;
                _opened.Clear();
            }

            var parts = contribution.Vectors.Where(static pair => pair.Value.Length > 0).SelectMany(static pair => MergePart.Cut(pair.Key, pair.Value)).ToList();
            foreach (var vector in parts.Select(static part => part.Vector).Where(vector => !_opened.Contains(vector)).Distinct().ToList())
            {
                await ForEachAsync(parts.Count(part => part.Vector == vector), (shard, token) => OpenAsync(vector, shard, null, token), cancellationToken);
                _opened.Add(vector);
            }

            await ForEachAsync(parts.Count, (index, token) => OfferAsync(parts[index], contribution, token), cancellationToken);

            // Nothing is sent here: the calls wait for the other replicas, all at the same time, so that a deadline passes once.
            await Task.WhenAll(parts.Select(part => HearAsync(part, cancellationToken)));
            _answers.Put(generation, contribution.Boundary, MergePart.Join(contribution, parts));
        }
        catch (Exception exception)
        {
            // A grain that moved is opened again at the next contribution.
            _opened.Clear();
            _health.Failed(exception.FirstLine());
            throw;
        }
    }

    private async ValueTask OfferAsync(MergePart part, MergeContribution contribution, CancellationToken cancellationToken)
    {
        await SendAsync(part, _wire.Pack(part, contribution.Version), contribution, cancellationToken);
        if (part.Ticket!.Outcome == OfferOutcome.UnknownReference)
        {
            await SendAsync(part, _wire.Whole(part), contribution, cancellationToken);
        }

        if (part.Ticket.Outcome == OfferOutcome.NotOpen)
        {
            throw new DistGanException("a merge grain has moved and lost its state");
        }
    }

    private async Task SendAsync(MergePart part, PackedPart packed, MergeContribution contribution, CancellationToken cancellationToken)
    {
        part.Packed = packed;
        var offer = new MergeOffer
        {
            Replica = _replica, Version = contribution.Version, Samples = contribution.Samples, Values = packed.Values, Difference = packed.Difference,
        };
        part.Ticket = await CallAsync(_grain(part.Vector, part.Shard).OfferAsync(offer, cancellationToken), _settings.CallTimeout, cancellationToken);
    }

    private async Task HearAsync(MergePart part, CancellationToken cancellationToken)
    {
        if (part.Ticket is { Round: > 0 } ticket)
        {
            var call = _grain(part.Vector, part.Shard).MergedAsync(ticket.Round, _wire.Known(part), cancellationToken);
            part.Answer = _wire.Unpack(part, await CallAsync(call, _settings.CallTimeout + _rule.Deadline, cancellationToken));
        }
    }

    private ValueTask OpenAsync(MergedVector vector, int shard, MergeState? state, CancellationToken cancellationToken)
    {
        var rule = _rule with { Wire = _wire.FormatOf(vector), Rule = vector.IsStatistics() && _rule.Rule == MergeRule.Nesterov ? MergeRule.Mean : _rule.Rule };
        return new ValueTask(_grain(vector, shard).OpenAsync(_start, rule, state, cancellationToken).WaitAsync(_settings.CallTimeout, _time, cancellationToken));
    }

    private static Task ForEachAsync(int count, Func<int, CancellationToken, ValueTask> body, CancellationToken cancellationToken)
        => Parallel.ForEachAsync(
            Enumerable.Range(0, count),
            new ParallelOptions { MaxDegreeOfParallelism = CallsInFlight, CancellationToken = cancellationToken },
            body);

    private Task<T> CallAsync<T>(Task<T> call, TimeSpan limit, CancellationToken cancellationToken) => call.WaitAsync(limit, _time, cancellationToken);
}
