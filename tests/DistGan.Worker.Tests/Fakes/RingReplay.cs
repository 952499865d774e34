using DistGan.Grains.Interfaces.Replay;
using DistGan.Grains.Interfaces.Replay.Rings;

namespace DistGan.Worker.Tests.Fakes;

/// <summary>A real buffer without a grain around it; it can be held up or made to fail.</summary>
internal sealed class RingReplay : IReplayBufferGrain
{
    private readonly Lock _gate = new();
    private readonly ReplayBuffer _buffer = new("ring");

    /// <summary>Awaited by every question for holdings and every exchange that asks for draws.</summary>
    public Func<Task> BeforeAnswer { get; set; } = static () => Task.CompletedTask;

    /// <summary>Questions for holdings.</summary>
    public int Asked { get; private set; }

    public async Task<ReplayAnswer> ExchangeAsync(ReplayExchange exchange, CancellationToken cancellationToken = default)
    {
        if (exchange.Draws > 0)
        {
            await BeforeAnswer();
        }

        return Locked(() => _buffer.Exchange(exchange));
    }

    public async Task<ReplayHoldings?> HoldingsAsync(long start, int replica, CancellationToken cancellationToken = default)
    {
        Asked++;
        await BeforeAnswer();
        return Locked(() => _buffer.Holdings(start, replica));
    }

    public Task<ReplayCapture> CaptureAsync(CancellationToken cancellationToken = default) => Task.FromResult(Locked(_buffer.Capture));

    public Task<ReplayChunk?> ReadAsync(Guid capture, int index, CancellationToken cancellationToken = default) => Task.FromResult(Locked(() => _buffer.Read(capture, index)));

    public Task CloseAsync(Guid capture, CancellationToken cancellationToken = default) => Done(() => _buffer.Close(capture));

    public Task<ReplayOpening> OpenAsync(long start, ReplaySettings settings, CancellationToken cancellationToken = default) => Task.FromResult(Locked(() => _buffer.Open(start, settings)));

    public Task ResetAsync(ReplaySettings settings, CancellationToken cancellationToken = default) => Done(() => _buffer.Reset(settings));

    public Task RestoreAsync(ReplayChunk chunk, CancellationToken cancellationToken = default) => Done(() => _buffer.Restore(chunk));

    public Task ResumeAsync(ReplayTally tally, CancellationToken cancellationToken = default) => Done(() => _buffer.Resume(tally));

    private T Locked<T>(Func<T> body)
    {
        lock (_gate)
        {
            return body();
        }
    }

    private Task Done(Action body)
    {
        lock (_gate)
        {
            body();
        }

        return Task.CompletedTask;
    }
}
