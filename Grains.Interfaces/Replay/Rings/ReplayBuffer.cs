namespace DistGan.Grains.Interfaces.Replay.Rings;

/// <summary>What a replay grain holds: a <see cref="ReplayRing"/>, the start of the job that opened it, and the captures that are being read.</summary>
/// <param name="key">The grain's key, for errors.</param>
public sealed class ReplayBuffer(string key)
{
    /// <summary>
    /// Captures that are open at most: more than the snapshots that a replica ever has waiting to be written, so that only those of a reader that died are
    /// let go of. The oldest goes first.
    /// </summary>
    public const int MaxCaptures = 16;

    private readonly List<(Guid Id, CapturedReplay Content)> _captures = [];
    private ReplayRing? _ring;
    private long _start;

    private ReplayRing Ring => _ring ?? throw new ReplayNotSizedException($"The replay buffer '{key}' has no size yet: reset it before it is used.");

    /// <inheritdoc cref="IReplayBufferGrain.ExchangeAsync"/>
    public ReplayAnswer Exchange(ReplayExchange exchange)
    {
        Ring.Push(exchange.Push);
        return Ring.Draw(exchange);
    }

    /// <inheritdoc cref="IReplayBufferGrain.HoldingsAsync"/>
    public ReplayHoldings? Holdings(long start, int replica)
    {
        if (_ring is null || _start != start)
        {
            return null;
        }

        var own = _ring.CountOf(replica);
        return new ReplayHoldings { Own = own, Others = _ring.Count - own, StoredBytes = _ring.StoredBytes, Allowed = _ring.Allowed, Tally = _ring.Tally };
    }

    /// <inheritdoc cref="IReplayBufferGrain.CaptureAsync"/>
    public ReplayCapture Capture()
    {
        var content = new CapturedReplay(Ring.Capture());
        var id = Guid.NewGuid();
        _captures.Add((id, content));
        if (_captures.Count > MaxCaptures)
        {
            _captures.RemoveAt(0);
        }

        return new ReplayCapture { Id = id, Chunks = content.Chunks, Settings = Ring.Settings, Tally = Ring.Tally };
    }

    /// <inheritdoc cref="IReplayBufferGrain.ReadAsync"/>
    public ReplayChunk? Read(Guid capture, int index) => _captures.Find(open => open.Id == capture).Content?.Read(index);

    /// <inheritdoc cref="IReplayBufferGrain.CloseAsync"/>
    public void Close(Guid capture) => _captures.RemoveAll(open => open.Id == capture);

    /// <inheritdoc cref="IReplayBufferGrain.OpenAsync"/>
    public ReplayOpening Open(long start, ReplaySettings settings)
    {
        if (_ring is not null && _start == start)
        {
            return ReplayOpening.Kept;
        }

        Reset(settings);
        _start = start;
        return ReplayOpening.Emptied;
    }

    /// <inheritdoc cref="IReplayBufferGrain.ResetAsync"/>
    public void Reset(ReplaySettings settings)
    {
        _ring = new ReplayRing(settings);
        _captures.Clear();
    }

    /// <inheritdoc cref="IReplayBufferGrain.RestoreAsync"/>
    public void Restore(ReplayChunk chunk) => Ring.Push(chunk);

    /// <inheritdoc cref="IReplayBufferGrain.ResumeAsync"/>
    public void Resume(ReplayTally tally) => Ring.Resume(tally);
}
