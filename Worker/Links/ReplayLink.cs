using System.Buffers;
using DistGan.Grains.Interfaces.Replay;
using DistGan.Recipes;
using DistGan.Training.Links;
using DistGan.Training.Snapshots;
using DistGan.Worker.Links.Shards;

namespace DistGan.Worker.Links;

/// <summary>
/// The replay buffer of a job as one replica sees it, whole or a shard of its own and those of others: pushes and questions wait in a bounded queue beside the training thread,
/// answers are kept by boundary. A slow or dead grain costs freshness, never progress.
/// </summary>
internal sealed class ReplayLink : IReplaySource, IAsyncDisposable
{
    /// <summary>Larger pushes are split, so that membership probes are not delayed behind them.</summary>
    private const int MaxPushBytes = 1 << 20;

    private readonly IReplayBufferGrain _grain;
    private readonly int _replica;
    private readonly double _othersWeight;
    private readonly ReplayShards? _shards;
    private readonly LinkSettings _settings;
    private readonly TimeProvider _time;
    private readonly LinkHealth _health;
    private readonly AnswerBox<ReplayDraws> _answers;
    private readonly LinkPump _pump;
    private ReplaySettings? _size;
    private IReplayContent? _content;
    private bool _prepared;
    private (long Number, bool IsShared) _start;

    /// <param name="grain">The buffer, or the replica's own shard.</param>
    /// <param name="replica">Whose images these are.</param>
    /// <param name="settings">Time and queue bounds.</param>
    /// <param name="events">Where staleness is told.</param>
    /// <param name="time">Measures patience and calls.</param>
    /// <param name="othersWeight">How often an image of another replica is drawn for each own one.</param>
    /// <param name="shards">All shards; null where the buffer is whole.</param>
    public ReplayLink(
        IReplayBufferGrain grain, int replica, LinkSettings settings, IEventSink events, TimeProvider time, double othersWeight = 1, ReplayShards? shards = null)
    {
        (_othersWeight, _shards) = (othersWeight, shards);
        _grain = grain;
        _replica = replica;
        _settings = settings;
        _time = time;
        _health = new LinkHealth("replay buffer", EventKinds.ReplayStale, EventKinds.ReplayRecovered, events);
        _answers = new AnswerBox<ReplayDraws>("replay", _health, settings.Patience, time);
        _pump = new LinkPump(settings.Capacity);
    }

    /// <summary>
    /// Empties the grain and fills it with <paramref name="content"/>, forgets all open questions, and puts
    /// <paramref name="outstanding"/> in their place. Where the grain does not answer, the link tries again before each exchange.
    /// A buffer that several replicas share is emptied and filled by the first of them in a start of the job; the others find it so, also
    /// those that join a replica which had it alone.
    /// </summary>
    /// <param name="size">The buffer's size.</param>
    /// <param name="content">What it held; null for nothing.</param>
    /// <param name="outstanding">Answers that were asked for and not taken.</param>
    /// <param name="start">The number of the start of the job, and whether several replicas share the buffer.</param>
    public Task StartAsync(ReplaySettings size, IReplayContent? content, IReadOnlyList<NamedArray> outstanding, (long Number, bool IsShared) start = default)
    {
        _pump.DropOffers();
        _answers.Clear();
        _health.Reset();
        foreach (var draws in OutstandingReplay.FromArrays(outstanding))
        {
            _answers.Ask(draws.Boundary);
            _answers.Put(_answers.Generation, draws.Boundary, draws);
        }

        return _pump.Post(async cancellationToken =>
        {
            (_size, _content, _prepared, _start) = (size, content, false, start);
            await PrepareAsync(cancellationToken);
        });
    }

    public void Exchange(ReplayOffer offer)
    {
        var generation = _answers.Generation;
        _answers.Ask(offer.Boundary);
        _pump.Offer(cancellationToken => ExchangeAsync(generation, offer, cancellationToken), () => _answers.Lose(generation, offer.Boundary));
    }

    public ReplayDraws? Take(long boundary) => _answers.Take(boundary);

    /// <summary>Everything that was sent before this call, as the grain has it, and every answer that was not taken before it.</summary>
    /// <param name="withContent">Whether the grain's content is wanted, too.</param>
    public async Task<ReplayCaptured> CaptureAsync(bool withContent = true)
    {
        var copies = _answers.Capture(OutstandingReplay.ToArrays);
        IReplayContent? content = null;
        try
        {
            await _pump.Post(async cancellationToken =>
            {
                if (!withContent)
                {
                    return;
                }

                await PrepareAsync(cancellationToken);
                var capture = await CallAsync(_grain.CaptureAsync(cancellationToken), cancellationToken);
                content = new GrainReplayContent(_grain, capture, _settings.CallTimeout, _time);
            });
        }
#pragma warning disable CA1031 // a dead grain costs the snapshot its replay content, not the snapshot
        catch (Exception exception)
#pragma warning restore CA1031
        {
            _health.Failed(exception.FirstLine());
        }

        _answers.Close(copies);
        return new ReplayCaptured(copies.Arrays, content);
    }

    public ValueTask DisposeAsync() => _pump.DisposeAsync();

    private async Task ExchangeAsync(long generation, ReplayOffer offer, CancellationToken cancellationToken)
    {
        try
        {
            await PrepareAsync(cancellationToken);
            var answer = await PushAsync(offer, _shards is null ? offer.Request.Draws : 0, cancellationToken);
            int? missed = null;
            if (_shards is not null)
            {
                (answer, missed) = await _shards.DrawAsync(offer.Boundary, offer.Request, cancellationToken);
            }

            _answers.Put(generation, offer.Boundary, ToDraws(offer, answer, missed));
        }
        catch (Exception exception)
        {
            // A grain that moved has lost its content: it starts empty at the next exchange.
            _prepared &= exception is not ReplayNotSizedException;
            _health.Failed(exception.FirstLine());
            throw;
        }
    }

    /// <summary>The offer's memory stays with the messages: the grain may keep it, so it never goes back to the pool.</summary>
    private async Task<ReplayAnswer> PushAsync(ReplayOffer offer, int draws, CancellationToken cancellationToken)
    {
        var parts = ReplayParts.Split(offer, _replica, MaxPushBytes);
        ReplayAnswer? answer = null;
        for (var index = 0; index < parts.Count; index++)
        {
            var exchange = new ReplayExchange
            {
                Push = parts[index],
                Draws = index == parts.Count - 1 ? draws : 0,
                ImagesPerDraw = offer.Request.ImagesPerDraw,
                Grouped = offer.Request.Grouped,
                Seed = offer.Request.Seed,
                Replica = _replica,
                OthersWeight = _othersWeight,
            };
            answer = await CallAsync(_grain.ExchangeAsync(exchange, cancellationToken), cancellationToken);
        }

        return answer!;
    }

    private async Task PrepareAsync(CancellationToken cancellationToken)
    {
        if (_prepared || _size is null)
        {
            return;
        }

        var isEmpty = await EmptyAsync(_size, cancellationToken);
        if (_content is not null)
        {
            if (isEmpty)
            {
                await FillAsync(_content, cancellationToken);
            }

            await _content.DisposeAsync();
            _content = null;
        }

        _prepared = true;
    }

    private async Task<bool> EmptyAsync(ReplaySettings size, CancellationToken cancellationToken)
    {
        var isNew = _start.Number > 0 && await CallAsync(_grain.OpenAsync(_start.Number, size, cancellationToken), cancellationToken) == ReplayOpening.Emptied;
        if (_start.IsShared)
        {
            return isNew;
        }

        await CallAsync(_grain.ResetAsync(size, cancellationToken), cancellationToken);
        return true;
    }

    private async Task FillAsync(IReplayContent content, CancellationToken cancellationToken)
    {
        await foreach (var chunk in content.ReadAsync(cancellationToken))
        {
            await CallAsync(_grain.RestoreAsync(chunk, cancellationToken), cancellationToken);
        }

        await CallAsync(_grain.ResumeAsync(content.Tally, cancellationToken), cancellationToken);
    }

    private static ReplayDraws ToDraws(ReplayOffer offer, ReplayAnswer answer, int? missed)
    {
        var rented = ArrayPool<byte>.Shared.Rent(answer.Images.Length);
        answer.Images.CopyTo(rented);
        var fill = answer.BudgetBytes == 0 ? 0 : (double)answer.StoredBytes / answer.BudgetBytes;
        return new ReplayDraws(offer.Boundary, answer.Draws, offer.Request.ImagesPerDraw, answer.Steps, answer.Replicas, rented, answer.Images.Length, fill)
        {
            SamplesPerInsert = answer.Tally.Drawn / (double)Math.Max(1, answer.Tally.Inserted),
            ShardsMissed = missed,
        };
    }

    private Task CallAsync(Task call, CancellationToken cancellationToken) => call.WaitAsync(_settings.CallTimeout, _time, cancellationToken);

    private Task<T> CallAsync<T>(Task<T> call, CancellationToken cancellationToken) => call.WaitAsync(_settings.CallTimeout, _time, cancellationToken);
}
