using DistGan.Grains.Interfaces.Replay;

namespace DistGan.Worker.Links;

/// <summary>The content of a replay buffer at one moment; it can be read more than once until it is disposed.</summary>
internal interface IReplayContent : IAsyncDisposable
{
    ReplaySettings Settings { get; }

    int Chunks { get; }

    /// <summary>What was done with the buffer up to that moment.</summary>
    ReplayTally Tally { get; }

    /// <summary>The chunks, oldest first.</summary>
    IAsyncEnumerable<ReplayChunk> ReadAsync(CancellationToken cancellationToken);
}
