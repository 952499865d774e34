using DistGan.Recipes;

namespace DistGan.Recipes.Tests.Keys;

public sealed class RecipeKeysTests
{
    [Fact]
    public void All_Keys_AreDescribedOnceAPathAndKind()
    {
        Assert.All(RecipeKeys.All, key => Assert.False(string.IsNullOrWhiteSpace(key.Description), key.Path));
        Assert.Equal(RecipeKeys.All.Count, RecipeKeys.All.DistinctBy(key => (key.Path, key.OfKind)).Count());
    }

    [Fact]
    public void All_EveryKeyOfTheWrittenDefaults_IsThere()
    {
        var leaves = new[] { "name", "data.name", "latent.size", "generator.optimizer.beta1", "objective", "objective.clip", "generator.optimizer.schedule", "techniques.ema", "techniques.ema.decay", "balance.lambda", "budget.minutes", "on-divergence", "threads" };

        Assert.All(leaves, path => Assert.Single(RecipeKeys.Find(path)));
        Assert.Equal("name", RecipeKeys.All[0].Path);
        Assert.Equal("threads", RecipeKeys.All[^1].Path);
    }

    [Fact]
    public void Find_OptionOfOneKind_SaysWhich()
    {
        var clip = Assert.Single(RecipeKeys.Find("objective.clip"));

        Assert.Equal(("wasserstein", "number", "0.01", "above 0 and at most 1000"), (clip.OfKind, clip.Type, clip.Default, clip.Allowed));
        Assert.Equal(["wgan-gp", "dragan"], RecipeKeys.Find("objective.penalty").Select(static key => key.OfKind));
    }

    [Fact]
    public void Find_KindInsideAKind_IsDocumentedOnce()
    {
        Assert.Equal(["linear", "cosine"], RecipeKeys.Find("discriminator.optimizer.schedule.to").Select(static key => key.OfKind));
        Assert.Equal(["adam", "rmsprop"], RecipeKeys.Find("discriminator.optimizer.epsilon").Select(static key => key.OfKind));
        Assert.Null(Assert.Single(RecipeKeys.Find("discriminator.optimizer.schedule")).OfKind);
    }

    [Fact]
    public void Find_YesOrNo_IsABoolean()
    {
        var replace = Assert.Single(RecipeKeys.Find("techniques.feature-matching.replace"));

        Assert.Equal(("boolean", "true", "true or false"), (replace.Type, replace.Default, replace.Allowed));
    }

    [Fact]
    public void Find_OptionOfEveryKind_BelongsToNone() => Assert.Null(Assert.Single(RecipeKeys.Find("generator.optimizer.rate")).OfKind);

    [Fact]
    public void Find_Kinds_ListsTheCatalog()
    {
        var objective = Assert.Single(RecipeKeys.Find("objective"));

        Assert.Equal("kind", objective.Type);
        Assert.Equal(RecipeKinds.Objectives.Keys, objective.Names);
        Assert.Equal("non-saturating", objective.Default);
    }

    [Theory]
    [InlineData("threads", "auto", "between 1 and 1024, or auto", null)]
    [InlineData("techniques.ema", "off", "a mapping, true or false", null)]
    [InlineData("evaluation", "on", "a mapping, true or false", null)]
    [InlineData("techniques.experience-replay.budget-bytes", "33554432", "between 4096 and 1099511627776", "bytes")]
    [InlineData("budget.steps", "3000", "at least 1", "steps")]
    [InlineData("topology.patience-seconds", "10", "between 0 and 3600", "seconds")]
    [InlineData("topology.replicas", "1", "between 1 and 1024", null)]
    [InlineData("precision", "auto", "one of auto, float32, bfloat16", null)]
    [InlineData("evaluation.metrics", "[auto]", "a list of auto, fid, kid, prdc, is, modes, label_accuracy, memorisation", null)]
    [InlineData("data.idx", "null", "text", null)]
    public void Find_Key_SaysDefaultBoundsAndUnit(string path, string defaultValue, string allowed, string? unit)
    {
        var key = Assert.Single(RecipeKeys.Find(path));

        Assert.Equal((defaultValue, allowed, unit), (key.Default, key.Allowed, key.Unit));
    }

    [Fact]
    public void Find_Range_HasItsEnds()
    {
        var decay = Assert.Single(RecipeKeys.Find("techniques.ema.decay"));

        Assert.Equal((0, 1, false, true), (decay.Minimum, decay.Maximum, decay.MinimumIsExclusive, decay.MaximumIsExclusive));
    }

    [Fact]
    public void Find_UnknownPath_IsEmpty() => Assert.Empty(RecipeKeys.Find("generator.rate"));
}
