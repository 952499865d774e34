using DistGan.Recipes;

namespace DistGan.Recipes.Tests.Validation;

public sealed class RecipeValidatorTests
{
    private static readonly PlayerRecipe Mlp = new() { Network = "mlp" };

    private static readonly Recipe Points = new() { Data = new() { Name = "ring" }, Generator = Mlp, Discriminator = Mlp };

    private static readonly Recipe File = new() { Data = new() { Name = null, Idx = "a" } };

    private static readonly ExperienceReplayRecipe Replay = new();

    /// <summary>Recipes with one thing that is impossible, and the key that is named.</summary>
    public static TheoryData<Recipe, string> Impossible => new()
    {
        { new() { Batch = 0 }, "batch" },
        { new() { Batch = 10_001 }, "batch" },
        { new() { Data = new() { Idx = "a" } }, "data.idx" },
        { new() { Data = new() { Name = null } }, "data.name" },
        { new() { Data = new() { Labels = "l" } }, "data.labels" },
        { new() { Data = new() { Name = "mnist" } }, "data.name" },
        { new() { Data = new() { Size = 64 } }, "data.size" },
        { new() { Data = new() { Size = 16 }, Generator = Mlp, Discriminator = Mlp }, "data.size" },
        { new() { Generator = new() { Depth = 3 } }, "generator.depth" },
        { new() { Discriminator = new() { Depth = 5 }, Data = new() { Size = 32 } }, "discriminator.depth" },
        { Points with { Generator = new() }, "generator.network" },
        { Points with { Discriminator = new() }, "discriminator.network" },
        { Points with { Evaluation = new() { Metrics = ["fid"] } }, "evaluation.metrics" },
        { new() { Evaluation = new() { Metrics = ["modes"] } }, "evaluation.metrics" },
        { File with { Evaluation = new() { Metrics = ["modes"] } }, "evaluation.metrics" },
        { new() { Evaluation = new() { Metrics = ["auto", "fid"] } }, "evaluation.metrics" },
        { new() { Budget = new() { Steps = null } }, "budget" },
        { new() { Objective = new WassersteinGradientPenaltyRecipe(), Techniques = new() { LabelSmoothing = new() } }, "techniques.label-smoothing.target" },
        { With(Replay with { Share = 0.007 }), "techniques.experience-replay.share" },
        { With(Replay with { Mode = "half", Share = 1 }), "techniques.experience-replay.share" },
        { With(Replay with { BudgetBytes = 64 * 28 * 28 - 1 }), "techniques.experience-replay.budget-bytes" },
        { new() { Latent = null! }, "latent" },
        { new() { Name = null! }, "name" },
        { new() { Generator = new() { Optimizer = new AdamRecipe { Rate = double.NaN } } }, "generator.optimizer.rate" },
        { new() { Topology = new() { PatienceSeconds = double.PositiveInfinity } }, "topology.patience-seconds" },
        { new() { Topology = new() { Replicas = 65 } }, "topology.replicas" },
        { new() { Topology = new() { Kind = "averaging" } }, "topology.replicas" },
        { new() { Topology = new() { Kind = "averaging", Replicas = 3, Quorum = 4 } }, "topology.quorum" },
        { new() { Topology = new() { Kind = "averaging", Replicas = 2, Merge = "median" } }, "topology.merge" },
        { new() { Topology = new() { Kind = "averaging", Replicas = 2, Wire = "int8" } }, "topology.wire" },
        { new() { Topology = new() { Elasticity = 0 } }, "topology.elasticity" },
        { new() { Topology = new() { OuterMomentum = 1 } }, "topology.outer-momentum" },
        { new() { Topology = new() { DeadlineSeconds = 20.5 } }, "topology.deadline-seconds" },
    };

    /// <summary>Recipes that lie just inside a bound.</summary>
    public static TheoryData<Recipe> Possible => new()
    {
        new Recipe(),
        new Recipe { Batch = 10_000 },
        new Recipe { Data = new() { Size = 32 }, Generator = new() { Depth = 4 } },
        new Recipe { Data = new() { Size = 64 }, Generator = Mlp, Discriminator = Mlp },
        Points with { Evaluation = new() { Metrics = ["modes"] }, Batch = 65536 },
        File with { Batch = 65536 },
        new Recipe { Evaluation = null, Budget = new() { Steps = null, Minutes = 0.1 } },
        With(Replay with { Share = 0.008 }),
        With(Replay with { BudgetBytes = 64 * 28 * 28 }),
        With(Replay with { Mode = "pool", Share = 1e-9, BudgetBytes = 4096 }),
        With(Replay with { Mode = "parallel", Share = 1 }),
        new Recipe { Techniques = new() { LabelSmoothing = new() { Target = 1 } } },
        new Recipe { Topology = new() { Replicas = 64 } },
        new Recipe { Topology = new() { Quorum = 64 } },
        new Recipe { Topology = new() { Kind = "averaging", Replicas = 2, Quorum = 2, Merge = "nesterov", OuterMomentum = 0 } },
        new Recipe { Topology = new() { Kind = "averaging", Replicas = 64, Merge = "elastic", Elasticity = 1 } },
    };

    [Theory]
    [MemberData(nameof(Impossible), DisableDiscoveryEnumeration = true)]
    public void Validate_OneImpossibleThing_NamesItsKey(Recipe recipe, string key)
        => Assert.Equal(key, Assert.Single(RecipeValidator.Validate(recipe)).Key);

    [Theory]
    [MemberData(nameof(Possible), DisableDiscoveryEnumeration = true)]
    public void Validate_PossibleRecipe_HasNoErrors(Recipe recipe) => Assert.Empty(RecipeValidator.Validate(recipe));

    [Fact]
    public void Validate_BatchBeyondOpenedData_SaysHowMany()
    {
        var facts = new DataFacts { Count = 63, Channels = 1, Height = 28, Width = 28 };

        Assert.Equal("batch = 64: the data set has 63 samples; give at most that", Assert.Single(RecipeValidator.Validate(File, facts)).ToString());
        Assert.Empty(RecipeValidator.Validate(File, facts with { Count = 64 }));
    }

    [Fact]
    public void Validate_OpenedImagesLargerThanSize_AreRefused()
    {
        var facts = new DataFacts { Count = 100, Channels = 1, Height = 20, Width = 30 };

        Assert.Equal("data.size = 28: the images are 20 by 30 and are padded, never shrunk: at least 30", Assert.Single(RecipeValidator.Validate(File, facts)).ToString());
    }

    [Fact]
    public void Validate_ColourImages_NeedThreefoldReplayBudget()
    {
        var facts = new DataFacts { Count = 100, Channels = 3, Height = 28, Width = 28 };
        var recipe = File with { Techniques = new() { ExperienceReplay = new() { BudgetBytes = 64 * 28 * 28 } } };

        Assert.Contains("needs 150528 bytes", Assert.Single(RecipeValidator.Validate(recipe, facts)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Validate_ShareOfNothing_SuggestsAShareThatWorks()
    {
        var error = Assert.Single(RecipeValidator.Validate(With(Replay with { Share = 0.001 })));

        Assert.EndsWith("give at least 0.008", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void ThrowIfInvalid_SeveralErrors_CarriesAll()
    {
        var refused = Assert.Throws<InvalidRecipeException>(() => RecipeValidator.ThrowIfInvalid(new() { Batch = 0, Seed = -1, Budget = new() { Steps = null } }));

        Assert.Equal(["batch", "seed", "budget"], refused.Errors.Select(error => error.Key));
    }

    [Fact]
    public void Warnings_BatchNormalisedCriticWithPenalty_IsOne()
    {
        var recipe = new Recipe { Objective = new WassersteinGradientPenaltyRecipe(), Discriminator = new() { Normalization = "batch" } };

        Assert.Empty(RecipeValidator.Validate(recipe));
        Assert.Equal("discriminator.normalization", Assert.Single(RecipeValidator.Warnings(recipe)).Key);
        Assert.Empty(RecipeValidator.Warnings(recipe with { Objective = new NonSaturatingRecipe() }));
    }

    [Fact]
    public void Warnings_OptionsWithoutEffect_AreNamed()
    {
        Assert.Equal(
            ["techniques.experience-replay.share", "techniques.experience-replay.budget-bytes"],
            RecipeValidator.Warnings(With(Replay with { Mode = "pool", Share = 0.2, BudgetBytes = 1 << 20 })).Select(warning => warning.Key));
        Assert.Equal("techniques.experience-replay.pool-size", Assert.Single(RecipeValidator.Warnings(With(Replay with { PoolSize = 9 }))).Key);
        Assert.Equal("data.modes", Assert.Single(RecipeValidator.Warnings(new() { Data = new() { Modes = 9 } })).Key);
        Assert.Empty(RecipeValidator.Warnings(new()));
    }

    [Theory]
    [InlineData(0.5, 64, 32)]
    [InlineData(0.5, 5, 3)]
    [InlineData(0.0078, 64, 0)]
    [InlineData(0.0079, 64, 1)]
    [InlineData(1, 7, 7)]
    public void ImagesIn_ShareOfABatch_IsRoundedHalvesUp(double share, int batch, int expected)
        => Assert.Equal(expected, (Replay with { Share = share }).ImagesIn(batch));

    private static Recipe With(ExperienceReplayRecipe replay) => new() { Techniques = new() { ExperienceReplay = replay } };
}
