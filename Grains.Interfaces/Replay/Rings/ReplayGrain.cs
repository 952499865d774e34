namespace DistGan.Grains.Interfaces.Replay.Rings;

/// <summary>A <see cref="ReplayBuffer"/> as a grain; who places it, and lets go of it, says a class of its own.</summary>
public abstract class ReplayGrain : Grain, IReplayBufferGrain
{
    private ReplayBuffer? _buffer;

    private ReplayBuffer Buffer => _buffer ??= new ReplayBuffer(this.GetPrimaryKeyString());

    public Task<ReplayAnswer> ExchangeAsync(ReplayExchange exchange, CancellationToken cancellationToken = default) => Task.FromResult(Buffer.Exchange(exchange));

    public Task<ReplayHoldings?> HoldingsAsync(long start, int replica, CancellationToken cancellationToken = default) => Task.FromResult(Buffer.Holdings(start, replica));

    public Task<ReplayCapture> CaptureAsync(CancellationToken cancellationToken = default) => Task.FromResult(Buffer.Capture());

    public Task<ReplayChunk?> ReadAsync(Guid capture, int index, CancellationToken cancellationToken = default) => Task.FromResult(Buffer.Read(capture, index));

    public Task CloseAsync(Guid capture, CancellationToken cancellationToken = default)
    {
        Buffer.Close(capture);
        return Task.CompletedTask;
    }

    public virtual Task<ReplayOpening> OpenAsync(long start, ReplaySettings settings, CancellationToken cancellationToken = default) => Task.FromResult(Buffer.Open(start, settings));

    public Task ResetAsync(ReplaySettings settings, CancellationToken cancellationToken = default)
    {
        Buffer.Reset(settings);
        return Task.CompletedTask;
    }

    public Task RestoreAsync(ReplayChunk chunk, CancellationToken cancellationToken = default)
    {
        Buffer.Restore(chunk);
        return Task.CompletedTask;
    }

    public Task ResumeAsync(ReplayTally tally, CancellationToken cancellationToken = default)
    {
        Buffer.Resume(tally);
        return Task.CompletedTask;
    }
}
