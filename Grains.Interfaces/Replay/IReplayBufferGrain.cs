using Orleans.Metadata;

namespace DistGan.Grains.Interfaces.Replay;

/// <summary>
/// A byte-budgeted ring of generated images with their provenance. Key: job/shard. One of a job lies with the control plane (grain type replaybuffer), or
/// shards lie on the workers (replay-shard).
/// </summary>
[Alias("distgan.replay-buffer"), DefaultGrainType("replaybuffer")]
public interface IReplayBufferGrain : IGrainWithStringKey
{
    /// <summary>Stores the pushed images, then draws, as one turn; so the answer is a function of the order of calls.</summary>
    [Alias("exchange")]
    Task<ReplayAnswer> ExchangeAsync(ReplayExchange exchange, CancellationToken cancellationToken = default);

    /// <summary>What it holds for a replica; null where this start of the job has not opened it.</summary>
    [Alias("holdings")]
    Task<ReplayHoldings?> HoldingsAsync(long start, int replica, CancellationToken cancellationToken = default);

    /// <summary>Everything that is stored, as chunks of whole groups of about 1 MiB that share memory with the buffer; sampling goes on.</summary>
    [Alias("capture")]
    Task<ReplayCapture> CaptureAsync(CancellationToken cancellationToken = default);

    /// <summary>Chunk <paramref name="index"/> of a capture; null once the capture is closed or unknown.</summary>
    [Alias("read")]
    Task<ReplayChunk?> ReadAsync(Guid capture, int index, CancellationToken cancellationToken = default);

    /// <summary>Lets go of a capture.</summary>
    [Alias("close")]
    Task CloseAsync(Guid capture, CancellationToken cancellationToken = default);

    /// <summary>Empties the buffer and sets its size once for a start of the job; nothing changes where that start has opened it before.</summary>
    [Alias("open")]
    Task<ReplayOpening> OpenAsync(long start, ReplaySettings settings, CancellationToken cancellationToken = default);

    /// <summary>Empties the buffer and sets its size; the first step of a start or a restore.</summary>
    [Alias("reset")]
    Task ResetAsync(ReplaySettings settings, CancellationToken cancellationToken = default);

    /// <summary>Appends a chunk of a capture, oldest first.</summary>
    [Alias("restore")]
    Task RestoreAsync(ReplayChunk chunk, CancellationToken cancellationToken = default);

    /// <summary>The last step of a restore: what had been done with the content.</summary>
    [Alias("resume")]
    Task ResumeAsync(ReplayTally tally, CancellationToken cancellationToken = default);
}
