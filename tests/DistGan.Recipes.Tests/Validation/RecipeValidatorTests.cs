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
        { new() { Data = new() { Folder = "f" } }, "data.folder" },
        { new() { Data = new() { Name = null, Folder = "f", Idx = "a" } }, "data.idx" },
        { new() { Data = new() { Name = null, Folder = "f", Labels = "l" } }, "data.labels" },
        { new() { Data = new() { Channels = 2 } }, "data.channels" },
        { new() { Data = new() { Name = "stacked-mnist", Channels = 1 } }, "data.channels" },
        { new() { Data = new() { OnCorrupt = "ignore" } }, "data.on-corrupt" },
        { new() { Data = new() { MemoryBytes = -1 } }, "data.memory-bytes" },
        { Points with { Data = new() { Name = "ring", Channels = 3 } }, "data.channels" },
        { Points with { Data = new() { Name = "grid", Augment = "flip" } }, "data.augment" },
        { Points with { Data = new() { Name = "gaussians", Modes = 100, Spread = 1 } }, "data.modes" },
        { new() { Data = new() { Name = null, Folder = "f" }, Evaluation = new() { Metrics = ["modes"] } }, "evaluation.metrics" },
        { new() { Data = new() { Name = "mnistt" } }, "data.name" },
        { new() { Data = new() { Size = 64 } }, "data.size" },
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
        new Recipe { Data = new() { Size = 16 }, Generator = Mlp, Discriminator = Mlp },
        new Recipe { Data = new() { Name = null, Folder = "f", Labels = DataRecipe.Subfolders, Augment = "flip-shift", OnCorrupt = "skip", Channels = 3, MemoryBytes = 0 } },
        new Recipe { Data = new() { Name = "cifar-10", Size = 32 }, Batch = 50_000, Techniques = new() },
        Points with { Data = new() { Name = "gaussians", Modes = 10, Spread = 1 } },
        new Recipe { Evaluation = null, Budget = new() { Steps = null, Minutes = 0.1 } },
        With(Replay with { Share = 0.008 }),
        With(Replay with { BudgetBytes = 64 * 28 * 28 }),
        With(Replay with { Mode = "pool", Share = 1e-9, BudgetBytes = 4096 }),
        With(Replay with { Mode = "parallel", Share = 1 }),
        new Recipe { Techniques = new() { LabelSmoothing = new() { Target = 1 } } },
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
        Assert.Equal(
            ["data.spread", "data.base", "data.on-corrupt"],
            RecipeValidator.Warnings(new() { Data = new() { Spread = 2, Base = "b", OnCorrupt = "skip" } }).Select(warning => warning.Key));
        Assert.Empty(RecipeValidator.Warnings(new()));
    }

    [Fact]
    public void Warnings_ImagesThatWouldBeShrunk_NameTheirSize()
    {
        var warning = Assert.Single(RecipeValidator.Warnings(new() { Data = new() { Name = "cifar-10" } }));

        Assert.Equal("data.size", warning.Key);
        Assert.Contains("set 32", warning.Message, StringComparison.Ordinal);
        Assert.Empty(RecipeValidator.Warnings(new() { Data = new() { Name = "cifar-10", Size = 32 } }));
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
