using DistGan.Recipes;
using DistGan.Training.Links;
using DistGan.Training.Snapshots;
using DistGan.Training.Steps;
using DistGan.Training.Tests.Steps;
using static TorchSharp.torch;

namespace DistGan.Training.Tests.Snapshots;

public sealed class AdoptionTests
{
    private static readonly Recipe Recipe = TinyRecipes.Of() with { Techniques = new() { Ema = new(), ExperienceReplay = new() } };

    [Fact]
    public void Of_TwoReplicas_HasTheWeightsOfOneAndThePlaceOfTheOther()
    {
        using var own = Create(Recipe, 0);
        using var donor = Create(Recipe, 1);
        TinyRecipes.Advance(own, 7);
        TinyRecipes.Advance(donor, 4);
        donor.ScaleRates(0.5);
        var (before, taken) = (own.Capture(), donor.Capture());

        using var replica = Create(Recipe, 0);
        replica.Restore(Adoption.Of(replica.Capture(), before, taken));

        var after = replica.Capture();
        Assert.Equal((7L, before.Images), (replica.Step, replica.Images));
        Assert.All(new[] { "generator", "discriminator", "optimizer" }, file => Assert.Equal(Bytes(taken, file), Bytes(after, file)));
        Assert.Equal(Averages(taken), Averages(after)); // its statistics are computed anew with the replica's own latents
        Assert.Equal(Bytes(before, "experience-replay"), Bytes(after, "experience-replay"));
        Assert.NotEqual(Bytes(before, "generator"), Bytes(after, "generator"));
        Assert.All(new[] { "feed_position", "meter", "replay" }, name => Assert.Equal(before.Counters[name]!.ToJsonString(), after.Counters[name]!.ToJsonString()));
        Assert.All(new[] { "generator_updates", "ema_updates", "rate_scale" }, name => Assert.Equal(taken.Counters[name]!.ToJsonString(), after.Counters[name]!.ToJsonString()));
        TinyRecipes.Advance(replica, 1);
        Assert.Equal(8, replica.Step);
    }

    [Fact]
    public void Of_OtherObjective_HasItsStateAsAtTheStart()
    {
        var began = Recipe with
        {
            Objective = new BoundaryEquilibriumRecipe(),
            Discriminator = Recipe.Discriminator with { Network = "autoencoder" },
            Techniques = new(),
        };
        using var donor = Create(began with { Objective = new EnergyBasedRecipe() }, 1);
        TinyRecipes.Advance(donor, 2);
        using var replica = Create(began, 0);
        var fresh = replica.Capture();

        replica.Restore(Adoption.Of(fresh, donor.Capture(), donor.Capture()));

        Assert.Equal(Bytes(donor.Capture(), "discriminator"), Bytes(replica.Capture(), "discriminator"));
        Assert.Equal(2, replica.Step);
        TinyRecipes.Advance(replica, 1);
        Assert.True(replica.Capture().Counters.Count > donor.Capture().Counters.Count, "BEGAN has no k.");
    }

    private static Replica Create(Recipe recipe, int ordinal)
        => ReplicaFactory.Create(recipe, new PatternDataSet(TinyRecipes.Shape), ordinal, LocalLinks.For(recipe, TinyRecipes.Shape), CPU);

    private static string Averages(ReplicaState state) => string.Join(';', Bytes(state, "ema").Split(';').Where(static array => !array.Contains("running_", StringComparison.Ordinal)));

    private static string Bytes(ReplicaState state, string file)
        => string.Join(';', state.Files[file].OrderBy(static array => array.Name, StringComparer.Ordinal).Select(static array => $"{array.Name}={Convert.ToHexString(array.Bytes.Span)}"));
}
