using DistGan.Grains.Interfaces.Replay;

namespace DistGan.Worker.Tests.Fakes;

/// <summary>A replay buffer in memory: seeded draws over everything that is stored; it can be held up or made to fail.</summary>
internal sealed class FakeReplayGrain : IReplayBufferGrain
{
    private readonly Lock _gate = new();
    private readonly List<(ReplayGroupHeader Header, byte[] Images)> _groups = [];
    private readonly Dictionary<Guid, (ReplayGroupHeader Header, byte[] Images)[]> _captures = [];
    private long _start;
    private ReplaySettings _settings = new() { ItemBytes = 4, BudgetBytes = 1 << 20 };

    /// <summary>Awaited by every exchange before it does anything.</summary>
    public Func<ReplayExchange, Task> BeforeExchange { get; set; } = _ => Task.CompletedTask;

    public Func<Task> AfterExchange { get; set; } = () => Task.CompletedTask;

    public List<ReplayExchange> Exchanges { get; } = [];

    /// <summary>The last tally that it was told to go on from.</summary>
    public ReplayTally Resumed { get; private set; }

    public int Stored
    {
        get
        {
            lock (_gate)
            {
                return _groups.Sum(group => group.Header.Count);
            }
        }
    }

    /// <summary>Changes one byte of the oldest image.</summary>
    public void AlterOldest()
    {
        lock (_gate)
        {
            _groups[0] = (_groups[0].Header, [.. _groups[0].Images.Select(value => (byte)~value)]);
        }
    }

    public async Task<ReplayAnswer> ExchangeAsync(ReplayExchange exchange, CancellationToken cancellationToken = default)
    {
        await BeforeExchange(exchange);
        ReplayAnswer answer;
        lock (_gate)
        {
            Exchanges.Add(exchange);
            Append(exchange.Push);
            answer = Draw(exchange);
        }

        await AfterExchange();
        return answer;
    }

    public Task<ReplayHoldings?> HoldingsAsync(long start, int replica, CancellationToken cancellationToken = default)
        => throw new NotSupportedException("This buffer is the only one.");

    public Task<ReplayCapture> CaptureAsync(CancellationToken cancellationToken = default)
    {
        lock (_gate)
        {
            var id = Guid.NewGuid();
            _captures[id] = [.. _groups];
            return Task.FromResult(new ReplayCapture { Id = id, Chunks = _groups.Count, Settings = _settings });
        }
    }

    public Task<ReplayChunk?> ReadAsync(Guid capture, int index, CancellationToken cancellationToken = default)
    {
        lock (_gate)
        {
            return Task.FromResult(_captures.TryGetValue(capture, out var groups)
                ? new ReplayChunk { Groups = [groups[index].Header], Images = groups[index].Images }
                : null);
        }
    }

    public Task CloseAsync(Guid capture, CancellationToken cancellationToken = default)
    {
        lock (_gate)
        {
            _captures.Remove(capture);
        }

        return Task.CompletedTask;
    }

    public async Task<ReplayOpening> OpenAsync(long start, ReplaySettings settings, CancellationToken cancellationToken = default)
    {
        var isNew = Interlocked.Exchange(ref _start, start) != start;
        if (isNew)
        {
            await ResetAsync(settings, cancellationToken);
        }

        return isNew ? ReplayOpening.Emptied : ReplayOpening.Kept;
    }

    public Task ResetAsync(ReplaySettings settings, CancellationToken cancellationToken = default)
    {
        lock (_gate)
        {
            _settings = settings;
            _groups.Clear();
        }

        return Task.CompletedTask;
    }

    public Task RestoreAsync(ReplayChunk chunk, CancellationToken cancellationToken = default)
    {
        lock (_gate)
        {
            Append(chunk);
        }

        return Task.CompletedTask;
    }

    public Task ResumeAsync(ReplayTally tally, CancellationToken cancellationToken = default)
    {
        Resumed = tally;
        return Task.CompletedTask;
    }

    private void Append(ReplayChunk chunk)
    {
        var at = 0;
        foreach (var group in chunk.Groups)
        {
            var bytes = group.Count * _settings.ItemBytes;
            _groups.Add((group, chunk.Images.Slice(at, bytes).ToArray()));
            at += bytes;
        }
    }

    private ReplayAnswer Draw(ReplayExchange exchange)
    {
        var items = _groups.SelectMany(group => Enumerable.Range(0, group.Header.Count).Select(index => (group.Header, Image: group.Images.AsMemory(index * _settings.ItemBytes, _settings.ItemBytes)))).ToArray();
        var random = new Random((int)(exchange.Seed % int.MaxValue));
        var count = items.Length == 0 ? 0 : exchange.Draws * exchange.ImagesPerDraw;
        var drawn = Enumerable.Range(0, count).Select(_ => items[random.Next(items.Length)]).ToArray();
        return new ReplayAnswer
        {
            Draws = items.Length == 0 ? 0 : exchange.Draws,
            Images = drawn.SelectMany(item => item.Image.ToArray()).ToArray(),
            Steps = [.. drawn.Select(item => item.Header.Step)],
            Replicas = [.. drawn.Select(item => item.Header.Replica)],
            StoredBytes = (long)items.Length * _settings.ItemBytes,
            BudgetBytes = _settings.BudgetBytes,
        };
    }
}
