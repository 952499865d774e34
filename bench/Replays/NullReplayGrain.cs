using DistGan.Grains.Interfaces.Replay;
using Orleans;

namespace DistGan.Bench.Replays;

/// <summary>What a call of the replay buffer costs when nothing is done: it takes the same messages and gives answers of the same size, always the same one.</summary>
[GrainType(TypeName)]
internal sealed class NullReplayGrain : Grain, IReplayBufferGrain
{
    public const string TypeName = "replay-null";

    private ReplaySettings _size = new() { ItemBytes = 1, BudgetBytes = 1 };
    private ReplayAnswer? _answer;

    public Task<ReplayAnswer> ExchangeAsync(ReplayExchange exchange, CancellationToken cancellationToken = default)
    {
        var images = exchange.Draws * exchange.ImagesPerDraw;
        if (_answer?.Steps.Length != images)
        {
            _answer = new ReplayAnswer
            {
                Draws = exchange.Draws,
                Images = new byte[images * _size.ItemBytes],
                Steps = new long[images],
                Replicas = new int[images],
                StoredBytes = 0,
                BudgetBytes = _size.BudgetBytes,
            };
        }

        return Task.FromResult(_answer);
    }

    public Task<ReplayHoldings?> HoldingsAsync(long start, int replica, CancellationToken cancellationToken = default) => Task.FromResult<ReplayHoldings?>(null);

    public Task<ReplayCapture> CaptureAsync(CancellationToken cancellationToken = default) => throw new NotSupportedException("It holds nothing.");

    public Task<ReplayChunk?> ReadAsync(Guid capture, int index, CancellationToken cancellationToken = default) => Task.FromResult<ReplayChunk?>(null);

    public Task CloseAsync(Guid capture, CancellationToken cancellationToken = default) => Task.CompletedTask;

    public Task<ReplayOpening> OpenAsync(long start, ReplaySettings settings, CancellationToken cancellationToken = default) => Task.FromResult(ReplayOpening.Kept);

    public Task ResetAsync(ReplaySettings settings, CancellationToken cancellationToken = default)
    {
        _size = settings;
        return Task.CompletedTask;
    }

    public Task RestoreAsync(ReplayChunk chunk, CancellationToken cancellationToken = default) => Task.CompletedTask;

    public Task ResumeAsync(ReplayTally tally, CancellationToken cancellationToken = default) => Task.CompletedTask;
}
