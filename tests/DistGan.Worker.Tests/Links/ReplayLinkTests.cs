using System.Buffers;
using DistGan.Grains.Interfaces.Replay;
using DistGan.Recipes;
using DistGan.Training.Links;
using DistGan.Worker.Links;
using DistGan.Worker.Links.Shards;
using DistGan.Worker.Tests.Fakes;
using Microsoft.Extensions.Time.Testing;

namespace DistGan.Worker.Tests.Links;

public sealed class ReplayLinkTests : IAsyncDisposable
{
    private static readonly ReplaySettings Size = new() { ItemBytes = 4, BudgetBytes = 1 << 20 };
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(30);
    private readonly FakeReplayGrain _grain = new();
    private readonly FakeTimeProvider _time = new();
    private readonly EventLog _events = new();
    private readonly ReplayLink _link;

    public ReplayLinkTests()
        => _link = new ReplayLink(_grain, 3, new LinkSettings { Patience = TimeSpan.FromSeconds(10), CallTimeout = Timeout.InfiniteTimeSpan, Capacity = 2 }, _events, _time);

    public ValueTask DisposeAsync() => _link.DisposeAsync();

    [Fact]
    public void Take_NeverAsked_IsNothingAndNoStaleness()
    {
        Assert.Null(_link.Take(0));
        Assert.Empty(_events.Kinds);
    }

    [Fact]
    public async Task Take_AnswerOnItsWay_WaitsForIt()
    {
        await _link.StartAsync(Size, null, []);
        var gate = new TaskCompletionSource();
        _grain.BeforeExchange = _ => gate.Task;
        _link.Exchange(Offer(1));
        var take = Task.Run(() => _link.Take(1), TestContext.Current.CancellationToken);
        Assert.False(take.IsCompleted);

        gate.SetResult();

        using var draws = await take.WaitAsync(Deadline, TestContext.Current.CancellationToken);
        Assert.Equal((1, 2, 6), (draws!.Boundary, draws.Draws, draws.Steps.Count));
        Assert.All(draws.Replicas, replica => Assert.Equal(3, replica));
        Assert.Equal([1, 1, 1, 1], draws.Images[..4].ToArray());
    }

    [Fact]
    public async Task Take_GrainSilent_CostsPatienceOnceAndTheLateAnswerServes()
    {
        await _link.StartAsync(Size, null, []);
        var gate = new TaskCompletionSource();
        _grain.BeforeExchange = _ => gate.Task;
        _link.Exchange(Offer(1));
        Assert.Null(await TakePatientlyAsync(1));
        _link.Exchange(Offer(2));
        Assert.Null(_link.Take(2));
        Assert.Equal([EventKinds.ReplayStale], _events.Kinds);

        var exchanged = new SemaphoreSlim(0);
        _grain.AfterExchange = () =>
        {
            exchanged.Release();
            return Task.CompletedTask;
        };
        var third = new TaskCompletionSource();
        _grain.BeforeExchange = _ => third.Task;
        _link.Exchange(Offer(3));
        gate.SetResult();
        using (var late = await NewestAsync(3))
        {
            Assert.True(late.Boundary < 3);
        }

        third.SetResult();
        _grain.BeforeExchange = _ => Task.CompletedTask;
        _link.Exchange(Offer(4));
        await (await _link.CaptureAsync()).Content!.DisposeAsync();
        using var fresh = _link.Take(4);

        Assert.Equal(4, fresh!.Boundary);
        Assert.Equal([EventKinds.ReplayStale, EventKinds.ReplayRecovered], _events.Kinds);
    }

    [Fact]
    public async Task Exchange_TooManyWaiting_DropsTheOldest()
    {
        await _link.StartAsync(Size, null, []);
        var (entered, gate) = (new SemaphoreSlim(0), new TaskCompletionSource());
        _grain.BeforeExchange = _ =>
        {
            entered.Release();
            return gate.Task;
        };
        _link.Exchange(Offer(1));
        Assert.True(await entered.WaitAsync(Deadline, TestContext.Current.CancellationToken), "The grain was not called.");
        foreach (var boundary in Enumerable.Range(2, 4))
        {
            _link.Exchange(Offer(boundary));
        }

        gate.SetResult();
        await (await _link.CaptureAsync()).Content!.DisposeAsync();

        Assert.Equal([1, 4, 5], _grain.Exchanges.Select(exchange => exchange.Push.Groups[0].Step));
    }

    [Fact]
    public async Task CaptureAsync_BetweenTwoExchanges_HasExactlyWhatWasBeforeIt()
    {
        await _link.StartAsync(Size, null, []);
        var gate = new TaskCompletionSource();
        _grain.BeforeExchange = _ => gate.Task;
        _link.Exchange(Offer(1));
        var capturing = _link.CaptureAsync();
        _link.Exchange(Offer(2));
        gate.SetResult();

        var captured = await capturing.WaitAsync(Deadline, TestContext.Current.CancellationToken);
        using var taken = _link.Take(2);
        Assert.Equal(2, taken!.Boundary);

        await using var content = captured.Content!;
        Assert.Equal(1, content.Chunks);
        await using var other = new ReplayLink(new FakeReplayGrain(), 3, new LinkSettings { Patience = TimeSpan.Zero, CallTimeout = Deadline }, _events, TimeProvider.System);
        await other.StartAsync(Size, content, captured.Outstanding);
        using var restored = other.Take(1);
        Assert.Equal(2, restored!.Draws);
        Assert.Equal([1, 1, 1, 1], restored.Images[..4].ToArray());
        Assert.Null(other.Take(2));
    }

    [Fact]
    public async Task StartAsync_OneJoinsWhoHadItAlone_FindsWhatIsThere()
    {
        await _link.StartAsync(Size, null, [], (1, IsShared: false));
        _link.Exchange(Offer(1));
        await (await _link.CaptureAsync()).Content!.DisposeAsync();
        var stored = _grain.Stored;
        Assert.True(stored > 0);

        await using var other = new ReplayLink(_grain, 4, new LinkSettings { Patience = TimeSpan.Zero, CallTimeout = Deadline }, _events, TimeProvider.System);
        await other.StartAsync(Size, null, [], (1, IsShared: true));
        Assert.Equal(stored, _grain.Stored);
        await _link.StartAsync(Size, null, [], (1, IsShared: true));
        Assert.Equal(stored, _grain.Stored);
        await _link.StartAsync(Size, null, [], (1, IsShared: false));
        Assert.Equal(0, _grain.Stored);
    }

    [Fact]
    public async Task Exchange_SeveralShards_PushesToTheOwnOneAndDrawsFromAll()
    {
        RingReplay[] shards = [new(), new(), new()];
        await shards[1].OpenAsync(1, Size);
        await shards[1].RestoreAsync(new ReplayChunk { Groups = [new ReplayGroupHeader(1, 9, 1)], Images = new byte[] { 9, 9, 9, 9 } });
        var health = new LinkHealth("replay of other replicas", EventKinds.ReplayStale, EventKinds.ReplayRecovered, _events);
        var all = new ReplayShards(shards, 0, new ShardAsker(0, 1, 1), 3 * Size.BudgetBytes, Deadline, health, _time);
        await using var link = new ReplayLink(shards[0], 0, new LinkSettings { Patience = TimeSpan.FromSeconds(10), CallTimeout = Timeout.InfiniteTimeSpan }, _events, _time, 1, all);
        await link.StartAsync(Size, null, [], (1, IsShared: true));

        link.Exchange(Offer(1, draws: 40));
        var captured = await link.CaptureAsync();
        await using var content = captured.Content!;
        using var draws = link.Take(1);

        Assert.Equal((40, 1, 8.0 / (3 * Size.BudgetBytes)), (draws!.Draws, draws.ShardsMissed, draws.Fill));
        Assert.Equal([0, 1], draws.Replicas.Distinct().Order());
        Assert.Equal(draws.Replicas.Select(static replica => replica == 0 ? 1 : 9), Enumerable.Range(0, 120).Select(image => (int)draws.Images.Span[image * 4]));
        Assert.Equal((1, 60.0), (content.Chunks, draws.SamplesPerInsert));
        await using var other = new ReplayLink(new FakeReplayGrain(), 0, new LinkSettings { Patience = TimeSpan.Zero, CallTimeout = Deadline }, _events, TimeProvider.System);
        await other.StartAsync(Size, null, captured.Outstanding);
        using var restored = other.Take(1);
        Assert.Equal(draws.ShardsMissed, restored!.ShardsMissed);
        Assert.Equal(draws.Images.ToArray(), restored.Images.ToArray());
    }

    [Fact]
    public void Split_LargePush_KeepsGroupsWholeAndOrdered()
    {
        using var offer = new ReplayOffer(1, [new(1, 2), new(2, 3), new(3, 1)], default, ArrayPool<byte>.Shared.Rent(24), 24);

        var parts = ReplayParts.Split(offer, 0, maxBytes: 12);

        Assert.Equal([[1], [2], [3]], parts.Select(part => part.Groups.Select(group => group.Step)));
        Assert.Equal([8, 12, 4], parts.Select(part => part.Images.Length));
    }

    private static ReplayOffer Offer(long boundary, int draws = 2)
    {
        var rented = ArrayPool<byte>.Shared.Rent(4);
        rented.AsSpan(0, 4).Fill((byte)boundary);
        return new ReplayOffer(boundary, [new ReplayGroup(boundary, 1)], new ReplayRequest(draws, 3, Grouped: false, Seed: boundary), rented, 4);
    }

    /// <summary>Takes while the clock runs on, so that patience ends.</summary>
    private async Task<ReplayDraws?> TakePatientlyAsync(long boundary)
    {
        var take = Task.Run(() => _link.Take(boundary));
        var limit = UntilDeadline();
        while (!take.IsCompleted)
        {
            Assert.False(limit.IsCompleted, "Patience did not end.");
            _time.Advance(TimeSpan.FromSeconds(1));
            await Task.Yield();
        }

        return await take;
    }

    private async Task<ReplayDraws> NewestAsync(long boundary)
    {
        var limit = UntilDeadline();
        while (true)
        {
            if (_link.Take(boundary) is { } draws)
            {
                return draws;
            }

            Assert.False(limit.IsCompleted, "The late answer did not come.");
            await Task.Yield();
        }
    }

    private static Task UntilDeadline() => Task.Delay(Deadline);
}
