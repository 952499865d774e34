using System.Diagnostics;
using System.Globalization;
using DistGan.Grains.Interfaces.Replay;
using DistGan.Recipes;
using Orleans;
using Orleans.Runtime;
using StackExchange.Redis;

namespace DistGan.Bench.Replays;

/// <summary>What a client of the replay bench can do; images per second, in calls of 64 images of 784 bytes.</summary>
internal sealed class ReplayWork(IGrainFactory grains, string redis) : IDisposable
{
    /// <summary>Images of a call.</summary>
    public const int Images = 64;

    public const int ItemBytes = 28 * 28;

    /// <summary>Images that Redis and the buffer hold.</summary>
    public const int Stored = 16_384;

    private static readonly ReplayChunk Nothing = new() { Groups = [], Images = default };
    private readonly Lazy<ConnectionMultiplexer> _redis = new(() => ConnectionMultiplexer.Connect(redis));
    private readonly Random _random = new(1);
    private long _seed;
    private long _check;

    /// <summary>fill; or insert|sample real|null SECONDS CALLS; or mget SECONDS.</summary>
    public Task<double> DoAsync(string[] words) => words switch
    {
        ["fill"] => FillAsync(),
        ["insert", var kind, var seconds, var calls] => RunAsync(seconds, calls, () => InsertAsync(Grain(kind))),
        ["sample", var kind, var seconds, var calls] => RunAsync(seconds, calls, () => SampleAsync(Grain(kind))),
        ["mget", var seconds] => RunAsync(seconds, "1", GetAsync),
        _ => throw new DistGanException($"'{string.Join(' ', words)}' is no work of a replay client."),
    };

    public void Dispose()
    {
        if (_redis.IsValueCreated)
        {
            _redis.Value.Dispose();
        }
    }

    private IReplayBufferGrain Grain(string kind)
        => kind == "real" ? grains.GetGrain<IReplayBufferGrain>("bench/0") : grains.GetGrain<IReplayBufferGrain>(GrainId.Create(NullReplayGrain.TypeName, "bench/0"));

    /// <summary>Empties both grains and fills the buffer and Redis with the same images.</summary>
    private async Task<double> FillAsync()
    {
        var size = new ReplaySettings { ItemBytes = ItemBytes, BudgetBytes = (long)Stored * ItemBytes };
        await Grain("null").ResetAsync(size);
        await Grain("real").ResetAsync(size);
        var database = _redis.Value.GetDatabase();
        for (var first = 0; first < Stored; first += Images)
        {
            var push = Push();
            await Grain("real").ExchangeAsync(Exchange(push, draws: 0));
            await database.StringSetAsync([.. Enumerable.Range(0, Images).Select(i => KeyValuePair.Create(Key(first + i), (RedisValue)push.Images.Slice(i * ItemBytes, ItemBytes).ToArray()))]);
        }

        return Stored;
    }

    /// <summary>Calls in flight at a time, until the time is over; whole calls count.</summary>
    private static async Task<double> RunAsync(string seconds, string calls, Func<Task> call)
    {
        await call();
        var (limit, done, start) = (TimeSpan.FromSeconds(double.Parse(seconds, CultureInfo.InvariantCulture)), 0L, Stopwatch.GetTimestamp());
        await Task.WhenAll(Enumerable.Range(0, int.Parse(calls, CultureInfo.InvariantCulture)).Select(_ => Task.Run(async () =>
        {
            while (Stopwatch.GetElapsedTime(start) < limit)
            {
                await call();
                Interlocked.Add(ref done, Images);
            }
        })));
        return done / Stopwatch.GetElapsedTime(start).TotalSeconds;
    }

    private Task InsertAsync(IReplayBufferGrain grain) => grain.ExchangeAsync(Exchange(Push(), draws: 0));

    private async Task SampleAsync(IReplayBufferGrain grain)
    {
        var answer = await grain.ExchangeAsync(Exchange(Nothing, draws: 1));
        if (answer.Images.Length != Images * ItemBytes)
        {
            throw new DistGanException($"An answer has {answer.Images.Length} bytes instead of {Images * ItemBytes}.");
        }

        Interlocked.Add(ref _check, answer.Images.Span[^1]);
    }

    private async Task GetAsync()
    {
        var keys = new RedisKey[Images];
        for (var i = 0; i < keys.Length; i++)
        {
            keys[i] = Key(_random.Next(Stored));
        }

        foreach (var value in await _redis.Value.GetDatabase().StringGetAsync(keys))
        {
            var bytes = (byte[])value! ?? throw new DistGanException("Redis has lost an image.");
            _check += bytes[^1];
        }
    }

    /// <summary>A push has memory of its own, as that of a round has.</summary>
    private ReplayChunk Push()
    {
        var images = GC.AllocateUninitializedArray<byte>(Images * ItemBytes);
        images.AsSpan().Fill((byte)Interlocked.Increment(ref _seed));
        return new ReplayChunk { Groups = [new ReplayGroupHeader(0, _seed, Images)], Images = images };
    }

    private ReplayExchange Exchange(ReplayChunk push, int draws) => new()
    {
        Push = push, Draws = draws, ImagesPerDraw = Images, Grouped = false, Seed = Interlocked.Increment(ref _seed),
    };

    private static RedisKey Key(int image) => (RedisKey)string.Create(CultureInfo.InvariantCulture, $"i{image}");
}
