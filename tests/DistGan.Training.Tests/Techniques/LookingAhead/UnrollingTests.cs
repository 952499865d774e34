using DistGan.Recipes;
using DistGan.Training.Layers;
using DistGan.Training.Networks;
using DistGan.Training.Objectives;
using DistGan.Training.Optimizers;
using DistGan.Training.Steps;
using DistGan.Training.Techniques.LookingAhead;
using DistGan.Training.Tests.Steps;
using DistGan.Training.Vectors;
using static TorchSharp.torch;

namespace DistGan.Training.Tests.Techniques.LookingAhead;

public sealed class UnrollingTests
{
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

    [Fact]
    public void GeneratorLoss_MinimaxOfABilinearD_HasTheRealTermOfTheGradientDerivedByHand()
    {
        using var scope = NewDisposeScope();

        // As above with L_D = ψ(θ − a), so ψ_1 = ψ − η(θ − a), but L_G = −softplus(−ψ_1·a) − softplus(ψ_1·θ): with ∂ψ_1/∂θ = −η,
        // ∂L_G/∂θ = −η·a·σ(−ψ_1·a) − σ(ψ_1·θ)·(ψ_1 − ηθ).
        using var game = new UnrolledGame(1, new("g", [1], [new Dense(1)]), new("d", [1], [new Dense(1, Bias: false)]), new SgdRecipe { Rate = 0.05 });
        game.Discriminator.Parameters.Values.fill_(0.7);
        game.Generator.Parameters.Values[0] = 0;
        game.Generator.Parameters.Values[1] = 0.3;

        var loss = game.GeneratorLoss(
            ones(5, 1, ScalarType.Float64),
            zeros(5, 1, ScalarType.Float64),
            static turn => turn.FakeScores.mean() - turn.RealScores.mean(),
            new Unrolling(new() { Steps = 1 }).GeneratorObjective(new NonSaturating()).GeneratorLoss);
        loss.backward();

        var psi = 0.7 + 0.05 * 0.7;
        static double Sigmoid(double s) => 1 / (1 + Math.Exp(-s));
        Numbers.AssertEqual([-Math.Log(1 + Math.Exp(-psi)) - Math.Log(1 + Math.Exp(psi * 0.3))], loss);
        Numbers.AssertEqual([-0.05 * Sigmoid(-psi) - Sigmoid(psi * 0.3) * (psi - 0.05 * 0.3)], game.Generator.Parameters.Gradient[1]);
    }

    [Fact]
    public void GeneratorLoss_Minimax_HasAGradientThatAgreesWithFiniteDifferences()
    {
        using var game = new UnrolledGame(2, UnrolledGame.SmoothGenerator, UnrolledGame.SmoothDiscriminator, Optimizers["adam"]);
        game.AssertGradient(new Minimax(), ofGenerator: new Unrolling(new() { Steps = 2 }).GeneratorObjective(new Minimax()));
    }

    [Theory]
    [MemberData(nameof(OptimizerNames))]
    public void Judge_TwoUpdatesOfD_HasAGradientThatAgreesWithFiniteDifferences(string optimizer)
        => AssertGradient(Optimizers[optimizer], UnrolledGame.SmoothDiscriminator, new NonSaturatingRecipe());

    [Theory]
    [InlineData("wgan-gp")]
    [InlineData("dragan")]
    [InlineData("hinge")]
    [InlineData("least-squares")]
    public void Judge_OtherObjectives_HaveGradientsThatAgreeWithFiniteDifferences(string objective)
        => AssertGradient(Optimizers["adam"], UnrolledGame.SmoothDiscriminator, RecipeKinds.Objectives[objective]());

    [Fact]
    public void Judge_BatchNormalisedD_HasAGradientThatAgreesWithFiniteDifferences()
        => AssertGradient(
            Optimizers["adam"],
            new("d", [2], [new Dense(4), new BatchNormalization(), new Activation(ActivationKind.Tanh, InPlace: true), new Dense(1)]),
            new NonSaturatingRecipe());

    [Fact]
    public void Judge_PenaltyAtGeneratedSamples_MovesWithTheGenerator()
    {
        using var r2 = new Training.Techniques.GradientPenalty("r2", "r2", new() { Gamma = 2 }, static turn => new(turn.FreshSamples, turn.FreshCodes));
        AssertGradient(Optimizers["adam"], UnrolledGame.SmoothDiscriminator, new NonSaturatingRecipe(), turn => r2.AddToLoss(turn)!);
    }

    [Theory]
    [MemberData(nameof(OptimizerNames))]
    public void Next_ImaginedUpdates_AreThoseOfTheOptimizer(string name)
    {
        using var scope = NewDisposeScope();
        using var game = new UnrolledGame(2, UnrolledGame.SmoothGenerator, UnrolledGame.SmoothDiscriminator, Optimizers[name]);
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

        Assert.Equal(ReplicaBytes.After(recipe), ReplicaBytes.After(unrolled));
        Assert.NotEqual(ReplicaBytes.After(recipe), ReplicaBytes.After(unrolled with { Techniques = new() { Unrolling = new() { Steps = 1, Loss = loss } } }));
    }

    [Fact]
    public void Advance_MinimaxLoss_TakesThePlaceOfThatOfTheObjectiveForGAlone()
    {
        var plain = TinyRecipes.Of("mlp");
        var minimax = plain with { Objective = new MinimaxRecipe() };
        var unrolled = plain with { Techniques = plain.Techniques with { Unrolling = new() { Steps = 0 } } };

        Assert.Equal(ReplicaBytes.After(minimax), ReplicaBytes.After(unrolled));
        Assert.NotEqual(ReplicaBytes.After(plain), ReplicaBytes.After(unrolled));
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
        Assert.Equal(ReplicaBytes.Of(without.Discriminator), ReplicaBytes.Of(with.Discriminator));
        Assert.Equal(VectorBytes.Copy(without.Generator.Buffers.Values), VectorBytes.Copy(with.Generator.Buffers.Values));
        Assert.NotEqual(ReplicaBytes.Of(without.Generator), ReplicaBytes.Of(with.Generator));
        Assert.True(with.Generator.Parameters.Values.isfinite().all().item<bool>());
    }

    private static void AssertGradient(OptimizerRecipe optimizer, NetworkDefinition discriminator, ObjectiveRecipe recipe, Func<DiscriminatorTurn, Tensor>? term = null)
    {
        using var game = new UnrolledGame(2, UnrolledGame.SmoothGenerator, discriminator, optimizer);
        game.AssertGradient(ObjectiveCatalog.Create(recipe), term);
    }
}
