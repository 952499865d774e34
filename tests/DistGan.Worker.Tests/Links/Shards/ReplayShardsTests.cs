using DistGan.Grains.Interfaces.Replay;
using DistGan.Recipes;
using DistGan.Training.Links;
using DistGan.Worker.Links;
using DistGan.Worker.Links.Shards;
using DistGan.Worker.Tests.Fakes;
using Microsoft.Extensions.Time.Testing;

namespace DistGan.Worker.Tests.Links.Shards;

public sealed class ReplayShardsTests
{
    private const int ItemBytes = 4;
    private const long Start = 3;
    private static readonly int[] Stored = [40, 80, 120];
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan PartTimeout = TimeSpan.FromSeconds(2);

    private readonly FakeTimeProvider _time = new();
    private readonly EventLog _events = new();

    public static TheoryData<double, string, bool> Weights => new()
    {
        { 0, "uniform", false },
        { 0.25, "uniform", false },
        { 1, "uniform", false },
        { 4, "uniform", false },
        { 0, "uniform", true },
        { 1, "uniform", true },
        { 4, "uniform", true },
        { 0.5, "recency", false },
        { 1, "recency", false },
    };

    /// <summary>
    /// Replicas 0, 1 and 2 have stored 40, 80 and 120 images of 8 in a group; replica 1 draws. Under uniform selection an image's probability is w_i/Σw, in
    /// one buffer and in three; the counts per image follow it within 5 σ, σ² = n·p·(1 − p), in groups with σ² larger by the images of a draw.
    /// </summary>
    [Theory]
    [MemberData(nameof(Weights))]
    public async Task DrawAsync_ManyRounds_DrawsAsOneBufferDoes(double weight, string selection, bool grouped)
    {
        var settings = new ReplaySettings { ItemBytes = ItemBytes, BudgetBytes = 1 << 16, Selection = selection == "recency" ? ReplaySelection.Recency : ReplaySelection.Uniform, HalfLife = 0.25 };
        var sharded = Sharded(await ShardsAsync(settings, Stored), replica: 1, weight);
        var one = await WholeAsync(settings);
        var request = new ReplayRequest(10, 8, grouped, 0);
        var (many, single, images) = (new double[3], new double[3], new Dictionary<(int, int), int>());
        const int Rounds = 500;
        for (var round = 1; round <= Rounds; round++)
        {
            var (answer, missed) = await sharded.DrawAsync(round, request with { Seed = round }, CancellationToken.None);
            Assert.Equal((10, 0), (answer.Draws, missed));
            Count(answer, many, images);
            Count(await one.ExchangeAsync(Ask(request with { Seed = 100_000 + round }, 1, weight)), single, []);
        }

        const int N = Rounds * 80;
        var sum = Stored.Select((count, replica) => count * WeightOf(replica, weight)).Sum();
        for (var replica = 0; replica < 3; replica++)
        {
            var share = Stored[replica] * WeightOf(replica, weight) / sum;
            var sigma = Math.Sqrt(share * (1 - share) / N * (grouped ? 8 : 1));
            Assert.Equal(share, many[replica] / N, (5 * sigma) + 1e-12);
            Assert.Equal(many[replica] / N, single[replica] / N, (5 * Math.Sqrt(2) * sigma) + (selection == "recency" ? 0.01 : 1e-12));
        }

        Assert.All(selection == "uniform" ? images : [], image =>
        {
            var expected = N * WeightOf(image.Key.Item1, weight) / sum;
            Assert.Equal(expected, image.Value, 5 * Math.Sqrt(expected * (grouped ? 8 : 1)));
        });
    }

    [Fact]
    public async Task DrawAsync_ManyShards_AsksEightOthersARoundAndDrawsFromEachAlike()
    {
        const int Shards = 33, Rounds = 2000;
        var shards = await ShardsAsync(new ReplaySettings { ItemBytes = ItemBytes, BudgetBytes = 1 << 16 }, [.. Enumerable.Repeat(8, Shards)]);
        var sharded = Sharded(shards, replica: 5, weight: 1);
        var drawn = new int[Shards];

        for (var round = 1; round <= Rounds; round++)
        {
            var before = shards.Select(static shard => shard.Asked).ToArray();
            var (answer, missed) = await sharded.DrawAsync(round, new ReplayRequest(1, 8, false, round), CancellationToken.None);
            Assert.Equal((1, 0, Shards * 8 * ItemBytes), (answer.Draws, missed, answer.StoredBytes));
            Assert.Equal(ReplayShards.MostOthers + 1, shards.Where((shard, index) => shard.Asked > before[index]).Count());
            Array.ForEach(answer.Replicas, replica => drawn[replica]++);
        }

        // A round gives a shard 8/33 images on average; that a quarter of the others stands for all makes the variance 1.6 times as large for them, and none for the own one.
        var expected = Rounds * 8.0 / Shards;
        Assert.All(drawn, count => Assert.Equal(expected, count, 5 * Math.Sqrt(expected * 1.7)));
    }

    [Fact]
    public async Task DrawAsync_ByRecency_HalvesWithEachHalfLifeWithinAShard()
    {
        var settings = new ReplaySettings { ItemBytes = ItemBytes, BudgetBytes = 1 << 16, Selection = ReplaySelection.Recency, HalfLife = 0.25 };
        var sharded = Sharded(await ShardsAsync(settings, [80, 160]), replica: 0, weight: 1);

        var (answer, _) = await sharded.DrawAsync(1, new ReplayRequest(1, 48_000, false, 5), CancellationToken.None);

        // Quarters of a shard, the newest last: 1, 2, 4 and 8 parts of 15.
        var quarters = answer.Replicas.Select((replica, i) => (Replica: replica, Quarter: Place(answer, i) * 4 / (replica == 0 ? 80 : 160))).CountBy(static image => image).ToDictionary();
        foreach (var (replica, share) in new[] { (0, 1 / 3.0), (1, 2 / 3.0) })
        {
            Assert.All(Enumerable.Range(0, 4), quarter => Assert.Equal(48_000 * share * (1 << quarter) / 15.0, quarters[(replica, quarter)], 5 * Math.Sqrt(48_000 / 4.0)));
        }
    }

    [Fact]
    public async Task DrawAsync_InOrder_EachShardShowsEachOnceAndBeginsAnew()
    {
        var settings = new ReplaySettings { ItemBytes = ItemBytes, BudgetBytes = 1 << 16, Selection = ReplaySelection.Fifo };
        var sharded = Sharded(await ShardsAsync(settings, [8, 16]), replica: 0, weight: 1);

        var seen = new Dictionary<int, List<int>> { [0] = [], [1] = [] };
        for (var round = 1; round <= 20; round++)
        {
            var (answer, _) = await sharded.DrawAsync(round, new ReplayRequest(2, 3, false, round), CancellationToken.None);
            for (var i = 0; i < answer.Steps.Length; i++)
            {
                seen[answer.Replicas[i]].Add(Place(answer, i));
            }
        }

        Assert.Equal(Enumerable.Range(0, seen[0].Count).Select(static i => i % 8), seen[0]);
        Assert.Equal(Enumerable.Range(0, seen[1].Count).Select(static i => i % 16), seen[1]);
        Assert.Equal(120, seen[0].Count + seen[1].Count);
    }

    [Fact]
    public async Task DrawAsync_InGroups_EachBatchIsARunOfOneGroup()
    {
        var settings = new ReplaySettings { ItemBytes = ItemBytes, BudgetBytes = 1 << 16 };
        var sharded = Sharded(await ShardsAsync(settings, [40, 80]), replica: 0, weight: 1);

        var (answer, _) = await sharded.DrawAsync(1, new ReplayRequest(50, 5, true, 5), CancellationToken.None);

        Assert.Equal(50, answer.Draws);
        for (var draw = 0; draw < 50; draw++)
        {
            var places = Enumerable.Range(draw * 5, 5).Select(i => (answer.Replicas[i], Group: answer.Steps[i], Place: Place(answer, i) % 8)).ToList();
            Assert.Single(places.Select(static image => (image.Item1, image.Group)).Distinct());
            Assert.Equal(Enumerable.Range(0, 5).Select(i => (places[0].Place + i) % 8), places.Select(static image => image.Place));
        }

        Assert.Equal(2, answer.Replicas.Distinct().Count());
    }

    [Fact]
    public async Task DrawAsync_UnderALimit_GivesSoManyForEachInsertOfTheJob()
    {
        var settings = new ReplaySettings { ItemBytes = ItemBytes, BudgetBytes = 1 << 16, SamplesPerInsert = 0.5 };
        var sharded = Sharded(await ShardsAsync(settings, [40, 80, 120]), replica: 1, weight: 1);

        var given = 0L;
        var last = default(ReplayTally);
        for (var round = 1; round <= 40; round++)
        {
            var (answer, _) = await sharded.DrawAsync(round, new ReplayRequest(2, 10, false, round), CancellationToken.None);
            given += answer.Steps.Length;
            last = answer.Tally;
        }

        Assert.Equal((240L, 120L, 120L), (last.Inserted, last.Drawn, given));
    }

    [Fact]
    public async Task DrawAsync_AShardIsSilent_IsLeftOutCountedAndPassedOverForARound()
    {
        var shards = await ShardsAsync(new ReplaySettings { ItemBytes = ItemBytes, BudgetBytes = 1 << 16 }, [40, 80, 120]);
        var gate = new TaskCompletionSource();
        shards[2].BeforeAnswer = () => gate.Task;
        var sharded = Sharded(shards, replica: 0, weight: 1);
        var request = new ReplayRequest(4, 8, false, 7);

        var drawing = sharded.DrawAsync(1, request, CancellationToken.None);
        Assert.False(drawing.IsCompleted);
        _time.Advance(PartTimeout);
        var (answer, missed) = await drawing.WaitAsync(Deadline, TestContext.Current.CancellationToken);

        Assert.Equal((4, 1), (answer.Draws, missed));
        Assert.Equal([0, 1], answer.Replicas.Distinct().Order());
        Assert.Equal([EventKinds.ReplayStale], _events.Kinds);

        // Passed over: nothing waits, the clock stands still.
        Assert.Equal(1, (await sharded.DrawAsync(2, request, CancellationToken.None).WaitAsync(Deadline, TestContext.Current.CancellationToken)).Missed);
        Assert.Equal(1, shards[2].Asked);
        gate.SetResult();
        Assert.Equal(0, (await sharded.DrawAsync(3, request, CancellationToken.None)).Missed);
        Assert.Equal([EventKinds.ReplayStale, EventKinds.ReplayRecovered], _events.Kinds);
    }

    [Fact]
    public async Task DrawAsync_AShardFailsAfterItHasSaidWhatItHolds_TheOthersPartsAreThere()
    {
        var shards = await ShardsAsync(new ReplaySettings { ItemBytes = ItemBytes, BudgetBytes = 1 << 16 }, [40, 40]);
        var calls = 0;
        shards[1].BeforeAnswer = () => ++calls == 2 ? throw new TimeoutException("gone") : Task.CompletedTask;

        var (answer, missed) = await Sharded(shards, replica: 0, weight: 1).DrawAsync(1, new ReplayRequest(10, 8, false, 7), CancellationToken.None);

        Assert.Equal(1, missed);
        Assert.InRange(answer.Draws, 2, 8);
        Assert.Equal(answer.Draws * 8, answer.Steps.Length);
        Assert.All(answer.Replicas, static replica => Assert.Equal(0, replica));
        Assert.Contains("replay shard 1: gone", Assert.Single(_events.Messages), StringComparison.Ordinal);
    }

    [Fact]
    public async Task DrawAsync_ShardOfAnEarlierStart_GivesNothingAndIsNoEvent()
    {
        var shards = await ShardsAsync(new ReplaySettings { ItemBytes = ItemBytes, BudgetBytes = 1 << 16 }, [40, 40]);
        await shards[1].OpenAsync(Start + 1, new ReplaySettings { ItemBytes = ItemBytes, BudgetBytes = 1 << 16 });

        var (answer, missed) = await Sharded(shards, replica: 0, weight: 1).DrawAsync(1, new ReplayRequest(4, 8, false, 7), CancellationToken.None);

        Assert.Equal((4, 1), (answer.Draws, missed));
        Assert.All(answer.Replicas, static replica => Assert.Equal(0, replica));
        Assert.Empty(_events.Kinds);
    }

    [Fact]
    public async Task DrawAsync_OwnImagesAlone_AsksNobodyElse()
    {
        var shards = await ShardsAsync(new ReplaySettings { ItemBytes = ItemBytes, BudgetBytes = 1 << 16 }, [40, 40]);

        var (answer, missed) = await Sharded(shards, replica: 0, weight: 0).DrawAsync(1, new ReplayRequest(4, 8, false, 7), CancellationToken.None);

        Assert.Equal((4, 0, 0), (answer.Draws, missed, shards[1].Asked));
    }

    [Theory]
    [InlineData(7, 3)]
    [InlineData(1000, 7)]
    [InlineData(4096, 4096)]
    public void BudgetOf_AllShards_IsTheBudget(long budget, int shards)
    {
        var recipe = new ExperienceReplayRecipe { BudgetBytes = budget };

        var parts = Enumerable.Range(0, shards).Select(shard => recipe.BudgetOf(shard, shards)).ToList();

        Assert.Equal(budget, parts.Sum());
        Assert.InRange(parts.Max() - parts.Min(), 0, 1);
    }

    private static double WeightOf(int replica, double othersWeight) => replica == 1 ? 1 : othersWeight;

    /// <summary>One buffer with the images of all three, in 15 turns, so that an image is as old among all as in its shard.</summary>
    private static async Task<RingReplay> WholeAsync(ReplaySettings settings)
    {
        var one = new RingReplay();
        await one.OpenAsync(Start, settings);
        for (var turn = 0; turn < 15; turn++)
        {
            foreach (var (replica, count) in Stored.Index())
            {
                var (from, to) = (turn * count / 15, (turn + 1) * count / 15);
                await one.RestoreAsync(Chunk(replica, from, to - from));
            }
        }

        return one;
    }

    private ReplayShards Sharded(IReadOnlyList<RingReplay> shards, int replica, double weight) => new(
        shards, replica, new ShardAsker(replica, weight, Start), 1 << 17, PartTimeout, new LinkHealth("replay of other replicas", EventKinds.ReplayStale, EventKinds.ReplayRecovered, _events), _time);

    /// <summary>Shard s holds so many images of replica s, in groups of 8; an image's bytes say which it is.</summary>
    private static async Task<RingReplay[]> ShardsAsync(ReplaySettings settings, int[] stored)
    {
        var shards = stored.Select(static _ => new RingReplay()).ToArray();
        foreach (var (replica, count) in stored.Index())
        {
            await shards[replica].OpenAsync(Start, settings);
            await shards[replica].RestoreAsync(Chunk(replica, 0, count));
        }

        return shards;
    }

    private static ReplayChunk Chunk(int replica, int from, int count)
    {
        var images = Enumerable.Range(from, count).SelectMany(BitConverter.GetBytes).ToArray();
        var groups = Enumerable.Range(from, count).GroupBy(static place => place / 8).Select(group => new ReplayGroupHeader(replica, group.Key, group.Count()));
        return new ReplayChunk { Groups = [.. groups], Images = images };
    }

    private static ReplayExchange Ask(ReplayRequest request, int replica, double weight) => new()
    {
        Push = new ReplayChunk { Groups = [], Images = default },
        Draws = request.Draws,
        ImagesPerDraw = request.ImagesPerDraw,
        Grouped = request.Grouped,
        Seed = request.Seed,
        Replica = replica,
        OthersWeight = weight,
    };

    private static int Place(ReplayAnswer answer, int image) => BitConverter.ToInt32(answer.Images.Span.Slice(image * ItemBytes, ItemBytes));

    private static void Count(ReplayAnswer answer, double[] replicas, Dictionary<(int, int), int> images)
    {
        for (var i = 0; i < answer.Replicas.Length; i++)
        {
            replicas[answer.Replicas[i]]++;
            var key = (answer.Replicas[i], Place(answer, i));
            images[key] = images.GetValueOrDefault(key) + 1;
        }
    }
}
