using DistGan.Recipes;
using DistGan.Training.Layers;
using DistGan.Training.Objectives;
using DistGan.Training.Steps;
using TorchSharp;
using static TorchSharp.torch;

namespace DistGan.Training.Tests.Objectives;

public sealed class ObjectiveContractTests
{
    public static TheoryData<string, float> Cases
    {
        get
        {
            var cases = new TheoryData<string, float>();
            foreach (var name in ObjectiveCatalog.Makers.Keys)
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
            Turns.Of(model.Train(real) * scale, model.Train(fake.detach()) * -scale, real, fake.detach(), new DiscriminatorCritic(model), uniforms: rand(6, 1)));
        loss.backward();
        var generatorLoss = objective.GeneratorLoss(new GeneratorTurn { FakeScores = model.Freeze(fake, Statistics.Batch) * scale, FakeSamples = fake });
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
        var real = (zeros(4, 1) + 0.1f * scale).requires_grad_(true);
        var fake = (zeros(4, 1) + 0.1f * scale).requires_grad_(true);
        var ofGenerator = (zeros(4, 1) + 0.1f * scale).requires_grad_(true);
        var x = Numbers.Normal(1, ScalarType.Float32, 4, 3);

        objective.DiscriminatorLoss(Turns.Of(real, fake, x, x, critic, uniforms: zeros(4, 1))).backward();
        objective.GeneratorLoss(new GeneratorTurn { FakeScores = ofGenerator, FakeSamples = x }).backward();

        // D wants higher real and lower fake scores, G higher fake scores; where a side is won already the gradient may vanish.
        Assert.True(real.grad!.max().item<float>() <= 0);
        Assert.True(fake.grad!.min().item<float>() >= 0);
        Assert.True(ofGenerator.grad!.max().item<float>() <= 0);
        Assert.True((real.grad.abs() + fake.grad.abs()).min().item<float>() > 0);
    }

    private static IObjective Objective(string name) => ObjectiveCatalog.Create(RecipeKinds.Objectives[name]());

    private sealed class FlatCritic : ICritic
    {
        public Tensor Gradient(Tensor x) => zeros_like(x);
    }
}
