using System.Buffers;
using CsCheck;
using DistGan.Recipes;
using DistGan.Training.Data;
using DistGan.Training.Layers;
using DistGan.Training.Links;
using DistGan.Training.Networks;
using DistGan.Training.Steps;
using TorchSharp;

namespace DistGan.Training.Tests.Links;

public sealed class LocalLinksTests
{
    [Fact]
    public void Replay_AboveItsBudget_LosesTheOldestGroups()
    {
        var replay = new LocalReplay(itemBytes: 2, budgetBytes: 8);

        replay.Exchange(Offer(1, [(10, 2), (11, 1)]));
        replay.Exchange(Offer(2, [(12, 2)]));

        Assert.Equal(3, replay.Count);
        using var draws = replay.Take(2);
        Assert.All(draws!.Steps, static step => Assert.Contains(step, new long[] { 11, 12 }));
        Assert.Equal(6.0 / 8, draws.Fill);
    }

    [Fact]
    public void Replay_Draws_AreAFunctionOfTheSeed()
    {
        Assert.Equal(Drawn(5), Drawn(5));
        Assert.NotEqual(Drawn(5), Drawn(6));

        static byte[] Drawn(long seed)
        {
            var replay = new LocalReplay(1, 1000);
            replay.Exchange(Offer(1, [(1, 100), (2, 100)], new ReplayRequest(4, 8, Grouped: false, seed)));
            using var draws = replay.Take(1);
            return draws!.Images.ToArray();
        }
    }

    [Fact]
    public void Replay_GroupedDraw_ComesFromOneGroup()
        => Gen.Select(Gen.Int[1, 9], Gen.Int[1, 9], Gen.Int[1, 20], Gen.Long).Sample((first, second, images, seed) =>
        {
            var replay = new LocalReplay(1, 1000);
            replay.Exchange(Offer(1, [(1, first), (2, second)], new ReplayRequest(3, images, Grouped: true, seed)));
            using var draws = replay.Take(1);
            return draws!.Steps.Count == 3 * images && Enumerable.Range(0, 3).All(draw => draws.Steps.Skip(draw * images).Take(images).Distinct().Count() == 1);
        });

    [Fact]
    public void Replay_WhatIsNotThere_IsNull()
    {
        var replay = new LocalReplay(4, 2);

        replay.Exchange(Offer(3, [(1, 1)], itemBytes: 4));

        Assert.Null(replay.Take(2));
        using var draws = replay.Take(3);
        Assert.Equal(0, draws!.Draws);
        Assert.Null(replay.Take(3));
    }

    [Fact]
    public void Parameters_Average_IsTheSumOverTheUpdates()
    {
        var parameters = new LocalParameters();

        parameters.Contribute(Contribution(1, 2, 3, 5));
        parameters.Contribute(Contribution(2, 3, 7, 0));

        using var first = parameters.Take(Player.Generator, 1);
        using var second = parameters.Take(Player.Generator, 2);
        Assert.Equal([1.5f, 2.5f], first!.Mean.ToArray());
        Assert.Equal([2f, 1f], second!.Mean.ToArray());
        Assert.Equal(5, second.Count);
        Assert.Null(parameters.Take(Player.Discriminator, 2));
    }

    [Fact]
    public void Replica_WithLocalLinks_RepeatsByteForByteAndUsesItsHistory()
    {
        var (first, reports) = Train();
        var (second, _) = Train();

        Assert.Equal(first, second);
        Assert.True(reports[^1].Values[MetricNames.ReplayFill] > 0 && reports[^1].Values.ContainsKey(MetricNames.ReplayAgeSteps));
        Assert.Equal(10, reports[^1].Values[MetricNames.ParametersStalenessSteps]);
    }

    [Fact]
    public void Replica_WithPartsOfItsOwn_IsBuiltFromThem()
    {
        var recipe = Recipe() with { Generator = new() { Network = "mlp", Width = 8 } };
        using var data = Data();
        using var replica = ReplicaFactory.Create(recipe, data, 0, LocalLinks.For(recipe, data.Shape), torch.CPU, new() { Discriminator = new OneLayer() });

        replica.Advance();

        Assert.Equal(3, replica.Discriminator.Network.Parameters.Length);
        Assert.True(replica.Generator.Network.Parameters.Length > 3);
    }

    private static (float[] Samples, List<RoundReport> Reports) Train()
    {
        var (recipe, reports) = (Recipe(), new List<RoundReport>());
        using var data = Data();
        using var replica = ReplicaFactory.Create(recipe, data, 0, LocalLinks.For(recipe, data.Shape, reports.Add), torch.CPU);
        while (replica.Step < 40)
        {
            replica.Advance();
        }

        using var samples = replica.Sample("samples", 16);
        return (samples.data<float>().ToArray(), reports);
    }

    private static Recipe Recipe() => new()
    {
        Data = new() { Name = "ring" },
        Latent = new() { Size = 2 },
        Generator = new() { Network = "mlp", Width = 16 },
        Discriminator = new() { Network = "mlp", Width = 16 },
        Techniques = new() { ExperienceReplay = new(), HistoricalAveraging = new() },
        Topology = new() { RoundSteps = 10 },
        Batch = 16,
        Precision = "float32",
    };

    private static GaussianMixtureDataSet Data() => new("ring", GaussianMixtureDataSet.Ring(8), 256, 1);

    private static ReplayOffer Offer(long boundary, (long Step, int Count)[] groups, ReplayRequest? request = null, int itemBytes = 0)
    {
        var each = itemBytes > 0 ? itemBytes : request is null ? 2 : 1;
        var length = groups.Sum(static group => group.Count) * each;
        var rented = ArrayPool<byte>.Shared.Rent(length);
        for (var i = 0; i < length; i++)
        {
            rented[i] = (byte)i;
        }

        return new(boundary, [.. groups.Select(static group => new ReplayGroup(group.Step, group.Count))], request ?? new ReplayRequest(2, 4, Grouped: false, 1), rented, length);
    }

    private static ParameterContribution Contribution(long boundary, long count, params float[] sum)
    {
        var rented = ArrayPool<float>.Shared.Rent(sum.Length);
        sum.CopyTo(rented, 0);
        return new(Player.Generator, boundary, count, rented, sum.Length);
    }

    private sealed class OneLayer : INetworkFamily
    {
        public NetworkDefinition Generator(PlayerRecipe recipe, int latent, SampleShape shape) => throw new NotSupportedException("Only a discriminator.");

        public NetworkDefinition Discriminator(PlayerRecipe recipe, SampleShape shape, bool normalize) => new("one", [shape.Elements], [new Dense(1)]);
    }
}
