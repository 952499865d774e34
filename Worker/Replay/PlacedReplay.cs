using DistGan.Grains.Interfaces.Replay;
using DistGan.Recipes;
using Orleans.Runtime;
using Orleans.Runtime.Placement;

namespace DistGan.Worker.Replay;

/// <summary>A shard as the replica calls it that it belongs to: every call says that the shard's place is this worker.</summary>
/// <param name="shard">The shard.</param>
/// <param name="here">This worker.</param>
internal sealed class PlacedReplay(IReplayBufferGrain shard, SiloAddress here) : IReplayBufferGrain
{
    /// <summary>Once it is away from the worker before, and once more if a call of another replica comes in between.</summary>
    private const int Moves = 4;

    public Task<ReplayAnswer> ExchangeAsync(ReplayExchange exchange, CancellationToken cancellationToken = default) => Here(() => shard.ExchangeAsync(exchange, cancellationToken));

    public Task<ReplayHoldings?> HoldingsAsync(long start, int replica, CancellationToken cancellationToken = default)
        => Here(() => shard.HoldingsAsync(start, replica, cancellationToken));

    public Task<ReplayCapture> CaptureAsync(CancellationToken cancellationToken = default) => Here(() => shard.CaptureAsync(cancellationToken));

    public Task<ReplayChunk?> ReadAsync(Guid capture, int index, CancellationToken cancellationToken = default) => Here(() => shard.ReadAsync(capture, index, cancellationToken));

    public Task CloseAsync(Guid capture, CancellationToken cancellationToken = default) => Here(() => shard.CloseAsync(capture, cancellationToken));

    /// <exception cref="DistGanException">It does not come here.</exception>
    public async Task<ReplayOpening> OpenAsync(long start, ReplaySettings settings, CancellationToken cancellationToken = default)
    {
        for (var moves = 0; moves < Moves; moves++)
        {
            if (await Here(() => shard.OpenAsync(start, settings, cancellationToken)) is not ReplayOpening.Moves and var opening)
            {
                return opening;
            }
        }

        throw new DistGanException($"A shard of the replay buffer does not move to the worker {here}; it is tried again at the end of the round.");
    }

    public Task ResetAsync(ReplaySettings settings, CancellationToken cancellationToken = default) => Here(() => shard.ResetAsync(settings, cancellationToken));

    public Task RestoreAsync(ReplayChunk chunk, CancellationToken cancellationToken = default) => Here(() => shard.RestoreAsync(chunk, cancellationToken));

    public Task ResumeAsync(ReplayTally tally, CancellationToken cancellationToken = default) => Here(() => shard.ResumeAsync(tally, cancellationToken));

    /// <summary>A call takes the place with it when it is made; nothing that follows it does.</summary>
    private TTask Here<TTask>(Func<TTask> call)
        where TTask : Task
    {
        RequestContext.Set(IPlacementDirector.PlacementHintKey, here);
        try
        {
            return call();
        }
        finally
        {
            RequestContext.Remove(IPlacementDirector.PlacementHintKey);
        }
    }
}
