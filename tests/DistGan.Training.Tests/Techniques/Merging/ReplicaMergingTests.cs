using System.Text.Json.Nodes;
using DistGan.Recipes;
using DistGan.Training.Links;
using DistGan.Training.Steps;
using DistGan.Training.Tests.Steps;
using DistGan.Training.Vectors;
using static TorchSharp.torch;

namespace DistGan.Training.Tests.Techniques.Merging;

public sealed class ReplicaMergingTests
{
    private static readonly Recipe Merging = With("averaging");

    [Fact]
    public void Create_OtherReplicaOfAnAveragingJob_StartsFromTheSameWeightsWithOtherDraws()
    {
        Assert.Equal(Start(Merging, 0), Start(Merging, 1));
        Assert.NotEqual(Start(With("independent"), 0), Start(With("independent"), 1));

        using var zero = Create(Merging, 0, new MemoryMerge());
        using var one = Create(Merging, 1, new MemoryMerge());
        zero.Advance();
        one.Advance();

        Assert.NotEqual(Weights(zero.Generator), Weights(one.Generator));
    }

    [Fact]
    public void Advance_AtABoundary_ContributesEveryVectorWithItsWeight()
    {
        var merge = new MemoryMerge();
        using var replica = Create(Merging with { Balance = new StaticBalanceRecipe { Discriminator = 2 } }, 0, merge);

        TinyRecipes.Advance(replica, 6);

        Assert.Equal([1L, 2L], merge.Contributed.Select(static made => made.Boundary));
        Assert.All(merge.Contributed, static made => Assert.Equal((0L, 3L * 2 * 8), (made.Version, made.Samples)));
        var last = merge.Contributed[1].Vectors;
        Assert.Equal(Weights(replica.Generator), last[MergedVector.GeneratorParameters].ToArray());
        Assert.Equal(Numbers(replica.Generator.Buffers.Values), last[MergedVector.GeneratorStatistics].ToArray());
        Assert.Equal(Weights(replica.Discriminator), last[MergedVector.DiscriminatorParameters].ToArray());
    }

    [Fact]
    public void Advance_AnswerOfTheRoundBefore_MovesTheWeightsAndKeepsWhatWasTrained()
    {
        var (plain, merge) = (new MemoryMerge(), new MemoryMerge { Pull = 0.5 });
        merge.Answer = static made => MemoryMerge.Shifted(made, 1);
        using var alone = Create(Merging, 0, plain);
        using var merged = Create(Merging, 0, merge);

        TinyRecipes.Advance(alone, 6);
        TinyRecipes.Advance(merged, 6);

        // Until boundary 2 both train alike; there the outcome of boundary 1 moves one of them by half of 1, before it contributes.
        var (expected, actual) = (Weights(alone.Generator), Weights(merged.Generator));
        Assert.All(expected.Zip(actual), static pair => Assert.Equal(pair.First + 0.5f, pair.Second, 1e-6f));
        Assert.Equal(actual, merge.Contributed[1].Vectors[MergedVector.GeneratorParameters].ToArray());
        Assert.Equal(1, merge.Contributed[1].Version);
        Assert.Equal(Moments(alone), Moments(merged));
    }

    [Fact]
    public void Advance_TwoReplicasOfOneMergeWithNothingTrainedSince_AreEqualToTheBit()
    {
        var merges = new[] { new MemoryMerge(), new MemoryMerge() };
        using var zero = Create(Merging, 0, merges[0]);
        using var one = Create(Merging, 1, merges[1]);
        TinyRecipes.Advance(zero, 3);
        TinyRecipes.Advance(one, 3);
        foreach (var merge in merges)
        {
            merge.Answer = _ => Mean(merges[0].Contributed[0], merges[1].Contributed[0]);
        }

        Assert.NotEqual(Weights(zero.Generator), Weights(one.Generator));
        zero.ScaleRates(0);
        one.ScaleRates(0);
        TinyRecipes.Advance(zero, 3);
        TinyRecipes.Advance(one, 3);

        Assert.Equal(Weights(zero.Generator), Weights(one.Generator));
        Assert.Equal(Weights(zero.Discriminator), Weights(one.Discriminator));
    }

    [Fact]
    public void Advance_NoAnswer_GoesOnAndSaysHowStaleItIs()
    {
        var merge = new MemoryMerge { Answer = static made => made.Boundary == 1 ? MemoryMerge.Shifted(made, 0) : null };
        var shared = new MemoryLinks(TinyRecipes.Shape);
        using var replica = ReplicaFactory.Create(Merging, new PatternDataSet(TinyRecipes.Shape), 0, shared.Links with { Merges = merge }, CPU);

        TinyRecipes.Advance(replica, 12);

        Assert.Equal([3.0, 3.0, 6.0, 9.0], shared.Reported.Select(static report => report.Values[MetricNames.MergeStalenessSteps]));
        Assert.Equal([0.0, 2.0, 2.0, 2.0], shared.Reported.Select(static report => report.Values[MetricNames.MergeMembers]));
    }

    [Fact]
    public void Restore_BetweenBoundaries_ContributesTheSame()
    {
        var (whole, rest) = (new MemoryMerge(), new MemoryMerge());
        using var first = Create(Merging, 0, whole);
        TinyRecipes.Advance(first, 4);
        var state = first.Capture();
        state = state with { Counters = JsonNode.Parse(state.Counters.ToJsonString())!.AsObject() };
        TinyRecipes.Advance(first, 2);

        using var second = Create(Merging, 0, rest);
        second.Restore(state);
        TinyRecipes.Advance(second, 2);

        var (expected, actual) = (whole.Contributed[1], Assert.Single(rest.Contributed));
        Assert.Equal((expected.Boundary, expected.Samples, expected.Version), (actual.Boundary, actual.Samples, actual.Version));
        Assert.All(expected.Vectors, pair => Assert.Equal(pair.Value.ToArray(), actual.Vectors[pair.Key].ToArray()));
    }

    [Fact]
    public void Join_TheCurrentMerge_TakesItsWeightsAndKeepsTheOptimiser()
    {
        var merge = new MemoryMerge();
        using var replica = Create(Merging, 0, merge);
        TinyRecipes.Advance(replica, 3);
        var moments = Moments(replica);
        var current = MemoryMerge.Shifted(merge.Contributed[0], 2).ToDictionary(static pair => pair.Key, static pair => new MergeTarget(pair.Value, pair.Value));

        replica.Join(new MergedParameters(1, 9, 0, 1, current));

        Assert.Equal(current[MergedVector.GeneratorParameters].Target.ToArray(), Weights(replica.Generator));
        Assert.Equal(moments, Moments(replica));
        TinyRecipes.Advance(replica, 3);
        Assert.Equal(9, merge.Contributed[1].Version);
    }

    [Fact]
    public void Advance_NowhereToMerge_SaysWhatToDo()
    {
        using var replica = TinyRecipes.Create(Merging, new MemoryLinks(TinyRecipes.Shape).Links);

        var failure = Assert.Throws<DistGanException>(() => TinyRecipes.Advance(replica, 3));

        Assert.Contains("independent", failure.Message, StringComparison.Ordinal);
    }

    private static Recipe With(string kind) => TinyRecipes.Of() with { Topology = new TopologyRecipe { Kind = kind, Replicas = 2, RoundSteps = 3 } };

    private static Replica Create(Recipe recipe, int ordinal, MemoryMerge merge) => ReplicaFactory.Create(
        recipe, new PatternDataSet(TinyRecipes.Shape), ordinal, new MemoryLinks(TinyRecipes.Shape).Links with { Merges = merge }, CPU);

    private static float[] Start(Recipe recipe, int ordinal)
    {
        using var replica = Create(recipe, ordinal, new MemoryMerge());
        return Weights(replica.Generator);
    }

    private static float[] Weights(PlayerModel model) => Numbers(model.Parameters.Values);

    private static string Moments(Replica replica)
        => string.Concat(replica.Generator.Optimizer.State.Select(static pair => Convert.ToHexString(VectorBytes.Copy(pair.Value))));

    private static float[] Numbers(Tensor values)
    {
        var numbers = new float[values.numel()];
        VectorBytes.CopyTo(values, numbers);
        return numbers;
    }

    private static Dictionary<MergedVector, ReadOnlyMemory<float>> Mean(MergeContribution one, MergeContribution other)
        => one.Vectors.ToDictionary(
            static pair => pair.Key,
            pair => (ReadOnlyMemory<float>)pair.Value.ToArray().Zip(other.Vectors[pair.Key].ToArray(), static (left, right) => (float)(((double)left + right) / 2)).ToArray());
}
