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
        { new() { Techniques = new() { ModeChampions = new() }, Evaluation = null }, "techniques.mode-champions" },
        { new() { Techniques = new() { ModeChampions = new() { Samples = 199 } } }, "techniques.mode-champions.samples" },
        { new() { Techniques = new() { ModeChampions = new() { Threshold = 1 } } }, "techniques.mode-champions.threshold" },
        { Scheduled(new LinearScheduleRecipe(), new() { Steps = null, Minutes = 5 }), "generator.optimizer.schedule" },
        { Scheduled(new CosineScheduleRecipe(), new() { Steps = null, Minutes = 5 }), "generator.optimizer.schedule" },
        { Scheduled(new CosineScheduleRecipe { WarmUpSteps = 100 }, new() { Steps = 100 }), "generator.optimizer.schedule.warm-up-steps" },
        { Scheduled(new CosineScheduleRecipe { WarmUpSteps = 100 }, new() { Steps = null, Images = 6400 }), "generator.optimizer.schedule.warm-up-steps" },
        { Scheduled(new LinearScheduleRecipe(), new() { Steps = null, Images = 6400 }) with { Balance = new SignControlBalanceRecipe() }, "generator.optimizer.schedule" },
        { new() { Balance = new AccuracyGateBalanceRecipe(), Objective = new WassersteinRecipe() }, "balance" },
        { new() { Balance = new SignControlBalanceRecipe(), Objective = new RelativisticRecipe() }, "balance" },
        { new() { Balance = new AccuracyGateBalanceRecipe { GeneratorThreshold = 0.9, DiscriminatorThreshold = 0.9, Hysteresis = 0 } }, "balance.generator-threshold" },
        { new() { Balance = new AccuracyGateBalanceRecipe { GeneratorThreshold = 0.5, DiscriminatorThreshold = 0.75, Hysteresis = 0.125 } }, "balance.generator-threshold" },
        { new() { Balance = new LossChangeBalanceRecipe { Lambda = 0 } }, "balance.lambda" },
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
        { new() { Techniques = new() { FeatureMatching = new() { Weight = 0 } } }, "techniques.feature-matching.weight" },
        { new() { Techniques = new() { R1 = new() { Gamma = 0 } } }, "techniques.r1.gamma" },
        { new() { Techniques = new() { R2 = new() { Every = 0 } } }, "techniques.r2.every" },
        { new() { Techniques = new() { Diffaugment = new() { Policy = [] } } }, "techniques.diffaugment.policy" },
        { new() { Techniques = new() { Diffaugment = new() { Policy = ["flip"] } } }, "techniques.diffaugment.policy" },
        { Points with { Techniques = new() { Diffaugment = new() } }, "techniques.diffaugment.policy" },
        { new() { Techniques = new() { Unrolling = new() { Steps = 101 } } }, "techniques.unrolling.steps" },
        { new() { Techniques = new() { Unrolling = new() { Loss = "hinge" } } }, "techniques.unrolling.loss" },
        { new() { Objective = new HingeRecipe(), Techniques = new() { Unrolling = new() { Steps = 0 } } }, "techniques.unrolling.loss" },
        { new() { Objective = new WassersteinRecipe(), Techniques = new() { Unrolling = new() { Loss = "objective" } } }, "techniques.unrolling.steps" },
        { new() { Techniques = new() { Unrolling = new(), ExperienceReplay = new() } }, "techniques.unrolling.steps" },
        { new() { Techniques = new() { Unrolling = new(), HistoricalAveraging = new() } }, "techniques.unrolling.steps" },
        { With(Replay with { Share = 0.007 }), "techniques.experience-replay.share" },
        { With(Replay with { Mode = "half", Share = 1 }), "techniques.experience-replay.share" },
        { With(Replay with { BudgetBytes = 64 * 28 * 28 - 1 }), "techniques.experience-replay.budget-bytes" },
        { With(new TechniquesRecipe { Packing = new() { Samples = 3 } }), "techniques.packing.samples" },
        { With(new TechniquesRecipe { Packing = new() { Samples = 1 } }), "techniques.packing.samples" },
        { With(new TechniquesRecipe { Packing = new() { Samples = 4 }, ExperienceReplay = Replay with { Share = 0.1 } }), "techniques.experience-replay.share" },
        { With(new TechniquesRecipe { SpectralNormalization = new() { Players = "none" } }), "techniques.spectral-normalization.players" },
        { With(new TechniquesRecipe { MinibatchDiscrimination = new() { Kernels = 0 } }), "techniques.minibatch-discrimination.kernels" },
        { With(new TechniquesRecipe { MinibatchDiscrimination = new() }) with { Batch = 1 }, "techniques.minibatch-discrimination" },
        { With(new TechniquesRecipe { MinibatchDiscrimination = new(), Packing = new() { Samples = 64 } }), "techniques.minibatch-discrimination" },
        { With(new TechniquesRecipe { MinibatchDiscrimination = new() { Normalise = false }, ExperienceReplay = Replay }), "techniques.minibatch-discrimination.normalise" },
        { With(new TechniquesRecipe { MinibatchDiscrimination = new() { Normalise = false }, ExperienceReplay = Replay with { Mode = "half" } }), "techniques.minibatch-discrimination.normalise" },
        { With(new TechniquesRecipe { VirtualBatchNormalization = new() }) with { Generator = new() { Normalization = "none" } }, "techniques.virtual-batch-normalization" },
        { With(new TechniquesRecipe { VirtualBatchNormalization = new() { Reference = 1 } }), "techniques.virtual-batch-normalization.reference" },
        { new() { Generator = new() { Attention = ["28"] } }, "generator.attention" },
        { new() { Generator = new() { Attention = ["0"] } }, "generator.attention" },
        { new() { Generator = new() { Attention = [] } }, "generator.attention" },
        { new() { Generator = new() { Attention = ["14", "14"] } }, "generator.attention" },
        { new() { Generator = new() { Attention = ["seven"] } }, "generator.attention" },
        { new() { Generator = InfoGan with { Attention = ["14"] } }, "generator.attention" },
        { new() { Discriminator = Residual with { Attention = ["4"] }, Data = new() { Size = 32 } }, "discriminator.attention" },
        { new() { Discriminator = new() { Depth = 1, Attention = ["7"] } }, "discriminator.attention" },
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
        With(new TechniquesRecipe { Packing = new() { Samples = 4 }, ExperienceReplay = Replay with { Share = 0.125 } }),
        With(new TechniquesRecipe { Packing = new() { Samples = 64 }, ExperienceReplay = Replay with { Mode = "pool", Share = 0.1 } }),
        With(new TechniquesRecipe { MinibatchDiscrimination = new(), Packing = new() { Samples = 32 } }),
        With(new TechniquesRecipe { MinibatchDiscrimination = new() { Normalise = false }, ExperienceReplay = Replay with { Share = 1 } }),
        With(new TechniquesRecipe { SpectralNormalization = new() { Players = "both" }, VirtualBatchNormalization = new() }),
        new Recipe { Generator = new() { Attention = ["14", "7"] }, Discriminator = Residual with { Attention = ["7"] } },
        new Recipe { Data = new() { Size = 32 }, Generator = Residual with { Attention = ["4"] }, Discriminator = new() { Attention = ["4"] } },
        Points with { Generator = new() { Network = "maxout-mlp" }, Discriminator = new() { Network = "maxout-mlp" } },
        With(Replay with { Share = 0.008 }),
        new Recipe { Objective = new HingeRecipe(), Techniques = new() { R1 = new(), R2 = new() { Every = 1000 }, Diffaugment = new() { Policy = ["cutout"] } } },
        new Recipe { Objective = new WassersteinGradientPenaltyRecipe(), Techniques = new() { R1 = new(), Diffaugment = new(), FeatureMatching = new(), Ema = new(), Unrolling = new() { Loss = "objective" } } },
        new Recipe { Techniques = new() { LabelSmoothing = new(), Unrolling = new() { Steps = 100 } } },
        new Recipe { Objective = new WassersteinRecipe(), Techniques = new() { ExperienceReplay = new(), HistoricalAveraging = new(), Unrolling = new() { Steps = 0, Loss = "objective" } } },
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

    [Theory]
    [InlineData("r1")]
    [InlineData("r2")]
    public void Warnings_BatchNormalisedDWithAPenaltyOfATechnique_NameIt(string technique)
    {
        var penalty = new GradientPenaltyRecipe();
        var recipe = new Recipe { Discriminator = new() { Normalization = "batch" }, Techniques = technique == "r1" ? new() { R1 = penalty } : new() { R2 = penalty } };

        var warning = Assert.Single(RecipeValidator.Warnings(recipe));

        Assert.Equal("discriminator.normalization", warning.Key);
        Assert.StartsWith($"technique {technique} penalises", warning.Message, StringComparison.Ordinal);
        Assert.Empty(RecipeValidator.Warnings(recipe with { Discriminator = new() }));
    }

    [Fact]
    public void Validate_UnrollingBesideWhatItDoesNotSee_SaysWhatToDo()
        => Assert.Equal(
            ["techniques.unrolling.steps = 5: technique experience-replay shows D earlier samples, which the updates that G looks through leave out; turn one of the two off, or give 0",
                "techniques.unrolling.steps = 5: technique historical-averaging changes the gradient of D, which the updates that G looks through leave out; turn one of the two off, or give 0"],
            RecipeValidator.Validate(new() { Techniques = new() { Unrolling = new(), ExperienceReplay = new(), HistoricalAveraging = new() } }).Select(static error => error.ToString()));

    [Fact]
    public void Warnings_TechniquesThatWorkAgainstTheRest_AreNamed()
    {
        var spectral = With(new TechniquesRecipe { SpectralNormalization = new() });
        Assert.Empty(RecipeValidator.Warnings(spectral));
        Assert.Equal("discriminator.normalization", Assert.Single(RecipeValidator.Warnings(spectral with { Discriminator = new() { Normalization = "batch" } })).Key);
        Assert.Equal("techniques.spectral-normalization.players", Assert.Single(RecipeValidator.Warnings(spectral with { Objective = new WassersteinRecipe() })).Key);

        var compared = With(new TechniquesRecipe { MinibatchDiscrimination = new() });
        Assert.Empty(RecipeValidator.Warnings(compared));
        Assert.Equal("techniques.minibatch-discrimination", Assert.Single(RecipeValidator.Warnings(compared with { Objective = new DraganRecipe() })).Key);

        var pooled = With(new TechniquesRecipe { Packing = new(), ExperienceReplay = Replay with { Mode = "pool" } });
        Assert.Equal("techniques.experience-replay.mode", Assert.Single(RecipeValidator.Warnings(pooled)).Key);
    }

    [Fact]
    public void Validate_PackingThatDoesNotDivide_SaysWhatWould()
    {
        Assert.Equal(
            "techniques.packing.samples = 3: a batch of 64 is no whole number of packs; give a divisor of it, or a batch such as 66",
            Assert.Single(RecipeValidator.Validate(With(new TechniquesRecipe { Packing = new() { Samples = 3 } }))).ToString());
        Assert.Equal(
            "techniques.experience-replay.share = 0.1: 6 replayed images are no whole number of packs of 4; give a share such as 0.125",
            Assert.Single(RecipeValidator.Validate(With(new TechniquesRecipe { Packing = new() { Samples = 4 }, ExperienceReplay = Replay with { Share = 0.1 } }))).ToString());
    }

    [Fact]
    public void Validate_AttentionWhereThereIsNoMap_SaysWhichThereAre()
        => Assert.Equal(
            "generator.attention = [10, 14]: network dcgan of 28 pixels has maps of 14, 7; take of these",
            Assert.Single(RecipeValidator.Validate(new() { Generator = new() { Attention = ["10", "14"] } })).ToString());

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

    [Theory]
    [InlineData("ring", "techniques.mode-champions.clusters", "techniques.mode-champions.threshold")]
    [InlineData("fashion-10k", "techniques.mode-champions.clusters")]
    [InlineData("mnist")]
    public void Warnings_OptionsOfChampionsWithoutEffect_AreNamed(string data, params string[] keys)
    {
        var recipe = new Recipe { Data = new() { Name = data }, Techniques = new() { ModeChampions = new() { Clusters = 5, Threshold = 0.8 } } };

        Assert.Equal(keys, RecipeValidator.Warnings(recipe).Select(static warning => warning.Key));
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

    private static Recipe With(TechniquesRecipe techniques) => new() { Techniques = techniques };

    private static Recipe With(ExperienceReplayRecipe replay) => new() { Techniques = new() { ExperienceReplay = replay } };
}
