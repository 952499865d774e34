using DistGan.Recipes;
using DistGan.Training.Steps;
using DistGan.Training.Techniques;
using TorchSharp;
using static TorchSharp.torch;

namespace DistGan.Training.Tests.Steps;

/// <summary>The hook through which everything that D sees goes.</summary>
public sealed class PresentationTests
{
    [Fact]
    public void Advance_EverythingThatDSees_IsPresentedOnce()
    {
        var seen = Seen(TinyRecipes.Of("mlp", replay: "parallel") with { Balance = new StaticBalanceRecipe { Discriminator = 2, Generator = 2 } }, steps: 7);

        Assert.Equal(
            [new(1, 0, "real"), new(1, 0, "fake"), new(1, 1, "real"), new(1, 1, "fake"), new(1, 2, "generator"), new(1, 3, "generator")],
            seen.Where(static at => at.Step == 1));
        Assert.Equal(
            [new(7, 0, "real"), new(7, 0, "fake"), new(7, 0, "replayed"), new(7, 1, "real"), new(7, 1, "fake"), new(7, 1, "replayed"), new(7, 2, "generator"), new(7, 3, "generator")],
            seen.Where(static at => at.Step == 7));
    }

    [Fact]
    public void Advance_RealSamplesInTheUpdateOfG_ArePresentedToo()
    {
        var seen = Seen(TinyRecipes.Of("mlp") with { Objective = new RelativisticRecipe() }, steps: 1);

        Assert.Equal([new(1, 0, "real"), new(1, 0, "fake"), new(1, 1, "generator"), new(1, 1, "real")], seen);
    }

    [Fact]
    public void Advance_SamplesThatAreAllPresentedAlike_CannotBeToldApart()
    {
        var links = new MemoryLinks(TinyRecipes.Shape);
        using var replica = Create(TinyRecipes.Of("mlp") with { Techniques = new() { R1 = new() } }, links, new Watcher(static samples => samples * 0));

        TinyRecipes.Advance(replica, 3);

        var values = links.Reported[0].Values;
        Assert.Equal(values[MetricNames.RealScore], values[MetricNames.FakeScore]);

        // A penalty is taken where D looks; nothing flows back to G.
        Assert.True(values[MetricNames.R1Penalty] > 0);
        Assert.Equal(0, values[MetricNames.GeneratorGradientNorm]);
    }

    private static List<Presentation> Seen(Recipe recipe, int steps)
    {
        var watcher = new Watcher(static samples => samples);
        using var replica = Create(recipe, new MemoryLinks(TinyRecipes.Shape), watcher);
        TinyRecipes.Advance(replica, steps);
        return watcher.Seen;
    }

    private static Replica Create(Recipe recipe, MemoryLinks links, Watcher watcher)
        => ReplicaFactory.Create(recipe, new PatternDataSet(TinyRecipes.Shape), 0, links.Links, CPU, new ReplicaParts { Techniques = [watcher] });

    private sealed class Watcher(Func<Tensor, Tensor> change) : Technique
    {
        public override string Name => "watcher";

        public List<Presentation> Seen { get; } = [];

        public override Tensor Present(Tensor samples, in Presentation at)
        {
            Seen.Add(at);
            return change(samples);
        }
    }
}
