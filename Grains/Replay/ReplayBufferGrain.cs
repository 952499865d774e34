using DistGan.Grains.Interfaces.Replay;
using Orleans.Concurrency;

namespace DistGan.Grains.Replay;

/// <summary>A <see cref="ReplayRing"/> and the captures that are being read.</summary>
[KeepAlive]
internal sealed class ReplayBufferGrain : Grain, IReplayBufferGrain
{
    // A reader that died never closes its capture.
    private const int MaxCaptures = 4;

    private readonly List<(Guid Id, CapturedReplay Content)> _captures = [];
    private ReplayRing? _ring;
    private long _start;

    private ReplayRing Ring => _ring ?? throw new ReplayNotSizedException(
        $"The replay buffer '{this.GetPrimaryKeyString()}' has no size yet: reset it before it is used.");

    public Task<ReplayAnswer> ExchangeAsync(ReplayExchange exchange, CancellationToken cancellationToken = default)
    {
        Ring.Push(exchange.Push);
        return Task.FromResult(Ring.Draw(exchange));
    }

    public Task<ReplayCapture> CaptureAsync(CancellationToken cancellationToken = default)
    {
        var content = new CapturedReplay(Ring.Capture());
        var id = Guid.NewGuid();
        _captures.Add((id, content));
        if (_captures.Count > MaxCaptures)
        {
            _captures.RemoveAt(0);
        }

        return Task.FromResult(new ReplayCapture { Id = id, Chunks = content.Chunks, Settings = Ring.Settings, Tally = Ring.Tally });
    }

    public Task<ReplayChunk?> ReadAsync(Guid capture, int index, CancellationToken cancellationToken = default)
        => Task.FromResult(_captures.Find(open => open.Id == capture).Content?.Read(index));

    public Task CloseAsync(Guid capture, CancellationToken cancellationToken = default)
    {
        _captures.RemoveAll(open => open.Id == capture);
        return Task.CompletedTask;
    }

    public Task<bool> OpenAsync(long start, ReplaySettings settings, CancellationToken cancellationToken = default)
    {
        var isNew = _ring is null || _start != start;
        if (isNew)
        {
            _ring = new ReplayRing(settings);
            _start = start;
        }

        return Task.FromResult(isNew);
    }

    public Task ResetAsync(ReplaySettings settings, CancellationToken cancellationToken = default)
    {
        _ring = new ReplayRing(settings);
        return Task.CompletedTask;
    }

    public Task RestoreAsync(ReplayChunk chunk, CancellationToken cancellationToken = default)
    {
        Ring.Push(chunk);
        return Task.CompletedTask;
    }

    public Task ResumeAsync(ReplayTally tally, CancellationToken cancellationToken = default)
    {
        Ring.Resume(tally);
        return Task.CompletedTask;
    }
}
