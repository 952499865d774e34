using DistGan.Recipes;
using DistGan.Training.Arithmetic;
using DistGan.Training.Conditions;
using DistGan.Training.Data;
using DistGan.Training.Layers;
using DistGan.Training.Networks;
using DistGan.Training.Objectives;
using DistGan.Training.Optimizers;
using DistGan.Training.Steps;
using DistGan.Training.Techniques.LookingAhead;
using DistGan.Training.Techniques;
using DistGan.Training.Tests.Steps;
using DistGan.Training.Vectors;
using static TorchSharp.torch;

namespace DistGan.Training.Tests.Techniques.LookingAhead;

/// <summary>Two small players in float64 whose D has a past, and G's loss as the technique unrolling makes it.</summary>
internal sealed class UnrolledGame : IDisposable
{
    public static readonly NetworkDefinition SmoothGenerator = new("g", [2], [new Dense(4), new Activation(ActivationKind.Tanh, InPlace: true), new Dense(2)]);

    public static readonly NetworkDefinition SmoothDiscriminator = new("d", [2], [new Dense(4), new Activation(ActivationKind.Tanh, InPlace: true), new Dense(1)]);

    public static readonly NetworkDefinition SmoothAutoencoder = new("d", [2], [new Dense(3), new Activation(ActivationKind.Tanh), new Dense(2)]) { Energy = new(2, IsSquared: true) };

    private readonly Unrolling _unrolling;
    private readonly TechniqueContext _context;

    public UnrolledGame(int steps, NetworkDefinition generator, NetworkDefinition discriminator, OptimizerRecipe optimizer)
    {
        var recipe = new Recipe { Latent = new() { Size = (int)generator.Input[0] }, Batch = 5, Discriminator = new() { Optimizer = optimizer } };
        var seeds = new SeedSequence(1, 0);
        Generator = Model(Player.Generator, generator, optimizer, seed: 21);
        Discriminator = Model(Player.Discriminator, discriminator, optimizer, seed: 22);
        _context = new TechniqueContext
        {
            Recipe = recipe,
            Generator = Generator,
            Discriminator = Discriminator,
            Shape = SampleShape.Point((int)discriminator.Input[0]),
            Seeds = seeds,
            Latents = new LatentSource(seeds, recipe.Latent, CPU),
            Links = new MemoryLinks(TinyRecipes.Shape).Links,
            Device = CPU,
            DiscriminatorUpdates = 1,
        };
        _unrolling = new Unrolling(new() { Steps = steps, Loss = "objective" });
        _unrolling.Attach(_context);
    }

    public PlayerModel Generator { get; }

    public PlayerModel Discriminator { get; }

    /// <summary>A technique that acts on imagined updates; the game attaches it.</summary>
    public Technique? Technique
    {
        get;
        init
        {
            field = value;
            field?.Attach(_context);
        }
    }

    /// <summary>What the objective does to θ_D.</summary>
    public Func<Tensor, Tensor> AfterUpdate { get; init; } = static theta => theta;

    /// <summary>Turns that L_D was taken of.</summary>
    public List<DiscriminatorTurn> Turns { get; } = [];

    /// <summary>L_G of generated samples of <paramref name="latents"/>, in the graph of G.</summary>
    public Tensor GeneratorLoss(Tensor real, Tensor latents, Func<DiscriminatorTurn, Tensor> ofDiscriminator, Func<GeneratorTurn, Tensor> ofGenerator)
    {
        Turns.Clear();
        var judge = _unrolling.Judge(new GeneratorRound
        {
            Step = 1,
            Update = 1,
            Real = () => new(real, null),
            RealTarget = 1,
            Present = static (samples, _) => samples,
            Show = (fresh, update, ahead) => Technique?.ShowAhead([fresh], 1, update, ahead) ?? [fresh],
            Gradient = (theta, gradient) => Technique?.GradientAhead(Discriminator, theta, gradient) ?? gradient,
            AfterUpdate = AfterUpdate,
            DiscriminatorLoss = turn =>
            {
                Turns.Add(turn);
                return ofDiscriminator(turn);
            },
        });
        var fake = Generator.TrainPrecisely(latents);
        var judged = (judge ?? Plain)(new(fake, null));
        return ofGenerator(new GeneratorTurn
        {
            FakeScores = judged.Output,
            FakeSamples = fake,
            FakeFeatures = judged.Features,
            Real = new(() => (judge ?? Plain)(new(real, null))),
        });
    }

    /// <summary>Asserts that the gradient of L_G after imagined updates of an objective, and perhaps of a term in L_D, agrees with central differences.</summary>
    public void AssertGradient(IObjective objective, Func<DiscriminatorTurn, Tensor>? term = null, IObjective? ofGenerator = null)
    {
        using var scope = NewDisposeScope();
        var (real, latents) = (Numbers.Normal(1, ScalarType.Float64, 5, 2), Numbers.Normal(2, ScalarType.Float64, 5, 2));
        Tensor Loss()
        {
            var played = objective.LookAhead();
            return GeneratorLoss(real, latents, turn => term is null ? played.DiscriminatorLoss(turn) : played.DiscriminatorLoss(turn).Plus(term(turn)), (ofGenerator ?? played).GeneratorLoss);
        }

        Generator.Parameters.ClearGradient();
        Loss().backward();
        var gradient = Generator.Parameters.Gradient.clone();
        Assert.NotEqual(VectorBytes.Copy(Turns[0].FakeSamples.detach()), VectorBytes.Copy(Turns[1].FakeSamples.detach()));
        var expected = FiniteDifferences.Of(
            () =>
            {
                using var inner = NewDisposeScope();
                return Loss().item<double>();
            },
            Generator.Parameters.Values);

        FiniteDifferences.AssertClose(expected, gradient, 1e-6);
    }

    public void Dispose()
    {
        _unrolling.Dispose();
        Generator.Dispose();
        Discriminator.Dispose();
        _context.Latents.Dispose();
    }

    private TappedOutput Plain(SampleBatch batch) => Discriminator.FreezeWithFeatures(batch.Samples, Training.Layers.Statistics.Batch);

    private static PlayerModel Model(Player player, NetworkDefinition definition, OptimizerRecipe recipe, long seed)
    {
        using var scope = NewDisposeScope();
        var network = new Network(definition);
        var values = Numbers.Normal(seed, ScalarType.Float64, network.Parameters.Length) * 0.5;
        var parameters = new ParameterVector(network.Parameters, values, ScalarType.Float64);
        var optimizer = OptimizerCatalog.Create(recipe, parameters.Values);
        foreach (var (name, vector) in optimizer.State)
        {
            vector.copy_(Numbers.Normal(seed + 1, ScalarType.Float64, vector.shape) * 0.1);
            if (name is "second" or "square")
            {
                vector.mul_(vector).add_(0.01);
            }
        }

        optimizer.Updates = 3;
        return new PlayerModel(player, network, parameters, new BufferVector(network.Buffers, ones(network.Buffers.Length, ScalarType.Float64)), optimizer);
    }
}
