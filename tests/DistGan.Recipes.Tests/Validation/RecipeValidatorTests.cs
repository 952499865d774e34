using DistGan.Recipes;

namespace DistGan.Recipes.Tests.Validation;

public sealed class RecipeValidatorTests
{
    private static readonly PlayerRecipe Mlp = new() { Network = "mlp" };

    private static readonly PlayerRecipe InfoGan = new() { Network = "infogan" };

    private static readonly PlayerRecipe Residual = new() { Network = "residual" };

    private static readonly PlayerRecipe Autoencoder = new() { Network = "autoencoder" };

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
        { new() { Data = new() { Size = 40 } }, "data.size" },
        { new() { Data = new() { Size = 30 }, Generator = InfoGan, Discriminator = Mlp }, "data.size" },
        { new() { Data = new() { Size = 48 }, Generator = Residual, Discriminator = InfoGan }, "data.size" },
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
        { new() { Generator = new() { Depth = 3 } }, "generator.depth" },
        { new() { Discriminator = new() { Depth = 5 }, Data = new() { Size = 32 } }, "discriminator.depth" },
        { new() { Generator = Residual with { Depth = 3 } }, "generator.depth" },
        { new() { Discriminator = Residual with { Depth = 7 }, Data = new() { Size = 128 } }, "discriminator.depth" },
        { new() { Generator = InfoGan with { Depth = 2 } }, "generator.depth" },
        { Points with { Generator = new() }, "generator.network" },
        { Points with { Generator = InfoGan }, "generator.network" },
        { Points with { Discriminator = Residual }, "discriminator.network" },
        { Points with { Discriminator = new() }, "discriminator.network" },
        { Points with { Evaluation = new() { Metrics = ["fid"] } }, "evaluation.metrics" },
        { Points with { Evaluation = new() { Metrics = ["modes", "kid"] } }, "evaluation.metrics" },
        { Points with { Evaluation = new() { Metrics = ["prdc"] } }, "evaluation.metrics" },
        { Points with { Evaluation = new() { Metrics = ["is"] } }, "evaluation.metrics" },
        { Points with { Evaluation = new() { Metrics = ["memorisation"] } }, "evaluation.metrics" },
        { File with { Evaluation = new() { Metrics = ["is"] } }, "evaluation.metrics" },
        { File with { Evaluation = new() { Metrics = ["modes"] } }, "evaluation.metrics" },
        { new() { Evaluation = new() { Metrics = ["auto", "fid"] } }, "evaluation.metrics" },
        { new() { Budget = new() { Steps = null } }, "budget" },
        { new() { Objective = new WassersteinGradientPenaltyRecipe(), Techniques = new() { LabelSmoothing = new() } }, "techniques.label-smoothing.target" },
        { Scheduled(new LinearScheduleRecipe(), new() { Steps = null, Minutes = 5 }), "generator.optimizer.schedule" },
        { Scheduled(new CosineScheduleRecipe(), new() { Steps = null, Minutes = 5 }), "generator.optimizer.schedule" },
        { Scheduled(new CosineScheduleRecipe { WarmUpSteps = 100 }, new() { Steps = 100 }), "generator.optimizer.schedule.warm-up-steps" },
        { Scheduled(new CosineScheduleRecipe { WarmUpSteps = 100 }, new() { Steps = null, Images = 6400 }), "generator.optimizer.schedule.warm-up-steps" },
        { Scheduled(new LinearScheduleRecipe { Start = 1 }, new()), "generator.optimizer.schedule.start" },
        { Scheduled(new LinearScheduleRecipe(), new() { Steps = null }), "budget" },
        { Scheduled(new CosineScheduleRecipe { WarmUpSteps = 100 }, new() { Steps = 0 }), "budget.steps" },
        { new() { Discriminator = new() { Optimizer = new SgdRecipe { Nesterov = true } } }, "discriminator.optimizer.nesterov" },
        { new() { Discriminator = new() { Optimizer = new RmsPropRecipe { Decay = 1 } } }, "discriminator.optimizer.decay" },
        { new() { Objective = new WassersteinRecipe { Clip = 0 } }, "objective.clip" },
        { new() { Objective = new EnergyBasedRecipe() }, "discriminator.network" },
        { new() { Objective = new BoundaryEquilibriumRecipe(), Discriminator = Mlp }, "discriminator.network" },
        { new() { Discriminator = Autoencoder }, "objective" },
        { new() { Discriminator = Autoencoder, Objective = new HingeRecipe() }, "objective" },
        { new() { Discriminator = Autoencoder, Objective = new EnergyBasedRecipe { Margin = 0 } }, "objective.margin" },
        { new() { Discriminator = Autoencoder, Objective = new EnergyBasedRecipe { PullingAway = -1 } }, "objective.pulling-away" },
        { new() { Discriminator = Autoencoder, Objective = new EnergyBasedRecipe(), Batch = 1 }, "objective.pulling-away" },
        { new() { Discriminator = Autoencoder, Objective = new BoundaryEquilibriumRecipe { Diversity = 0 } }, "objective.diversity" },
        { new() { Discriminator = Autoencoder, Objective = new BoundaryEquilibriumRecipe { Gain = 1.1 } }, "objective.gain" },
        { new() { Discriminator = Autoencoder with { Code = 0 }, Objective = new BoundaryEquilibriumRecipe() }, "discriminator.code" },
        { new() { Discriminator = Autoencoder with { Norm = "l2" }, Objective = new BoundaryEquilibriumRecipe() }, "discriminator.norm" },
        { new() { Discriminator = Autoencoder with { Depth = 3 }, Objective = new BoundaryEquilibriumRecipe() }, "discriminator.depth" },
        { new() { Generator = Autoencoder with { Depth = 3 } }, "generator.depth" },
        { new() { Objective = new VariationalRecipe(), Discriminator = Autoencoder }, "objective" },
        { new() { Objective = new VariationalRecipe(), Latent = new() { Distribution = "uniform" } }, "latent.distribution" },
        { new() { Objective = new VariationalRecipe(), Balance = new StaticBalanceRecipe { Generator = 2 } }, "balance.generator" },
        { new() { Objective = new VariationalRecipe(), Techniques = new() { FeatureMatching = new() } }, "techniques.feature-matching" },
        { new() { Objective = new VariationalRecipe(), Techniques = new() { ExperienceReplay = new() } }, "techniques.experience-replay" },
        { new() { Objective = new VariationalRecipe { Likelihood = "bernoulli" }, Precision = "bfloat16" }, "precision" },
        { Points with { Objective = new VariationalRecipe { Likelihood = "bernoulli" } }, "objective.likelihood" },
        { new() { Objective = new VariationalRecipe { Deviation = 0 } }, "objective.deviation" },
        { new() { Techniques = new() { FeatureMatching = new() { Weight = 0 } } }, "techniques.feature-matching.weight" },
        { With(Replay with { Share = 0.007 }), "techniques.experience-replay.share" },
        { With(Replay with { Mode = "half", Share = 1 }), "techniques.experience-replay.share" },
        { With(Replay with { BudgetBytes = 64 * 28 * 28 - 1 }), "techniques.experience-replay.budget-bytes" },
        { new() { Latent = null! }, "latent" },
        { new() { Name = null! }, "name" },
        { new() { Generator = new() { Optimizer = new AdamRecipe { Rate = double.NaN } } }, "generator.optimizer.rate" },
        { new() { Topology = new() { PatienceSeconds = double.PositiveInfinity } }, "topology.patience-seconds" },
        { new() { Start = new() { Weights = "../outside" } }, "start.weights" },
        { new() { Start = new() { Weights = "/absolute" } }, "start.weights" },
        { new() { Start = new() { Sha256 = "abc" } }, "start.sha256" },
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
        new Recipe { Start = new() },
        new Recipe { Data = new() { Size = 32 }, Generator = new() { Depth = 4 } },
        new Recipe { Data = new() { Size = 77 }, Generator = Mlp, Discriminator = Mlp },
        new Recipe { Data = new() { Size = 64 } },
        new Recipe { Data = new() { Size = 128 }, Generator = Residual with { Depth = 6 }, Discriminator = Residual },
        new Recipe { Data = new() { Size = 44 }, Generator = InfoGan, Discriminator = InfoGan },
        new Recipe { Discriminator = Autoencoder with { Depth = 2, Norm = "squared", Code = 1 }, Objective = new BoundaryEquilibriumRecipe { Diversity = 1, Gain = 1 } },
        new Recipe { Discriminator = Autoencoder, Objective = new EnergyBasedRecipe { PullingAway = 0 }, Batch = 1 },
        new Recipe { Data = new() { Size = 30 }, Generator = Autoencoder with { Depth = 9 }, Discriminator = Autoencoder with { Depth = 9 }, Objective = new EnergyBasedRecipe() },
        Points with { Generator = Autoencoder with { Depth = 9 }, Discriminator = Autoencoder with { Depth = 9 }, Objective = new BoundaryEquilibriumRecipe() },
        new Recipe { Generator = Autoencoder },
        new Recipe { Objective = new VariationalRecipe { Likelihood = "bernoulli" }, Balance = new StaticBalanceRecipe { Discriminator = 5 }, Generator = Autoencoder, Techniques = new() { Ema = new(), HistoricalAveraging = new() } },
        Points with { Objective = new VariationalRecipe(), Precision = "bfloat16" },
        Points with { Evaluation = new() { Metrics = ["modes"] }, Batch = 65536 },
        File with { Batch = 65536 },
        new Recipe { Evaluation = new() { Metrics = ["fid", "kid", "prdc", "is", "modes", "memorisation"] } },
        File with { Evaluation = new() { Metrics = ["kid", "prdc", "memorisation"] } },
        new Recipe { Data = new() { Size = 16 }, Generator = Mlp, Discriminator = Mlp },
        new Recipe { Data = new() { Name = null, Folder = "f", Labels = DataRecipe.Subfolders, Augment = "flip-shift", OnCorrupt = "skip", Channels = 3, MemoryBytes = 0 } },
        new Recipe { Data = new() { Name = "cifar-10", Size = 32 }, Batch = 50_000, Techniques = new() },
        Points with { Data = new() { Name = "gaussians", Modes = 10, Spread = 1 } },
        new Recipe { Evaluation = null, Budget = new() { Steps = null, Minutes = 0.1 } },
        Scheduled(new LinearScheduleRecipe { Start = 0, To = 1 }, new() { Steps = null, Images = 1, Minutes = 5 }),
        Scheduled(new CosineScheduleRecipe { WarmUpSteps = 99 }, new() { Steps = 100 }),
        Scheduled(new ConstantScheduleRecipe(), new() { Steps = null, Minutes = 5 }),
        new Recipe { Discriminator = new() { Optimizer = new SgdRecipe { Nesterov = true, Momentum = 0.1 } } },
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

    public static TheoryData<string> Objectives => [.. RecipeKinds.Objectives.Keys];

    [Theory]
    [MemberData(nameof(Objectives))]
    public void Validate_LabelSmoothing_FitsObjectivesWithATargetAlone(string objective)
    {
        var kind = RecipeKinds.Objectives[objective]();
        var errors = RecipeValidator.Validate(new() { Objective = kind, Discriminator = kind.UsesEnergies ? Autoencoder : new(), Techniques = new() { LabelSmoothing = new() } });

        if (objective is "minimax" or "non-saturating" or "least-squares")
        {
            Assert.Empty(errors);
            return;
        }

        Assert.Equal(
            $"techniques.label-smoothing.target = 0.9: objective {objective} has no real target that could be smoothed; turn the technique off, or take minimax, non-saturating or least-squares",
            Assert.Single(errors).ToString());
    }

    [Theory]
    [InlineData("minimax", true, false)]
    [InlineData("non-saturating", true, false)]
    [InlineData("least-squares", true, false)]
    [InlineData("wasserstein", false, false)]
    [InlineData("wgan-gp", false, true)]
    [InlineData("dragan", true, true)]
    [InlineData("hinge", true, false)]
    [InlineData("relativistic", false, false)]
    [InlineData("ebgan", false, false)]
    [InlineData("began", false, false)]
    [InlineData("vae", false, false)]
    public void Objectives_OfTheCatalog_SayWhatTheyHaveAndNeed(string objective, bool hasBoundary, bool usesGradient)
    {
        var recipe = RecipeKinds.Objectives[objective]();

        Assert.Equal((objective, hasBoundary, usesGradient), (recipe.Kind, recipe.HasDecisionBoundary, recipe.UsesGradientOfDiscriminator));
    }

    [Fact]
    public void Validate_EnergiesAndNetworkThatDoNotFit_SaysWhatToTake()
    {
        Assert.Equal(
            ["objective = non-saturating: network autoencoder gives D's energies, which this objective takes for scores; take ebgan or began, or another discriminator.network"],
            RecipeValidator.Validate(new() { Discriminator = Autoencoder }).Select(static error => error.ToString()));
        Assert.Equal(
            [
                "discriminator.network = dcgan: objective ebgan needs energies, which network autoencoder alone gives; take autoencoder, or another objective",
                "objective.pulling-away = 0.1: compares the images of a batch, and this batch has one; give a batch of at least 2, or 0",
                "techniques.label-smoothing.target = 0.9: objective ebgan has no real target that could be smoothed; turn the technique off, or take minimax, non-saturating or least-squares",
            ],
            RecipeValidator.Validate(new() { Objective = new EnergyBasedRecipe(), Batch = 1, Techniques = new() { LabelSmoothing = new() } }).Select(static error => error.ToString()));
    }

    [Fact]
    public void Validate_VariationalWithWhatNeedsADiscriminator_NamesAll()
        => Assert.Equal(
            [
                "techniques.label-smoothing.target = 0.9: objective vae has no real target that could be smoothed; turn the technique off, or take minimax, non-saturating or least-squares",
                "techniques.experience-replay = on: needs a discriminator, which objective vae does not have; turn the technique off, or take another objective",
                "balance.generator = 3: objective vae updates both networks together, balance.discriminator times in a step; give 1",
            ],
            RecipeValidator.Validate(new() { Objective = new VariationalRecipe(), Balance = new StaticBalanceRecipe { Generator = 3 }, Techniques = new() { LabelSmoothing = new(), ExperienceReplay = new() } })
                .Select(static error => error.ToString()).OrderByDescending(static text => text, StringComparer.Ordinal));

    [Fact]
    public void Warnings_KeysOfAutoencodersElsewhere_AreNamed()
    {
        Assert.Equal(
            ["generator.code", "discriminator.norm"],
            RecipeValidator.Warnings(new() { Generator = Autoencoder with { Code = 3 }, Discriminator = new() { Norm = "squared" } }).Select(static warning => warning.Key));
        Assert.Empty(RecipeValidator.Warnings(new() { Discriminator = Autoencoder with { Code = 3, Norm = "squared" }, Objective = new EnergyBasedRecipe() }));
    }

    [Fact]
    public void Validate_ScheduleOverMinutes_SaysWhatToGive()
        => Assert.Equal(
            "generator.optimizer.schedule = linear: changes the rate over the budget, but minutes do not say which step is the last; give budget.steps or budget.images, or take constant",
            Assert.Single(RecipeValidator.Validate(Scheduled(new LinearScheduleRecipe(), new() { Steps = null, Minutes = 5 }))).ToString());

    [Fact]
    public void Validate_BatchBeyondOpenedData_SaysHowMany()
    {
        var facts = new DataFacts { Count = 63, Channels = 1, Height = 28, Width = 28 };

        Assert.Equal("batch = 64: the data set has 63 samples; give at most that", Assert.Single(RecipeValidator.Validate(File, facts)).ToString());
        Assert.Empty(RecipeValidator.Validate(File, facts with { Count = 64 }));
    }

    [Fact]
    public void Validate_SizeOrDepthOfANetwork_SaysWhatIsAllowed()
    {
        Assert.Equal(
            ["data.size = 30: network dcgan makes images of 28, 32, 64 or 128 pixels; take one of these, or network mlp", "data.size = 30: network infogan makes images of a multiple of 4 pixels; take one of these, or network mlp"],
            RecipeValidator.Validate(new() { Data = new() { Size = 30 }, Discriminator = InfoGan }).Select(static error => error.ToString()));
        Assert.Equal(
            "generator.depth = 3: images of 28 pixels can be doubled 2 times by network residual; give 1 to 2, or auto",
            Assert.Single(RecipeValidator.Validate(new() { Generator = Residual with { Depth = 3 } })).ToString());
        Assert.Equal(
            "discriminator.depth = 1: network infogan doubles images twice, always; give auto, or network dcgan",
            Assert.Single(RecipeValidator.Validate(new() { Discriminator = InfoGan with { Depth = 1 } })).ToString());
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

    private static Recipe Scheduled(ScheduleRecipe schedule, BudgetRecipe budget)
        => new() { Generator = new() { Optimizer = new AdamRecipe { Schedule = schedule } }, Budget = budget };

    private static Recipe With(ExperienceReplayRecipe replay) => new() { Techniques = new() { ExperienceReplay = replay } };
}
