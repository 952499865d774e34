using DistGan.Recipes;
using DistGan.Training.Layers;
using DistGan.Training.Objectives;
using DistGan.Training.Steps;
using TorchSharp;
using static TorchSharp.torch;

namespace DistGan.Training.Tests.Objectives;

public sealed class ObjectiveContractTests
{
    /// <summary>Those that play a game; the others have no losses of scores.</summary>
    public static TheoryData<string> Names => [.. ObjectiveCatalog.Makers.Keys.Where(static name => RecipeKinds.Objectives[name]().HasDiscriminator)];

    public static TheoryData<string, float> Cases
    {
        get
        {
            var cases = new TheoryData<string, float>();
            foreach (var name in ObjectiveCatalog.Makers.Keys.Where(static name => RecipeKinds.Objectives[name]().HasDiscriminator))
            {
                cases.Add(name, 1f);
                cases.Add(name, 1e4f);
                cases.Add(name, -1e4f);
            }

            return cases;
        }
    }

    [Fact]
    public void Makers_OfTheCatalog_AreTheKindsOfRecipes()
        => Assert.Equal(RecipeKinds.Objectives.Keys.Order(), ObjectiveCatalog.Makers.Keys.Order());

    [Fact]
    public void Makers_OfTheCatalog_PlayAGameUnlessTheirRecipeSaysOtherwise()
        => Assert.All(ObjectiveCatalog.Makers.Keys, static name => Assert.Equal(!RecipeKinds.Objectives[name]().HasDiscriminator, Objective(name) is IJointObjective));

    [Theory]
    [MemberData(nameof(Cases))]
    public void Losses_OfEveryObjective_AreFiniteScalarsWithFiniteGradients(string name, float scale)
    {
        using var scope = NewDisposeScope();
        var objective = Objective(name);
        using var model = Turns.Discriminator(new("probe", [4], [new Dense(3), new Activation(ActivationKind.LeakyRelu), new Dense(1)]), ScalarType.Float32);
        var real = Numbers.Normal(1, ScalarType.Float32, 6, 4);
        var fake = Numbers.Normal(2, ScalarType.Float32, 6, 4).requires_grad_(true);

        var loss = objective.DiscriminatorLoss(
            Turns.Of(model.Train(real) * scale, model.Train(fake.detach()) * -scale, real, fake.detach(), new DiscriminatorCritic(model), uniforms: full(6, 1, 0.3f)));
        loss.backward();
        var generatorLoss = objective.GeneratorLoss(Turns.OfGenerator(model.Freeze(fake, Statistics.Batch) * scale, model.Freeze(real, Statistics.Batch) * scale, fakeFeatures: fake * scale));
        generatorLoss.backward();

        Assert.Equal(1, loss.numel());
        Assert.Equal(1, generatorLoss.numel());
        Assert.All([loss, generatorLoss, model.Parameters.Gradient, fake.grad!], static tensor => Assert.True(tensor.isfinite().all().item<bool>()));
        Assert.True(model.Parameters.Gradient.abs().max().item<float>() > 0);
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void Losses_OfEveryObjective_PullScoresApartAndTogether(string name, float scale)
    {
        using var scope = NewDisposeScope();
        var objective = Objective(name);
        var critic = new FlatCritic();

        // Least squares has finite targets, 0 and 1: beyond them it pulls back.
        var score = name == "least-squares" ? 0.1f : 0.1f * scale;
        var real = full(4, 1, score).requires_grad_(true);
        var fake = full(4, 1, score).requires_grad_(true);
        var ofGenerator = full(4, 1, score).requires_grad_(true);
        var x = Numbers.Normal(1, ScalarType.Float32, 4, 3);

        objective.DiscriminatorLoss(Turns.Of(real, fake, x, x, critic, uniforms: zeros(4, 1))).backward();
        objective.GeneratorLoss(Turns.OfGenerator(ofGenerator, real.detach(), fakeFeatures: x)).backward();

        // D wants higher real and lower fake scores, G higher fake scores; where a side is won already the gradient may vanish.
        // With energies it is the other way round.
        var up = RecipeKinds.Objectives[name]().UsesEnergies ? -1 : 1;
        Assert.True((up * real.grad!).max().item<float>() <= 0);
        Assert.True((up * fake.grad!).min().item<float>() >= 0);
        Assert.True((up * ofGenerator.grad!).max().item<float>() <= 0);
        Assert.True((real.grad!.abs() + fake.grad!.abs()).min().item<float>() > 0);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Losses_OfEveryObjective_AgreeWithFiniteDifferencesOfScores(string name)
    {
        using var scope = NewDisposeScope();
        var objective = Objective(name);
        var x = Numbers.Normal(4, ScalarType.Float64, 3, 2);
        var scores = Numbers.Normal(5, ScalarType.Float64, 7, 1);

        FiniteDifferences.AssertGradient(
            at => objective.DiscriminatorLoss(Turns.Of(at.narrow(0, 0, 3), at.narrow(0, 3, 4), x, cat([x, x]), new FlatCritic(), uniforms: zeros(3, 1, ScalarType.Float64))), scores);
        FiniteDifferences.AssertGradient(at => objective.GeneratorLoss(Turns.OfGenerator(at, scores.narrow(0, 0, 3), fakeFeatures: x)), scores);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void GradientOfWeights_OfEveryObjective_AgreesWithFiniteDifferences(string name)
    {
        using var scope = NewDisposeScope();
        var objective = Objective(name);
        using var model = Turns.Discriminator(new("probe", [4], [new Dense(5), new Activation(ActivationKind.Tanh), new Dense(1)]));
        var real = Numbers.Normal(1, ScalarType.Float64, 6, 4);
        var fake = Numbers.Normal(2, ScalarType.Float64, 6, 4);
        var uniforms = Numbers.Normal(3, ScalarType.Float64, 6, 1).sigmoid();
        Tensor Loss() => objective.DiscriminatorLoss(
            Turns.Of(model.Train(real), model.Train(fake), real, fake, new DiscriminatorCritic(model), uniforms: uniforms));

        Loss().backward();
        var gradient = model.Parameters.Gradient.clone();
        var expected = FiniteDifferences.Of(
            () =>
            {
                using var inner = NewDisposeScope();
                return Loss().item<double>();
            },
            model.Parameters.Values);

        FiniteDifferences.AssertClose(expected, gradient, 1e-6);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void DecisionBoundary_OfEveryObjective_IsWhereTheBestDiscriminatorOfEqualSamplesStands(string name)
    {
        var recipe = RecipeKinds.Objectives[name]();
        if (recipe.UsesEnergies)
        {
            // No score is a boundary either, and yet not differences alone count: an energy of 0 is a perfect reconstruction.
            Assert.False(recipe.HasDecisionBoundary);
            Assert.True(LossAt(name, 0) < LossAt(name, 5));
            return;
        }

        if (!recipe.HasDecisionBoundary)
        {
            // A constant that is added to all scores changes nothing: no score can be a boundary.
            Assert.Equal(LossAt(name, 0.3), LossAt(name, -2.3), 1e-9);
            return;
        }

        // D cannot tell samples that are equal: its loss is smallest where it gives all of them the boundary.
        var best = LossAt(name, recipe.DecisionBoundary);
        Assert.All([-3, -1, -0.25, 0.25, 1, 3], distance => Assert.True(LossAt(name, recipe.DecisionBoundary + distance) >= best));
        Assert.Equal(LossAt(name, recipe.DecisionBoundary - 0.25), LossAt(name, recipe.DecisionBoundary + 0.25), 1e-9);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void RealTarget_OfEveryObjective_MattersWhereItsRecipeSaysSo(string name)
    {
        using var scope = NewDisposeScope();
        var (scores, x) = (Numbers.Normal(5, ScalarType.Float64, 4, 1), Numbers.Normal(1, ScalarType.Float64, 4, 3));
        double Loss(double target) => Objective(name).DiscriminatorLoss(Turns.Of(scores, scores, x, x, new FlatCritic(), target, zeros(4, 1, ScalarType.Float64))).item<double>();

        Assert.Equal(RecipeKinds.Objectives[name]().HasRealTarget, Math.Abs(Loss(0.7) - Loss(1)) > 1e-3);
    }

    /// <summary>L_D where all samples, real and generated, have the same score.</summary>
    private static double LossAt(string name, double score)
    {
        using var scope = NewDisposeScope();
        var scores = full(4, 1, score, ScalarType.Float64);
        var x = Numbers.Normal(1, ScalarType.Float64, 4, 3);
        return Objective(name).DiscriminatorLoss(Turns.Of(scores, scores, x, x, new FlatCritic(), uniforms: zeros(4, 1, ScalarType.Float64))).item<double>();
    }

    private static IObjective Objective(string name) => ObjectiveCatalog.Create(RecipeKinds.Objectives[name]());

    private sealed class FlatCritic : ICritic
    {
        public Tensor Gradient(Tensor x, Tensor? codes) => zeros_like(x);
    }
}
