using DistGan.Recipes;
using DistGan.Training.Arithmetic;
using DistGan.Training.Layers;
using DistGan.Training.Objectives;
using DistGan.Training.Steps;
using DistGan.Training.Techniques;
using DistGan.Training.Tests.Steps;
using static TorchSharp.torch;

namespace DistGan.Training.Tests.Techniques.LookingAhead;

/// <summary>What acts on the true updates of D acts on imagined ones, in their graph, and keeps its own state out of it.</summary>
public sealed class ImaginedUpdatesTests
{
    private static readonly AdamRecipe Adam = new() { Rate = 0.05 };

    private static readonly SgdRecipe Descent = new() { Rate = 0.3 };

    [Fact]
    public void Judge_SpectrallyNormalisedD_HasAGradientThatAgreesWithFiniteDifferences()
    {
        using var game = new UnrolledGame(2, UnrolledGame.SmoothGenerator, UnrolledGame.SmoothDiscriminator.Map(static layer => SpectralNormalization.Takes(layer) ? new SpectralNormalization(layer) : layer), Adam);

        game.AssertGradient(new NonSaturating());
    }

    [Fact]
    public void Judge_EnergiesOfAnAutoencoder_HaveAGradientThatAgreesWithFiniteDifferences()
    {
        using var game = new UnrolledGame(2, UnrolledGame.SmoothGenerator, UnrolledGame.SmoothAutoencoder, Adam);

        game.AssertGradient(new EnergyBased(new() { Margin = 50, PullingAway = 0.5 }));
    }

    [Fact]
    public void Judge_EquilibriumWhoseKMovesWithTheUpdates_HasAGradientThatAgreesWithFiniteDifferences()
    {
        using var game = new UnrolledGame(3, UnrolledGame.SmoothGenerator, UnrolledGame.SmoothAutoencoder, Descent);
        using var objective = new BoundaryEquilibrium(new() { Diversity = 0.9, Gain = 0.05 });
        var state = new StateBuilder();
        state.Counters["began_k"] = BitConverter.DoubleToInt64Bits(0.4);
        objective.Restore(new StateView(state.Build(0, 0)));

        game.AssertGradient(objective);

        Assert.Equal(3, game.Turns.Count);
        Assert.Equal(0.4, BitConverter.Int64BitsToDouble(Captured(objective)));
    }

    [Fact]
    public void Judge_ParametersThatAreCutOff_HaveAGradientThatAgreesWithFiniteDifferences()
    {
        var objective = new Wasserstein(new() { Clip = 0.3 });
        using var game = new UnrolledGame(2, UnrolledGame.SmoothGenerator, UnrolledGame.SmoothDiscriminator, Descent) { AfterUpdate = objective.AfterUpdateAhead };
        Assert.True(game.Discriminator.Parameters.Values.abs().gt(0.35).any().item<bool>());

        game.AssertGradient(objective);
    }

    [Fact]
    public void Judge_ReplayedSamplesBesideFreshOnes_AreInTheTurnAndInAGradientThatAgreesWithFiniteDifferences()
    {
        using var technique = new Beside();
        using var game = new UnrolledGame(2, UnrolledGame.SmoothGenerator, UnrolledGame.SmoothDiscriminator, Adam) { Technique = technique };

        List<(long Scores, long Samples, long Fresh)> sizes = [];

        game.AssertGradient(new NonSaturating(), turn =>
        {
            sizes.Add((turn.FakeScores.shape[0], turn.FakeSamples.shape[0], turn.FreshSamples.shape[0]));
            return turn.FakeSamples.sum();
        });

        Assert.All(sizes, static size => Assert.Equal((8, 8, 5), size));
        Assert.Equal([0, 1], technique.Ahead.TakeLast(2));
    }

    [Theory]
    [InlineData(9, 0.6825, -0.6825 + 0.05 * 0.3)]
    [InlineData(0.68, 0.68, -0.68)]
    public void Judge_BilinearGameWithATermAndACut_GivesTheGradientDerivedByHand(double cut, double psi, double expected)
    {
        using var scope = NewDisposeScope();

        // D(x) = ψx, G(z) = θ, L_D = ψ(θ − a) + ¾ψ², L_G = −ψ₁·θ for ψ = 0.7, θ = 0.3, a = 1, η = 0.05: ψ₁ = ψ − η((θ − a) + 1.5ψ) = 0.7 − 0.05·(−0.7 + 1.05), and what is cut off does not move with θ.
        using var technique = new Pull();
        using var game = new UnrolledGame(1, new("g", [1], [new Dense(1)]), new("d", [1], [new Dense(1, Bias: false)]), new SgdRecipe { Rate = 0.05 })
        {
            Technique = technique,
            AfterUpdate = theta => theta.clamp(Scalars.Of(-cut), Scalars.Of(cut)),
        };
        game.Discriminator.Parameters.Values.fill_(0.7);
        game.Generator.Parameters.Values[0] = 0;
        game.Generator.Parameters.Values[1] = 0.3;

        var loss = game.GeneratorLoss(
            ones(5, 1, ScalarType.Float64), zeros(5, 1, ScalarType.Float64), static turn => turn.FakeScores.mean() - turn.RealScores.mean(), static turn => -turn.FakeScores.mean());
        loss.backward();

        Numbers.AssertEqual([-psi * 0.3], loss);
        Numbers.AssertEqual([expected], game.Generator.Parameters.Gradient[1]);
    }

    [Fact]
    public void Advance_UpdatesAhead_AskTheObjectiveThatLooksAheadAndEveryTechnique()
    {
        List<string> asked = [];
        var tiny = TinyRecipes.Of("mlp");
        var recipe = tiny with { Techniques = new() { Unrolling = new() { Steps = 2, Loss = "objective" } } };
        using var data = new PatternDataSet(TinyRecipes.Shape);
        var own = new ReplicaParts { Objective = new Watched("played", asked), Techniques = [new WatchedTechnique(asked)] };
        using var replica = ReplicaFactory.Create(recipe, data, 0, new MemoryLinks(TinyRecipes.Shape).Links, CPU, own);

        replica.Advance();

        string[] ahead = ["show ahead", "loss of ahead", "gradient ahead", "update of ahead"];
        Assert.Equal(["loss of played", .. ahead, .. ahead], asked);
    }

    [Fact]
    public void Judge_TermInTheParametersOfD_IsFollowedAndHasAGradientThatAgreesWithFiniteDifferences()
    {
        using var technique = new Pull();
        using var game = new UnrolledGame(2, UnrolledGame.SmoothGenerator, UnrolledGame.SmoothDiscriminator, Adam) { Technique = technique };

        game.AssertGradient(new NonSaturating());
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

        Assert.Equal(ReplicaBytes.After(recipe, steps: 7), ReplicaBytes.After(Unrolled(recipe, 0), steps: 7));
        Assert.NotEqual(ReplicaBytes.After(recipe, steps: 7), ReplicaBytes.After(Unrolled(recipe, 1), steps: 7));
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
        Assert.Equal(ReplicaBytes.Of(without.Discriminator), ReplicaBytes.Of(with.Discriminator));
        Assert.NotEqual(ReplicaBytes.Of(without.Generator), ReplicaBytes.Of(with.Generator));
        var (plain, unrolled) = (without.Capture(), with.Capture());
        foreach (var (file, array) in plain.Files.SelectMany(static file => file.Value.Select(array => (file.Key, array))).Where(static pair => pair.Key is not ("generator" or "optimizer") && !pair.array.Name.StartsWith("generator", StringComparison.Ordinal)))
        {
            Assert.Equal(array.Bytes.ToArray(), unrolled.Files[file].Single(other => other.Name == array.Name).Bytes.ToArray());
        }

        Assert.All(plain.Counters.Where(static counter => counter.Key != "meter"), counter => Assert.Equal(counter.Value?.ToJsonString(), unrolled.Counters[counter.Key]?.ToJsonString()));
    }

    private static Recipe Unrolled(Recipe recipe, int steps) => recipe with { Techniques = recipe.Techniques with { Unrolling = new() { Steps = steps, Loss = "objective" } } };

    private static long Captured(BoundaryEquilibrium objective)
    {
        var state = new StateBuilder();
        objective.Capture(state);
        return state.Counters["began_k"]!.GetValue<long>();
    }

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

    /// <summary>Writes down what it is asked.</summary>
    private sealed class Watched(string name, List<string> asked) : IObjective
    {
        private readonly Hinge _hinge = new();

        public IObjective LookAhead() => new Watched("ahead", asked);

        public Tensor DiscriminatorLoss(DiscriminatorTurn turn)
        {
            asked.Add($"loss of {name}");
            return _hinge.DiscriminatorLoss(turn);
        }

        public Tensor GeneratorLoss(GeneratorTurn turn) => _hinge.GeneratorLoss(turn);

        public Tensor AfterUpdateAhead(Tensor theta)
        {
            asked.Add($"update of {name}");
            return theta;
        }
    }

    /// <summary>Writes down what it is asked of imagined updates.</summary>
    private sealed class WatchedTechnique(List<string> asked) : Technique
    {
        public override string Name => "watched";

        public override IReadOnlyList<FakeGroup> ShowAhead(IReadOnlyList<FakeGroup> fakes, long step, int update, int ahead)
        {
            asked.Add("show ahead");
            return fakes;
        }

        public override Tensor GradientAhead(PlayerModel model, Tensor theta, Tensor gradient)
        {
            asked.Add("gradient ahead");
            return gradient;
        }
    }

    /// <summary>Draws θ towards 0: the gradient of ¾‖θ‖².</summary>
    private sealed class Pull : Technique
    {
        public override string Name => "pull";

        public override Tensor GradientAhead(PlayerModel model, Tensor theta, Tensor gradient) => gradient.Plus(Scalars.Of(1.5) * theta);
    }
}
