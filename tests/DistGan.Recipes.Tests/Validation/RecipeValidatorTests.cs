using DistGan.Recipes;
using static DistGan.Recipes.Tests.Validation.BoundaryRecipes;

namespace DistGan.Recipes.Tests.Validation;

public sealed class RecipeValidatorTests
{
    [Theory]
    [MemberData(nameof(BoundaryRecipes.Impossible), MemberType = typeof(BoundaryRecipes), DisableDiscoveryEnumeration = true)]
    public void Validate_OneImpossibleThing_NamesItsKey(Recipe recipe, string key)
        => Assert.Equal(key, Assert.Single(RecipeValidator.Validate(recipe)).Key);

    [Theory]
    [MemberData(nameof(BoundaryRecipes.Possible), MemberType = typeof(BoundaryRecipes), DisableDiscoveryEnumeration = true)]
    public void Validate_PossibleRecipe_HasNoErrors(Recipe recipe) => Assert.Empty(RecipeValidator.Validate(recipe));

    public static TheoryData<string> Objectives => [.. RecipeKinds.Objectives.Keys];

    [Theory]
    [MemberData(nameof(Objectives))]
    public void Validate_LabelSmoothing_FitsObjectivesWithATargetAlone(string objective)
    {
        var kind = RecipeKinds.Objectives[objective]();
        var errors = RecipeValidator.Validate(new() { Objective = kind, Discriminator = kind.UsesEnergies ? Autoencoder : new(), Techniques = new() { LabelSmoothing = new() } });

        if (objective is "minimax" or "non-saturating" or "least-squares" or "dragan")
        {
            Assert.Empty(errors);
            return;
        }

        Assert.Equal(
            $"techniques.label-smoothing.target = 0.9: objective {objective} has no real target that could be smoothed; turn the technique off (--set techniques.label-smoothing=false), or take minimax, non-saturating, least-squares or dragan",
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
                "objective.pulling-away = 0.1: compares the codes of a batch, and this batch has one; give a batch of at least 2, or 0",
                "techniques.label-smoothing.target = 0.9: objective ebgan has no real target that could be smoothed; turn the technique off (--set techniques.label-smoothing=false), or take minimax, non-saturating, least-squares or dragan",
            ],
            RecipeValidator.Validate(new() { Objective = new EnergyBasedRecipe(), Batch = 1, Techniques = new() { LabelSmoothing = new() } }).Select(static error => error.ToString()));
    }

    [Fact]
    public void Validate_VariationalWithWhatNeedsADiscriminator_NamesAll()
        => Assert.Equal(
            [
                "techniques.label-smoothing.target = 0.9: objective vae has no real target that could be smoothed; turn the technique off (--set techniques.label-smoothing=false), or take minimax, non-saturating, least-squares or dragan",
                "techniques.experience-replay = on: needs a discriminator, which objective vae does not have; turn the technique off, or take another objective",
                "balance.generator = 3: objective vae updates both networks together, balance.discriminator times in a step; give 1",
            ],
            RecipeValidator.Validate(new() { Objective = new VariationalRecipe(), Balance = new StaticBalanceRecipe { Generator = 3 }, Techniques = new() { LabelSmoothing = new(), ExperienceReplay = new() } })
                .Select(static error => error.ToString()).OrderByDescending(static text => text, StringComparer.Ordinal));

    [Fact]
    public void Validate_LabelsThatDataOrPlayersDoNotHave_SaysWhatToTake()
    {
        var facts = new DataFacts { Count = 100, Channels = 1, Height = 28, Width = 28 };
        Assert.Equal(
            "conditioning = cgan: needs the class of each sample, but the data have no labels; give data.labels or other data, or take none or infogan",
            Assert.Single(RecipeValidator.Validate(IdxFile with { Conditioning = new ConditionalGanRecipe() }, facts)).ToString());
        Assert.Empty(RecipeValidator.Validate(IdxFile with { Conditioning = new ConditionalGanRecipe() }, facts with { Classes = 2 }));
        Assert.Equal(
            "conditioning = infogan: reads the scores of a discriminator, which objective vae does not have; take cgan, whose label is joined to the inputs of encoder and decoder, or none",
            Assert.Single(RecipeValidator.Validate(new() { Conditioning = new InformationMaximizingRecipe(), Objective = new VariationalRecipe(), Techniques = new() })).ToString());
    }

    [Fact]
    public void Warnings_PlanesOfVeryManyClasses_NameProjection()
    {
        var stacked = new Recipe { Data = new() { Name = "stacked-mnist" }, Conditioning = new ConditionalGanRecipe() };

        Assert.Contains("1000 classes", Assert.Single(RecipeValidator.Warnings(stacked), static warning => warning.Key == "conditioning").Message, StringComparison.Ordinal);
        Assert.DoesNotContain(RecipeValidator.Warnings(stacked with { Conditioning = new ProjectionRecipe() }), static warning => warning.Key == "conditioning");
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

        Assert.Equal("batch = 64: the data set has 63 samples; give at most that", Assert.Single(RecipeValidator.Validate(IdxFile, facts)).ToString());
        Assert.Empty(RecipeValidator.Validate(IdxFile, facts with { Count = 64 }));
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
        var recipe = IdxFile with { Techniques = new() { ExperienceReplay = new() { BudgetBytes = 64 * 28 * 28 } } };

        Assert.Contains("needs 150528 bytes", Assert.Single(RecipeValidator.Validate(recipe, facts)).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(null, 3, 3)]
    [InlineData(2, 3, 2)]
    [InlineData(8, 3, 3)]
    public void Validate_BudgetOfABatchInEachShard_IsEnoughAndLessIsNot(int? shards, int replicas, int needed)
    {
        Recipe Budget(long bytes) => With(Replay with { Shards = shards, BudgetBytes = bytes }) with { Topology = new() { Replicas = replicas } };

        Assert.Empty(RecipeValidator.Validate(Budget(needed * 64 * 28 * 28)));
        Assert.Contains($"in each of {needed} shards needs {needed * 64 * 28 * 28} bytes", Assert.Single(RecipeValidator.Validate(Budget((needed * 64 * 28 * 28) - 1))).Message, StringComparison.Ordinal);
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
    public void Validate_ComparisonsInAnAutoencoder_SaysWhyNot()
        => Assert.Equal(
            "techniques.minibatch-discrimination = on: joins similarities to the features that D's score is made of, but network autoencoder gives the error of a reconstruction, into which nothing but the sample itself enters; turn the technique off, or take another network",
            Assert.Single(RecipeValidator.Validate(new() { Discriminator = Autoencoder, Objective = new BoundaryEquilibriumRecipe(), Techniques = new() { MinibatchDiscrimination = new() } })).ToString());

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
        Assert.StartsWith("technique r2 penalises", Assert.Single(RecipeValidator.Warnings(compared with { Techniques = compared.Techniques with { R2 = new() } })).Message, StringComparison.Ordinal);

        var pooled = With(new TechniquesRecipe { Packing = new(), ExperienceReplay = Replay with { Mode = "pool" } });
        Assert.Equal("techniques.experience-replay.mode", Assert.Single(RecipeValidator.Warnings(pooled)).Key);
    }

    [Fact]
    public void Warnings_KeysOfReplayThatDoNothing_AreNamed()
    {
        var chosen = Replay with { Selection = "recency", HalfLife = 0.5, OthersWeight = 2, SamplesPerInsert = 3, Shards = 1 };
        string[] keys = ["selection", "half-life", "others-weight", "samples-per-insert", "shards"];

        Assert.Equal(keys.Select(static key => $"techniques.experience-replay.{key}"), RecipeValidator.Warnings(With(chosen with { Mode = "pool" })).Select(static warning => warning.Key));
        Assert.Equal(["techniques.experience-replay.others-weight"], RecipeValidator.Warnings(With(chosen)).Select(static warning => warning.Key));
        Assert.Equal(["techniques.experience-replay.half-life"], RecipeValidator.Warnings(With(Replay with { HalfLife = 0.5 })).Select(static warning => warning.Key));
        Assert.Empty(RecipeValidator.Warnings(With(chosen) with { Topology = new() { Replicas = 2 } }));
        Assert.Equal(["techniques.experience-replay.shards"], RecipeValidator.Warnings(With(Replay with { Shards = 3 }) with { Topology = new() { Replicas = 2 } }).Select(static warning => warning.Key));
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
        Assert.Equal(
            ["techniques.historical-averaging.last", "techniques.historical-averaging.every-steps"],
            RecipeValidator.Warnings(With(new TechniquesRecipe { HistoricalAveraging = new() { Last = 3, EverySteps = 5 } })).Select(warning => warning.Key));
        Assert.Empty(RecipeValidator.Warnings(With(new TechniquesRecipe { HistoricalAveraging = new() { Kind = "last", Last = 3, EverySteps = 5 } })));
        Assert.Equal("data.modes", Assert.Single(RecipeValidator.Warnings(new() { Data = new() { Modes = 9 } })).Key);
        Assert.Equal(
            ["data.spread", "data.base", "data.on-corrupt"],
            RecipeValidator.Warnings(new() { Data = new() { Spread = 2, Base = "b", OnCorrupt = "skip" } }).Select(warning => warning.Key));
        Assert.Empty(RecipeValidator.Warnings(new()));
    }

    [Theory]
    [InlineData("ring", "techniques.mode-champions.clusters", "techniques.mode-champions.threshold")]
    [InlineData("fashion-10k", "techniques.mode-champions.clusters")]
    [InlineData("mnist", "techniques.mode-champions.clusters")]
    [InlineData("stacked-mnist", "techniques.mode-champions.clusters")]
    [InlineData("cifar-10")]
    public void Warnings_OptionsOfChampionsWithoutEffect_AreNamed(string data, params string[] keys)
    {
        var recipe = new Recipe { Data = new() { Name = data, Size = 32 }, Techniques = new() { ModeChampions = new() { Clusters = 5, Threshold = 0.8 } } };

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
}
