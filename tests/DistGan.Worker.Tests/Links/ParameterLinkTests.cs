using System.Buffers;
using System.Collections.Concurrent;
using DistGan.Training;
using DistGan.Training.Links;
using DistGan.Worker.Links;
using DistGan.Worker.Snapshots;
using DistGan.Worker.Tests.Fakes;

namespace DistGan.Worker.Tests.Links;

public sealed class ParameterLinkTests
{
    private const int Length = (2 * ParameterLink.ShardLength) + 5;
    private static readonly LinkSettings Settings = new() { Patience = TimeSpan.FromSeconds(30), CallTimeout = TimeSpan.FromSeconds(30) };

    [Fact]
    public async Task Take_ThreeShards_IsTheAverageOfEverythingContributed()
    {
        var grains = new ConcurrentDictionary<(Player, int), FakeParameterGrain>();
        await using var link = Make(grains);
        await link.StartAsync(null, []);
        link.Contribute(Sum(Player.Generator, 1, 2, index => index));
        link.Contribute(Sum(Player.Generator, 2, 2, index => 3 * index));

        using var first = link.Take(Player.Generator, 1);
        using var second = link.Take(Player.Generator, 2);

        Assert.Equal((2, 4), (first!.Count, second!.Count));
        Assert.Equal((Length - 1) / 2f, first.Mean.Span[^1]);
        Assert.Equal(Length - 1, second.Mean.Span[^1]);
        Assert.Equal(3, grains.Count);
        Assert.Null(link.Take(Player.Discriminator, 2));
    }

    [Fact]
    public async Task StartAsync_FreshRunOverUsedGrains_EmptiesThem()
    {
        var grains = new ConcurrentDictionary<(Player, int), FakeParameterGrain>();
        await using (var before = Make(grains))
        {
            before.Contribute(Sum(Player.Generator, 1, 2, _ => 100));
            before.Take(Player.Generator, 1)!.Dispose();
        }

        await using var link = Make(grains);
        await link.StartAsync(null, []);
        link.Contribute(Sum(Player.Generator, 1, 2, _ => 4));

        using var average = link.Take(Player.Generator, 1);
        Assert.Equal((2, 2f), (average!.Count, average.Mean.Span[0]));
    }

    [Fact]
    public async Task CaptureAsync_ThenStartElsewhere_GoesOnWithTheSameTotalsAndQuestions()
    {
        await using var link = Make([]);
        await link.StartAsync(null, []);
        link.Contribute(Sum(Player.Generator, 1, 2, index => index));
        var captured = await link.CaptureAsync();
        var totals = TotalsArrays.FromArrays([.. TotalsArrays.ToArrays(captured.Totals!)]);

        await using var other = Make([]);
        await other.StartAsync(totals, captured.Outstanding);
        using var outstanding = other.Take(Player.Generator, 1);
        other.Contribute(Sum(Player.Generator, 2, 2, index => 3 * index));
        using var next = other.Take(Player.Generator, 2);

        Assert.Equal((2, (Length - 1) / 2f), (outstanding!.Count, outstanding.Mean.Span[^1]));
        Assert.Equal((4, Length - 1f), (next!.Count, next.Mean.Span[^1]));
    }

    private static ParameterLink Make(ConcurrentDictionary<(Player, int), FakeParameterGrain> grains)
        => new((player, shard) => grains.GetOrAdd((player, shard), _ => new FakeParameterGrain()), Settings, new EventLog(), TimeProvider.System);

    private static ParameterContribution Sum(Player player, long boundary, long count, Func<int, float> value)
    {
        var rented = ArrayPool<float>.Shared.Rent(Length);
        for (var i = 0; i < Length; i++)
        {
            rented[i] = value(i);
        }

        return new ParameterContribution(player, boundary, count, rented, Length);
    }
}
