using DistGan.Recipes;
using DistGan.Training.Data;
using DistGan.Training.Steps;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace DistGan.Training.Tests.Steps;

/// <summary>The core against a loop written with the library's own modules and optimiser, on the same weights, latents and images.</summary>
public sealed class ReferenceLoopTests
{
    private const int Steps = 8;

    [Theory]
    [InlineData("mlp", 1)]
    [InlineData("mlp", 2)]
    [InlineData("dcgan", 1)]
    [InlineData("dcgan", 2)]
    public void Advance_NonSaturating_DoesTheSameMathematics(string network, int updates)
    {
        using var scope = NewDisposeScope();
        var tiny = TinyRecipes.Of(network);

        // The library's own convolutions need whole blocks of 16 channels to be right (ConvolutionAccuracyTests).
        var width = network == "mlp" ? 4 : 16;
        var recipe = tiny with
        {
            Balance = new StaticBalanceRecipe { Discriminator = updates },
            Generator = tiny.Generator with { Width = width },
            Discriminator = tiny.Discriminator with { Width = width },
        };
        using var replica = TinyRecipes.Create(recipe, new MemoryLinks(TinyRecipes.Shape).Links);
        var generator = network == "mlp" ? DenseGenerator() : ConvolutionalGenerator();
        var discriminator = network == "mlp" ? DenseDiscriminator() : ConvolutionalDiscriminator();
        Load(generator, replica.Generator);
        Load(discriminator, replica.Discriminator);
        var start = replica.Generator.Parameters.Values.clone();

        TinyRecipes.Advance(replica, Steps);
        Train(recipe, generator, discriminator, updates);

        // Eight updates of at most about 1e-3 each.
        AssertSame(generator, replica.Generator);
        AssertSame(discriminator, replica.Discriminator);
        Assert.InRange((replica.Generator.Parameters.Values - start).abs().max().item<float>(), 2e-3f, 2e-2f);
    }

    private static void Train(Recipe recipe, Sequential generator, Sequential discriminator, int updates)
    {
        using var data = new PatternDataSet(TinyRecipes.Shape);
        using var feed = new DataFeed(data, recipe.Batch, recipe.Seed, 0);
        using var latents = new LatentSource(new SeedSequence(recipe.Seed, 0), recipe.Latent, CPU);
        using var ofGenerator = optim.Adam(generator.parameters(), 1e-3, beta1: 0.5, beta2: 0.999);
        using var ofDiscriminator = optim.Adam(discriminator.parameters(), 1e-3, beta1: 0.5, beta2: 0.999);
        for (var step = 1; step <= Steps; step++)
        {
            Tensor fake = zeros(0);
            for (var update = 0; update < updates; update++)
            {
                var real = SampleCodec.Decode(feed.Next(), TinyRecipes.Shape, recipe.Batch, CPU);
                fake = generator.forward(latents.Draw(recipe.Batch, "latents", step, update));
                ofDiscriminator.zero_grad();
                var loss = functional.softplus(-discriminator.forward(real)).mean()
                    + functional.softplus(discriminator.forward(fake.detach())).mean();
                loss.backward();
                ofDiscriminator.step();
            }

            ofGenerator.zero_grad();
            functional.softplus(-discriminator.forward(fake)).mean().backward();
            ofGenerator.step();
        }
    }

    private static Sequential DenseGenerator() => Sequential(
        Linear(4, 4, hasBias: false), BatchNorm1d(4), ReLU(),
        Linear(4, 4, hasBias: false), BatchNorm1d(4), ReLU(),
        Linear(4, 64), Tanh(), Unflatten(1, [1, 8, 8]));

    private static Sequential DenseDiscriminator() => Sequential(
        Flatten(), Linear(64, 4), LeakyReLU(0.2), Linear(4, 4), LeakyReLU(0.2), Linear(4, 1));

    private static Sequential ConvolutionalGenerator() => Sequential(
        Linear(4, 128, hasBias: false), Unflatten(1, [32, 2, 2]), BatchNorm2d(32), ReLU(),
        ConvTranspose2d(32, 16, 4, stride: 2, padding: 1, bias: false), BatchNorm2d(16), ReLU(),
        ConvTranspose2d(16, 1, 4, stride: 2, padding: 1), Tanh());

    private static Sequential ConvolutionalDiscriminator() => Sequential(
        Conv2d(1, 16, 4, stride: 2, padding: 1), LeakyReLU(0.2),
        Conv2d(16, 32, 4, stride: 2, padding: 1, bias: false), BatchNorm2d(32), LeakyReLU(0.2),
        Flatten(), Linear(128, 1));

    private static void Load(Sequential module, PlayerModel model)
    {
        using var noGrad = no_grad();
        foreach (var (parameter, view) in Pairs(module, model))
        {
            parameter.copy_(view);
        }
    }

    private static void AssertSame(Sequential module, PlayerModel model)
    {
        foreach (var (parameter, view) in Pairs(module, model))
        {
            Numbers.AssertNear(parameter, view, 2e-5);
        }
    }

    private static IEnumerable<(Tensor Parameter, Tensor View)> Pairs(Sequential module, PlayerModel model)
    {
        var parameters = module.parameters().ToList();
        var views = model.Network.Parameters.Views(model.Parameters.Values);
        Assert.Equal(views.Select(static view => view.shape), parameters.Select(static parameter => parameter.shape));
        return parameters.Zip(views, static (parameter, view) => ((Tensor)parameter, view));
    }
}
