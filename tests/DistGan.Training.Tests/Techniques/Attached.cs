using DistGan.Recipes;
using DistGan.Training.Data;
using DistGan.Training.Layers;
using DistGan.Training.Links;
using DistGan.Training.Networks;
using DistGan.Training.Optimizers;
using DistGan.Training.Steps;
using DistGan.Training.Techniques;
using DistGan.Training.Tests.Steps;
using DistGan.Training.Vectors;
using TorchSharp;
using static TorchSharp.torch;

namespace DistGan.Training.Tests.Techniques;

/// <summary>A technique attached to two small players, with links in memory.</summary>
internal sealed class Attached<T> : IDisposable
    where T : Technique
{
    public Attached(T technique, Recipe? recipe = null, bool coupled = false, int discriminatorUpdates = 1)
    {
        Technique = technique;
        Recipe = recipe ?? TinyRecipes.Of();
        Shared = new MemoryLinks(TinyRecipes.Shape);
        var seeds = new SeedSequence(Recipe.Seed, 0);
        Context = new TechniqueContext
        {
            Recipe = Recipe,
            Generator = Model(Player.Generator, new("generator", [4], [new Dense(6), new BatchNormalization(), new Activation(ActivationKind.Tanh), new Dense(64), new Reshape(1, 8, 8)])),
            Discriminator = Model(Player.Discriminator, new("discriminator", [1, 8, 8], coupled ? [new Reshape(), new BatchNormalization(), new Dense(1)] : [new Reshape(), new Dense(1)])),
            Shape = TinyRecipes.Shape,
            Seeds = seeds,
            Latents = new LatentSource(seeds, Recipe.Latent, CPU),
            Links = Shared.Links,
            Device = CPU,
            DiscriminatorUpdates = discriminatorUpdates,
        };
        technique.Attach(Context);
    }

    public T Technique { get; }

    public Recipe Recipe { get; }

    public MemoryLinks Shared { get; }

    public TechniqueContext Context { get; }

    /// <summary>What the technique reports.</summary>
    public Dictionary<string, double> Report(long step)
    {
        var values = new Dictionary<string, double>();
        Technique.Report(values, step);
        return values;
    }

    /// <summary>Random images as a generator makes them.</summary>
    public static Tensor Images(long seed, int count = 8) => Numbers.Normal(seed, ScalarType.Float32, TinyRecipes.Shape.Batch(count)).tanh();

    public void Dispose()
    {
        Technique.Dispose();
        Context.Generator.Dispose();
        Context.Discriminator.Dispose();
        Context.Latents.Dispose();
    }

    private static PlayerModel Model(Player player, NetworkDefinition definition)
    {
        using var scope = NewDisposeScope();
        using var generator = new Generator();
        generator.manual_seed(17);
        var network = new Network(definition);
        var parameters = new ParameterVector(network.Parameters, network.Parameters.Initialize(generator, CPU), ScalarType.Float32);
        var buffers = new BufferVector(network.Buffers, network.Buffers.Initialize(generator, CPU));
        return new PlayerModel(player, network, parameters, buffers, new Adam(new AdamRecipe(), parameters.Values));
    }
}
