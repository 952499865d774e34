using DistGan.Recipes;
using DistGan.Training.Snapshots;
using DistGan.Training.Steps;
using static DistGan.Training.Tests.Steps.TinyRecipes;

namespace DistGan.Training.Tests.Steps;

public sealed class StartWeightsTests
{
    private static readonly Recipe Everything = TinyRecipes.Of(replay: "half", everything: true);

    [Fact]
    public void StartFrom_WeightsOfAnotherRun_TakesThemAndNothingElse()
    {
        var source = State(Everything, steps: 5);
        using var replica = Create(Everything with { Seed = 9 }, new MemoryLinks(Shape).Links);
        var fresh = replica.Capture();

        replica.StartFrom(Weights(source));

        var started = replica.Capture();
        Assert.Equal(Bytes(source, "generator"), Bytes(started, "generator"));
        Assert.Equal(Bytes(source, "discriminator"), Bytes(started, "discriminator"));
        Assert.Equal(Parameters(source, "ema"), Parameters(started, "ema"));
        Assert.NotEqual(Parameters(source, "generator"), Parameters(started, "ema"));
        Assert.Equal((0, 0), (started.Step, started.Images));
        Assert.Equal(fresh.Counters.ToJsonString(), started.Counters.ToJsonString());
        Assert.Equal(Bytes(fresh, "optimizer"), Bytes(started, "optimizer"));
        Advance(replica, 4);
        Assert.NotEqual(Bytes(source, "generator"), Bytes(replica.Capture(), "generator"));
    }

    [Theory]
    [InlineData("float32")]
    [InlineData("bfloat16")]
    public void StartFrom_TheSameWeightsTwice_TrainsTheSameBytes(string precision)
    {
        var recipe = Everything with { Precision = precision };
        var weights = Weights(State(Everything, steps: 5));

        Assert.Equal(Bytes(State(recipe, 4, weights), "generator"), Bytes(State(recipe, 4, weights), "generator"));
        Assert.NotEqual(Bytes(State(recipe, 4), "generator"), Bytes(State(recipe, 4, weights), "generator"));
    }

    [Theory]
    [InlineData("float32")]
    [InlineData("bfloat16")]
    public void StartFrom_AndThenTrained_GoesOnAsFromASnapshot(string precision)
    {
        var recipe = Everything with { Precision = precision };
        using var started = Create(recipe, new MemoryLinks(Shape).Links);
        started.StartFrom(Weights(State(Everything, steps: 5)));
        using var restored = Create(recipe, new MemoryLinks(Shape).Links);
        restored.Restore(started.Capture());

        Advance(started, 2);
        Advance(restored, 2);

        Assert.Equal(Bytes(restored.Capture(), "generator"), Bytes(started.Capture(), "generator"));
        Assert.Equal(Bytes(restored.Capture(), "discriminator"), Bytes(started.Capture(), "discriminator"));
    }

    [Fact]
    public void StartFrom_GeneratorAlone_LeavesTheDiscriminatorAndAveragesTheGenerator()
    {
        var source = State(Everything, steps: 5);
        using var replica = Create(Everything, new MemoryLinks(Shape).Links);
        var fresh = replica.Capture();

        replica.StartFrom(Weights(source) with { Discriminator = null, Average = null });

        var started = replica.Capture();
        Assert.Equal(Bytes(fresh, "discriminator"), Bytes(started, "discriminator"));
        Assert.Equal(Parameters(source, "generator"), Parameters(started, "ema"));
    }

    [Fact]
    public void StartFrom_ReplicaThatHasTrained_IsRefused()
    {
        using var replica = Create(TinyRecipes.Of(), new MemoryLinks(Shape).Links);
        Advance(replica, 1);

        Assert.Throws<InvalidOperationException>(() => replica.StartFrom(Weights(State(TinyRecipes.Of(), 1))));
    }

    [Fact]
    public void FromArrays_OfToArrays_GivesThePartsBack()
    {
        var weights = Weights(State(Everything, steps: 1));

        var again = StartWeights.FromArrays(weights.ToArrays());

        Assert.Equal(weights.Generator, again.Generator);
        Assert.Equal(weights.Discriminator, again.Discriminator);
        Assert.Equal(weights.Average, again.Average);
        Assert.Null(StartWeights.FromArrays((weights with { Average = null }).ToArrays()).Average);
    }

    [Fact]
    public void Misfits_SameNetworks_AreNone()
        => Assert.Empty(Weights(State(Everything, steps: 1)).Misfits(Everything with { Seed = 4 }, Shape));

    [Fact]
    public void Misfits_OtherWidthAndDepth_AreAllNamed()
    {
        var wider = Everything with { Generator = Everything.Generator with { Width = 8 }, Discriminator = Everything.Discriminator with { Depth = 1 } };

        var misfits = Weights(State(Everything, steps: 1)).Misfits(wider, Shape);

        Assert.Contains(misfits, static misfit => misfit.StartsWith("generator.", StringComparison.Ordinal) && misfit.Contains("needed is F32", StringComparison.Ordinal));
        Assert.Contains(misfits, static misfit => misfit.StartsWith("ema.", StringComparison.Ordinal));
        Assert.Contains(misfits, static misfit => misfit.StartsWith("discriminator.", StringComparison.Ordinal) && misfit.Contains("has no place", StringComparison.Ordinal));
    }

    [Fact]
    public void Misfits_MissingArray_IsNamed()
    {
        var weights = Weights(State(Everything, steps: 1));

        var misfit = Assert.Single((weights with { Generator = [.. weights.Generator.Skip(1)] }).Misfits(Everything, Shape));

        Assert.Contains(weights.Generator[0].Name, misfit);
        Assert.Contains("not there", misfit);
    }

    private static StartWeights Weights(ReplicaState state)
        => new(state.Files["generator"], state.Files["discriminator"], state.Files.GetValueOrDefault("ema"));

    private static ReplicaState State(Recipe recipe, int steps, StartWeights? weights = null)
    {
        using var replica = Create(recipe, new MemoryLinks(Shape).Links);
        if (weights is not null)
        {
            replica.StartFrom(weights);
        }

        Advance(replica, steps);
        return replica.Capture();
    }

    private static byte[] Bytes(ReplicaState state, string file) => [.. state.Files[file].SelectMany(static array => array.Bytes.ToArray())];

    /// <summary>θ alone: the statistics of an average are computed from it and latents of the seed.</summary>
    private static byte[] Parameters(ReplicaState state, string file)
    {
        using var replica = Create(Everything, new MemoryLinks(Shape).Links);
        var names = replica.Generator.Network.Parameters.Entries.Select(static entry => entry.Name).ToHashSet();
        return [.. state.Files[file].Where(array => names.Contains(array.Name)).SelectMany(static array => array.Bytes.ToArray())];
    }
}
