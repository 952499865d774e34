using DistGan.Recipes;
using DistGan.Training.Links;
using DistGan.Training.Steps;
using DistGan.Training.Tests.Steps;
using DistGan.Training.Vectors;
using static TorchSharp.torch;

namespace DistGan.Training.Tests.Techniques.Merging;

/// <summary>A merge is of a round ago when it arrives: what it does to the training of that round.</summary>
public sealed class LateMergeTests
{
    private const int RoundSteps = 5;
    private const int Rounds = 12;
    private static readonly MergedVector[] Trained = [MergedVector.GeneratorParameters, MergedVector.DiscriminatorParameters];

    [Fact]
    public void Advance_MergesOfARoundAgoAsDifferences_KeepWhatEachTrainsAndHoldBothTogether()
    {
        var alone = Train(merges: false, overwrites: false);
        var merged = Train(merges: true, overwrites: false);

        foreach (var vector in Trained)
        {
            // Each comes at least half as far from where it began as without merges, and the two stay closer to each other.
            Assert.InRange(Way(merged, vector), 0.5 * Way(alone, vector), 2 * Way(alone, vector));
            Assert.True(Apart(merged, vector) < 0.7 * Apart(alone, vector), $"{vector}: {Apart(merged, vector):F4} apart, {Apart(alone, vector):F4} without merges.");
        }
    }

    [Fact]
    public void Advance_MergesOfARoundAgoThatOverwrite_ThrowAwayEveryRound()
    {
        var overwritten = Train(merges: true, overwrites: true);

        foreach (var vector in Trained)
        {
            // What is contributed at the second boundary is the mean of the first, and so on: training has ended there.
            var first = Mean(overwritten[0][0].Vectors[vector].Span, overwritten[1][0].Vectors[vector].Span);
            Assert.All(overwritten.SelectMany(static replica => replica.Skip(1)), made => Assert.Equal(0, Distance(first, made.Vectors[vector].Span), 1e-5));
        }
    }

    /// <summary>What two replicas with draws of their own contribute, round by round.</summary>
    private static IReadOnlyList<MergeContribution>[] Train(bool merges, bool overwrites)
    {
        var recipe = TinyRecipes.Of() with { Topology = new() { Kind = TopologyRecipe.Averaging, Replicas = 2, RoundSteps = RoundSteps } };
        MemoryMerge[] sources = [new(), new()];
        Replica[] replicas = [.. sources.Select((source, ordinal) => ReplicaFactory.Create(
            recipe, new PatternDataSet(TinyRecipes.Shape), ordinal, new MemoryLinks(TinyRecipes.Shape).Links with { Merges = source }, CPU))];
        for (var i = 0; i < 2; i++)
        {
            var replica = replicas[i];
            sources[i].Answer = made => merges ? MeanAt(made.Boundary) : null;
            sources[i].Contributor = overwrites ? vector => Now(replica, vector) : null;
        }

        for (var round = 0; round < Rounds; round++)
        {
            TinyRecipes.Advance(replicas[0], RoundSteps);
            TinyRecipes.Advance(replicas[1], RoundSteps);
        }

        replicas[0].Dispose();
        replicas[1].Dispose();
        return [sources[0].Contributed, sources[1].Contributed];

        IReadOnlyDictionary<MergedVector, ReadOnlyMemory<float>> MeanAt(long boundary) => Trained.ToDictionary(
            static vector => vector,
            vector => (ReadOnlyMemory<float>)Mean(sources[0].Contributed[(int)boundary - 1].Vectors[vector].Span, sources[1].Contributed[(int)boundary - 1].Vectors[vector].Span));
    }

    private static ReadOnlyMemory<float> Now(Replica replica, MergedVector vector)
    {
        var values = (vector == MergedVector.GeneratorParameters ? replica.Generator : replica.Discriminator).Parameters.Values;
        var numbers = new float[values.numel()];
        VectorBytes.CopyTo(values, numbers);
        return numbers;
    }

    private static double Way(IReadOnlyList<MergeContribution>[] made, MergedVector vector) => Distance(made[0][0].Vectors[vector].Span, made[0][^1].Vectors[vector].Span);

    private static double Apart(IReadOnlyList<MergeContribution>[] made, MergedVector vector) => Distance(made[0][^1].Vectors[vector].Span, made[1][^1].Vectors[vector].Span);

    private static float[] Mean(ReadOnlySpan<float> one, ReadOnlySpan<float> other)
    {
        var mean = new float[one.Length];
        for (var i = 0; i < mean.Length; i++)
        {
            mean[i] = (float)(((double)one[i] + other[i]) / 2);
        }

        return mean;
    }

    private static double Distance(ReadOnlySpan<float> one, ReadOnlySpan<float> other)
    {
        var sum = 0.0;
        for (var i = 0; i < one.Length; i++)
        {
            sum += Math.Pow((double)one[i] - other[i], 2);
        }

        return Math.Sqrt(sum);
    }
}
