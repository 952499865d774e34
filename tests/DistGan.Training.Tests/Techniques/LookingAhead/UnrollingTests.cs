using DistGan.Recipes;
using DistGan.Training.Layers;
using DistGan.Training.Networks;
using DistGan.Training.Objectives;
using DistGan.Training.Optimizers;
using DistGan.Training.Steps;
using DistGan.Training.Techniques;
using DistGan.Training.Techniques.LookingAhead;
using DistGan.Training.Tests.Steps;
using DistGan.Training.Vectors;
using static TorchSharp.torch;

namespace DistGan.Training.Tests.Techniques.LookingAhead;

public sealed class UnrollingTests
{
    private static readonly NetworkDefinition SmoothGenerator = new("g", [2], [new Dense(4), new Activation(ActivationKind.Tanh, InPlace: true), new Dense(2)]);

    private static readonly NetworkDefinition SmoothDiscriminator = new("d", [2], [new Dense(4), new Activation(ActivationKind.Tanh, InPlace: true), new Dense(1)]);

    private static readonly NetworkDefinition SmoothAutoencoder = new("d", [2], [new Dense(3), new Activation(ActivationKind.Tanh), new Dense(2)]) { Energy = new(2, IsSquared: true) };

    /// <summary>Optimisers with everything that they may remember.</summary>
    private static readonly Dictionary<string, OptimizerRecipe> Optimizers = new()
    {
        ["adam"] = new AdamRecipe { Rate = 0.05 },
        ["rmsprop"] = new RmsPropRecipe { Rate = 0.05 },
        ["rmsprop with momentum"] = new RmsPropRecipe { Rate = 0.05, Momentum = 0.5 },
        ["sgd"] = new SgdRecipe { Rate = 0.3 },
        ["sgd with momentum"] = new SgdRecipe { Rate = 0.3, Momentum = 0.9 },
        ["sgd with Nesterov's momentum"] = new SgdRecipe { Rate = 0.3, Momentum = 0.9, Nesterov = true },
    };

    public static TheoryData<string> OptimizerNames => [.. Optimizers.Keys];

    [Fact]
    public void Makers_OfTheCatalog_AreTheKindsOfRecipes()
        => Assert.Equal(RecipeKinds.Optimizers.Keys.Order(), ImaginedOptimizerCatalog.Makers.Keys.Order());

    [Theory]
    [InlineData(0, -0.7)]
    [InlineData(1, -0.72)]
    [InlineData(2, -0.74)]
    [InlineData(3, -0.76)]
    public void Judge_BilinearGame_GivesTheGradientDerivedByHand(int steps, double expected)
    {
        using var scope = NewDisposeScope();

        // D(x) = ψx, G(z) = θ, L_D = ψ(θ − a), L_G = −ψ_K·θ: descent at rate η makes ψ_K = ψ − Kη(θ − a), so that
        // ∂L_G/∂θ = −ψ_K + Kηθ = −(0.7 + 0.035K) + 0.015K for ψ = 0.7, θ = 0.3, a = 1, η = 0.05.
        using var game = new UnrolledGame(steps, new("g", [1], [new Dense(1)]), new("d", [1], [new Dense(1, Bias: false)]), new SgdRecipe { Rate = 0.05 });
        game.Discriminator.Parameters.Values.fill_(0.7);
        game.Generator.Parameters.Values[0] = 0;
        game.Generator.Parameters.Values[1] = 0.3;

        var loss = game.GeneratorLoss(
            ones(5, 1, ScalarType.Float64),
            zeros(5, 1, ScalarType.Float64),
            static turn => turn.FakeScores.mean() - turn.RealScores.mean(),
            static turn => -turn.FakeScores.mean());
        loss.backward();

        Numbers.AssertEqual([-(0.7 + 0.035 * steps) * 0.3], loss);
        Numbers.AssertEqual([expected], game.Generator.Parameters.Gradient[1]);
        Assert.Equal(steps, game.Turns.Count);
    }

    [Theory]
    [MemberData(nameof(OptimizerNames))]
    public void Judge_TwoUpdatesOfD_HasAGradientThatAgreesWithFiniteDifferences(string optimizer)
        => AssertGradient(Optimizers[optimizer], SmoothDiscriminator, new NonSaturatingRecipe());

    [Theory]
    [InlineData("wgan-gp")]
    [InlineData("dragan")]
    [InlineData("hinge")]
    [InlineData("least-squares")]
    public void Judge_OtherObjectives_HaveGradientsThatAgreeWithFiniteDifferences(string objective)
        => AssertGradient(Optimizers["adam"], SmoothDiscriminator, RecipeKinds.Objectives[objective]());

    [Fact]
    public void Judge_BatchNormalisedD_HasAGradientThatAgreesWithFiniteDifferences()
        => AssertGradient(
            Optimizers["adam"],
            new("d", [2], [new Dense(4), new BatchNormalization(), new Activation(ActivationKind.Tanh, InPlace: true), new Dense(1)]),
            new NonSaturatingRecipe());

    [Fact]
    public void Judge_PenaltyAtGeneratedSamples_MovesWithTheGenerator()
    {
        using var r2 = new Training.Techniques.GradientPenalty("r2", "r2", new() { Gamma = 2 }, static turn => turn.FreshSamples);
        AssertGradient(Optimizers["adam"], SmoothDiscriminator, new NonSaturatingRecipe(), turn => r2.AddToLoss(turn)!);
    }

    [Fact]
    public void Judge_SpectrallyNormalisedD_HasAGradientThatAgreesWithFiniteDifferences()
        => AssertGradient(
            Optimizers["adam"],
            SmoothDiscriminator.Map(static layer => SpectralNormalization.Takes(layer) ? new SpectralNormalization(layer) : layer),
            new NonSaturatingRecipe());

    [Fact]
    public void Judge_EnergiesOfAnAutoencoder_HaveAGradientThatAgreesWithFiniteDifferences()
        => AssertGradient(Optimizers["adam"], SmoothAutoencoder, new EnergyBasedRecipe { Margin = 50, PullingAway = 0.5 });

    [Fact]
    public void Judge_EquilibriumWhoseKMovesWithTheUpdates_HasAGradientThatAgreesWithFiniteDifferences()
    {
        using var game = new UnrolledGame(3, SmoothGenerator, SmoothAutoencoder, Optimizers["sgd"]);
        using var objective = new BoundaryEquilibrium(new() { Diversity = 0.9, Gain = 0.05 });
        var state = new StateBuilder();
        state.Counters["began_k"] = BitConverter.DoubleToInt64Bits(0.4);
        objective.Restore(new StateView(state.Build(0, 0)));

        AssertGradient(game, objective);

        Assert.Equal(3, game.Turns.Count);
        Assert.Equal(0.4, BitConverter.Int64BitsToDouble(Captured(objective)));
    }

    [Fact]
    public void Judge_ParametersThatAreCutOff_HaveAGradientThatAgreesWithFiniteDifferences()
    {
        var objective = new Wasserstein(new() { Clip = 0.3 });
        using var game = new UnrolledGame(2, SmoothGenerator, SmoothDiscriminator, Optimizers["sgd"]) { AfterUpdate = objective.AfterUpdateAhead };
        Assert.True(game.Discriminator.Parameters.Values.abs().gt(0.35).any().item<bool>());

        AssertGradient(game, objective);
    }

    [Fact]
    public void Judge_ReplayedSamplesBesideFreshOnes_AreInTheTurnAndInAGradientThatAgreesWithFiniteDifferences()
    {
        using var technique = new Beside();
        using var game = new UnrolledGame(2, SmoothGenerator, SmoothDiscriminator, Optimizers["adam"]) { Technique = technique };

        AssertGradient(game, new NonSaturating());

        Assert.All(game.Turns, static turn => Assert.Equal((8, 8, 5), (turn.FakeScores.shape[0], turn.FakeSamples.shape[0], turn.FreshSamples.shape[0])));
        Assert.Equal([0, 1], technique.Ahead.TakeLast(2));
    }

    [Fact]
    public void Judge_TermInTheParametersOfD_IsFollowedAndHasAGradientThatAgreesWithFiniteDifferences()
    {
        using var technique = new Pull();
        using var game = new UnrolledGame(2, SmoothGenerator, SmoothDiscriminator, Optimizers["adam"]) { Technique = technique };

        AssertGradient(game, new NonSaturating());
    }

    [Theory]
    [MemberData(nameof(OptimizerNames))]
    public void Next_ImaginedUpdates_AreThoseOfTheOptimizer(string name)
    {
        using var scope = NewDisposeScope();
        using var game = new UnrolledGame(2, SmoothGenerator, SmoothDiscriminator, Optimizers[name]);
        var model = game.Discriminator;
        var imagined = ImaginedOptimizerCatalog.Create(Optimizers[name], model.Optimizer);
        var (before, state) = (VectorBytes.Copy(model.Parameters.Values), model.Optimizer.State.Values.SelectMany(VectorBytes.Copy).ToArray());
        var theta = model.Parameters.Values.clone();
        Tensor[] gradients = [Numbers.Normal(5, ScalarType.Float64, theta.shape), Numbers.Normal(6, ScalarType.Float64, theta.shape)];

        theta = gradients.Aggregate(theta, imagined.Next);

        Assert.Equal(before, VectorBytes.Copy(model.Parameters.Values));
        Assert.Equal(state, model.Optimizer.State.Values.SelectMany(VectorBytes.Copy));
        foreach (var gradient in gradients)
        {
            model.Parameters.Gradient.copy_(gradient);
            using var noGrad = no_grad();
            model.Optimizer.Update(model.Parameters);
        }

        Numbers.AssertNear(model.Parameters.Values, theta, 1e-9);
    }

    [Theory]
    [InlineData("adam")]
    [InlineData("rmsprop")]
    public void Next_WhereTheGradientWasAlwaysZero_IsFinite(string name)
    {
        using var scope = NewDisposeScope();
        using var optimizer = OptimizerCatalog.Create(Optimizers[name], zeros(3));
        var leaf = zeros(3).requires_grad_(true);

        var theta = ImaginedOptimizerCatalog.Create(Optimizers[name], optimizer).Next(ones(3), leaf * 2);

        Assert.True(Gradients.Of(theta, leaf, createGraph: false).isfinite().all().item<bool>());
    }

    [Theory]
    [InlineData("minimax", "minimax", "float32", "mlp")]
    [InlineData("minimax", "minimax", "bfloat16", "dcgan")]
    [InlineData("non-saturating", "objective", "float32", "dcgan")]
    [InlineData("wgan-gp", "objective", "bfloat16", "mlp")]
    public void Advance_NoUpdatesAhead_IsThePlainStepBitForBit(string objective, string loss, string precision, string network)
    {
        var recipe = TinyRecipes.Of(network) with { Objective = RecipeKinds.Objectives[objective](), Precision = precision, Balance = new StaticBalanceRecipe { Discriminator = 2, Generator = 2 } };
        var unrolled = recipe with { Techniques = recipe.Techniques with { Unrolling = new() { Steps = 0, Loss = loss } } };

        Assert.Equal(Weights(recipe), Weights(unrolled));
        Assert.NotEqual(Weights(recipe), Weights(unrolled with { Techniques = new() { Unrolling = new() { Steps = 1, Loss = loss } } }));
    }

    /// <summary>What acts on the updates of D, true and imagined ones, each in a recipe of its own.</summary>
    private static readonly Dictionary<string, Func<Recipe, Recipe>> Acting = new()
    {
        ["spectral-normalization"] = static recipe => recipe with { Techniques = new() { SpectralNormalization = new() { Players = "both" } } },
        ["replay parallel"] = static recipe => recipe with { Techniques = new() { ExperienceReplay = new() } },
        ["replay half"] = static recipe => recipe with { Techniques = new() { ExperienceReplay = new() { Mode = "half" } } },
        ["replay pool"] = static recipe => recipe with { Techniques = new() { ExperienceReplay = new() { Mode = "pool", PoolSize = 10 } } },
        ["historical-averaging"] = static recipe => recipe with { Techniques = new() { HistoricalAveraging = new() { Weight = 0.1 } } },
        ["wasserstein"] = static recipe => recipe with { Objective = new WassersteinRecipe { Clip = 0.02 } },
        ["ebgan"] = static recipe => recipe.With("ebgan"),
        ["began"] = static recipe => recipe.With("began") with { Objective = new BoundaryEquilibriumRecipe { Gain = 0.5 } },
    };

    public static TheoryData<string> ActingNames => [.. Acting.Keys];

    [Theory]
    [MemberData(nameof(ActingNames))]
    public void Advance_NoUpdatesAheadBesideWhatActsOnThem_IsThePlainStepBitForBit(string name)
    {
        var recipe = Acting[name](TinyRecipes.Of());

        Assert.Equal(Weights(recipe, steps: 7), Weights(Unrolled(recipe, 0), steps: 7));
        Assert.NotEqual(Weights(recipe, steps: 7), Weights(Unrolled(recipe, 1), steps: 7));
    }

    [Theory]
    [MemberData(nameof(ActingNames))]
    public void Advance_UpdatesAheadBesideWhatActsOnThem_LeaveDAndTheStateOfAll(string name)
    {
        var recipe = Acting[name](TinyRecipes.Of());
        using var without = TinyRecipes.Create(recipe, new MemoryLinks(TinyRecipes.Shape).Links);
        using var with = TinyRecipes.Create(Unrolled(recipe, 2), new MemoryLinks(TinyRecipes.Shape).Links);
        TinyRecipes.Advance(without, 6);
        with.Restore(without.Capture());
        without.Advance();
        with.Advance();

        // All but G, its history and what is reported of it.
        Assert.Equal(StateOf(without.Discriminator), StateOf(with.Discriminator));
        Assert.NotEqual(StateOf(without.Generator), StateOf(with.Generator));
        var (plain, unrolled) = (without.Capture(), with.Capture());
        foreach (var (file, array) in plain.Files.SelectMany(static file => file.Value.Select(array => (file.Key, array))).Where(static pair => pair.Key is not ("generator" or "optimizer") && !pair.array.Name.StartsWith("generator", StringComparison.Ordinal)))
        {
            Assert.Equal(array.Bytes.ToArray(), unrolled.Files[file].Single(other => other.Name == array.Name).Bytes.ToArray());
        }

        Assert.All(plain.Counters.Where(static counter => counter.Key != "meter"), counter => Assert.Equal(counter.Value?.ToJsonString(), unrolled.Counters[counter.Key]?.ToJsonString()));
    }

    [Fact]
    public void Advance_MinimaxLoss_TakesThePlaceOfThatOfTheObjectiveForGAlone()
    {
        var plain = TinyRecipes.Of("mlp");
        var minimax = plain with { Objective = new MinimaxRecipe() };
        var unrolled = plain with { Techniques = plain.Techniques with { Unrolling = new() { Steps = 0 } } };

        Assert.Equal(Weights(minimax), Weights(unrolled));
        Assert.NotEqual(Weights(plain), Weights(unrolled));
    }

    [Theory]
    [InlineData("float32")]
    [InlineData("bfloat16")]
    public void Advance_UpdatesAhead_LeaveDAndAllRunningStatistics(string precision)
    {
        var plain = TinyRecipes.Of() with { Precision = precision };
        using var without = TinyRecipes.Create(plain, new MemoryLinks(TinyRecipes.Shape).Links);
        using var with = TinyRecipes.Create(plain with { Techniques = new() { Unrolling = new() { Steps = 3 } } }, new MemoryLinks(TinyRecipes.Shape).Links);

        without.Advance();
        with.Advance();

        Assert.True(with.Discriminator.Buffers.Values.numel() > 0);
        Assert.Equal(StateOf(without.Discriminator), StateOf(with.Discriminator));
        Assert.Equal(VectorBytes.Copy(without.Generator.Buffers.Values), VectorBytes.Copy(with.Generator.Buffers.Values));
        Assert.NotEqual(StateOf(without.Generator), StateOf(with.Generator));
        Assert.True(with.Generator.Parameters.Values.isfinite().all().item<bool>());
    }

    private static void AssertGradient(OptimizerRecipe optimizer, NetworkDefinition discriminator, ObjectiveRecipe recipe, Func<DiscriminatorTurn, Tensor>? term = null)
    {
        using var game = new UnrolledGame(2, SmoothGenerator, discriminator, optimizer);
        AssertGradient(game, ObjectiveCatalog.Create(recipe), term);
    }

    private static void AssertGradient(UnrolledGame game, IObjective objective, Func<DiscriminatorTurn, Tensor>? term = null)
    {
        using var scope = NewDisposeScope();
        var (real, latents) = (Numbers.Normal(1, ScalarType.Float64, 5, 2), Numbers.Normal(2, ScalarType.Float64, 5, 2));
        Tensor Loss()
        {
            var played = objective.LookAhead();
            return game.GeneratorLoss(real, latents, turn => term is null ? played.DiscriminatorLoss(turn) : played.DiscriminatorLoss(turn) + term(turn), played.GeneratorLoss);
        }

        game.Generator.Parameters.ClearGradient();
        Loss().backward();
        var gradient = game.Generator.Parameters.Gradient.clone();
        Assert.NotEqual(VectorBytes.Copy(game.Turns[0].FakeSamples.detach()), VectorBytes.Copy(game.Turns[1].FakeSamples.detach()));
        var expected = FiniteDifferences.Of(
            () =>
            {
                using var inner = NewDisposeScope();
                return Loss().item<double>();
            },
            game.Generator.Parameters.Values);

        FiniteDifferences.AssertClose(expected, gradient, 1e-6);
    }

    private static Recipe Unrolled(Recipe recipe, int steps) => recipe with { Techniques = recipe.Techniques with { Unrolling = new() { Steps = steps, Loss = "objective" } } };

    private static long Captured(BoundaryEquilibrium objective)
    {
        var state = new StateBuilder();
        objective.Capture(state);
        return state.Counters["began_k"]!.GetValue<long>();
    }

    private static byte[] Weights(Recipe recipe, int steps = 3)
    {
        using var replica = TinyRecipes.Create(recipe, new MemoryLinks(TinyRecipes.Shape).Links);
        TinyRecipes.Advance(replica, steps);
        return [.. StateOf(replica.Generator), .. StateOf(replica.Discriminator)];
    }

    private static byte[] StateOf(PlayerModel model)
        => [.. VectorBytes.Copy(model.Parameters.Values), .. VectorBytes.Copy(model.Buffers.Values), .. model.Optimizer.State.Values.SelectMany(VectorBytes.Copy)];

    /// <summary>Shows three earlier samples beside the fresh ones.</summary>
    private sealed class Beside : Technique
    {
        public List<int> Ahead { get; } = [];

        public override string Name => "beside";

        public override IReadOnlyList<FakeGroup> ShowAhead(IReadOnlyList<FakeGroup> fakes, long step, int update, int ahead)
        {
            Ahead.Add(ahead);
            return [.. fakes, new FakeGroup(Numbers.Normal(30 + ahead, ScalarType.Float64, 3, 2), IsReplayed: true)];
        }
    }

    /// <summary>Draws θ towards 0: the gradient of ¾‖θ‖².</summary>
    private sealed class Pull : Technique
    {
        public override string Name => "pull";

        public override Tensor GradientAhead(PlayerModel model, Tensor theta, Tensor gradient) => gradient + 1.5 * theta;
    }
}
