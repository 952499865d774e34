using System.Text.Json.Nodes;
using DistGan.Recipes;
using DistGan.Training.Links;
using DistGan.Training.Steps;
using DistGan.Training.Techniques.Merging;
using DistGan.Training.Tests.Steps;
using DistGan.Training.Vectors;
using TorchSharp;
using static TorchSharp.torch;

namespace DistGan.Training.Tests.Techniques.Merging;

public sealed class GossipMovesTests
{
    private static readonly Recipe Gossip = TinyRecipes.Of() with { Topology = new TopologyRecipe { Kind = "gossip", Replicas = 2, RoundSteps = 3 } };

    [Fact]
    public void Advance_TwoThatTakeEachOther_MeetInTheMiddleOfWhatBothOffered()
    {
        var (left, right) = (new MemoryMerge { Pull = 0.5 }, new MemoryMerge { Pull = 0.5 });
        using var zero = Create(0, left);
        using var one = Create(1, right);
        TinyRecipes.Advance(zero, 3);
        TinyRecipes.Advance(one, 3);
        left.Answer = _ => right.Contributed[0].Vectors;
        right.Answer = _ => left.Contributed[0].Vectors;
        zero.ScaleRates(0);
        one.ScaleRates(0);
        TinyRecipes.Advance(zero, 3);
        TinyRecipes.Advance(one, 3);

        var middle = left.Contributed[0].Vectors[MergedVector.GeneratorParameters].ToArray()
            .Zip(right.Contributed[0].Vectors[MergedVector.GeneratorParameters].ToArray(), static (a, b) => (float)((a + (double)b) / 2)).ToArray();
        Assert.NotEqual(left.Contributed[0].Vectors[MergedVector.GeneratorParameters].ToArray(), middle);
        Assert.Equal(middle, Weights(zero));
        Assert.Equal(middle, Weights(one));
    }

    [Fact]
    public void Create_OtherReplicaOfAGossipingJob_StartsFromTheSameWeights()
    {
        using var zero = Create(0, new MemoryMerge());
        using var one = Create(1, new MemoryMerge());

        Assert.Equal(Weights(zero), Weights(one));
    }

    [Theory]
    [InlineData(5)]
    [InlineData(7)]
    public void Move_ReplicasOnAFixedRingWithoutTraining_KeepTheirMeanAndComeTogetherGeometrically(int replicas)
    {
        // Each goes half of the way to the next one: the part that turns by 2π/n from one to the next shrinks slowest, by cos(π/n) a round.
        const int Rounds = 40;
        using var scope = NewDisposeScope();
        var all = Enumerable.Range(0, replicas).Select(static replica => tensor(new[] { replica * replica, 10f - replica })).ToArray();
        var (mean, distance) = (Mean(all), Distance(all));
        for (var round = 1; round <= Rounds; round++)
        {
            var offered = Array.ConvertAll(all, static values => values.data<float>().ToArray());
            for (var replica = 0; replica < replicas; replica++)
            {
                MergeArithmetic.Move(all[replica], new MergeTarget(offered[replica], offered[(replica + 1) % replicas]), pull: 0.5);
            }

            Assert.True(Distance(all) <= distance * Math.Pow(Math.Cos(Math.PI / replicas), round) * 1.001, $"Round {round}: {Distance(all)} of {distance}.");
        }

        Assert.All(mean.Zip(Mean(all)), static pair => Assert.Equal(pair.First, pair.Second, 1e-5));
    }

    [Fact]
    public void Report_PartnersPassedOver_AreCountedAndTheCountSurvives()
    {
        var (shared, merge) = (new MemoryLinks(TinyRecipes.Shape), new SkippingMerge());
        using var replica = ReplicaFactory.Create(Gossip, new PatternDataSet(TinyRecipes.Shape), 0, shared.Links with { Merges = merge }, CPU);
        TinyRecipes.Advance(replica, 9);
        var state = replica.Capture();
        using var again = ReplicaFactory.Create(Gossip, new PatternDataSet(TinyRecipes.Shape), 0, shared.Links with { Merges = merge }, CPU);
        again.Restore(state);
        TinyRecipes.Advance(again, 3);

        Assert.Equal([0.0, 2.0, 4.0, 6.0], shared.Reported.Select(static report => report.Values[MetricNames.PartnersSkipped]));
        Assert.All(shared.Reported, static report => Assert.Equal(0, report.Values[MetricNames.MergeMembers]));
    }

    [Fact]
    public void Restore_SnapshotThatKnowsOfNoneSkipped_CountsFromZero()
    {
        using var replica = Create(0, new MemoryMerge());
        TinyRecipes.Advance(replica, 3);
        var state = replica.Capture();
        var counters = JsonNode.Parse(state.Counters.ToJsonString())!.AsObject();
        counters["merging"]!.AsArray().RemoveAt(4);

        replica.Restore(state with { Counters = counters });

        Assert.Equal(0, replica.Capture().Counters["merging"]![4]!.GetValue<long>());
    }

    private static Replica Create(int ordinal, MemoryMerge merge) => ReplicaFactory.Create(
        Gossip, new PatternDataSet(TinyRecipes.Shape), ordinal, new MemoryLinks(TinyRecipes.Shape).Links with { Merges = merge }, CPU);

    private static float[] Weights(Replica replica)
    {
        var numbers = new float[replica.Generator.Parameters.Values.numel()];
        VectorBytes.CopyTo(replica.Generator.Parameters.Values, numbers);
        return numbers;
    }

    private static double[] Mean(Tensor[] all) => stack(all).to_type(ScalarType.Float64).mean([0]).data<double>().ToArray();

    private static double Distance(Tensor[] all)
    {
        var values = stack(all).to_type(ScalarType.Float64);
        return values.sub(values.mean([0], keepdim: true)).norm().item<double>();
    }

    private sealed class SkippingMerge : IMergeSource
    {
        public void Contribute(MergeContribution contribution)
        {
            // Nobody takes it.
        }

        public MergedParameters Take(long boundary) => new(boundary, 0, 0, 1, new Dictionary<MergedVector, MergeTarget>()) { Skipped = 2 };
    }
}
