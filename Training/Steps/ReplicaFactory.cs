using DistGan.Recipes;
using DistGan.Training.Conditions;
using DistGan.Training.Data;
using DistGan.Training.Links;
using DistGan.Training.Networks;
using DistGan.Training.Objectives;
using DistGan.Training.Optimizers;
using DistGan.Training.Steps.Balance;
using DistGan.Training.Techniques;
using DistGan.Training.Techniques.Discriminators;
using DistGan.Training.Techniques.Merging;
using DistGan.Training.Vectors;
using TorchSharp;
using static TorchSharp.torch;

namespace DistGan.Training.Steps;

/// <summary>Builds replicas from recipes.</summary>
public static class ReplicaFactory
{
    /// <summary>A replica at step 0. The calling thread becomes its training thread: the OpenMP team belongs to it.</summary>
    /// <param name="recipe">A validated recipe whose precision is resolved.</param>
    /// <param name="data">Kept, not owned.</param>
    /// <param name="ordinal">The replica's number, from which its initial weights and random draws follow.</param>
    /// <param name="links">Its ways to the rest of the job.</param>
    /// <param name="device">Where it computes.</param>
    /// <param name="own">Parts of your own in place of those that the recipe names.</param>
    public static Replica Create(Recipe recipe, IDataSet data, int ordinal, ReplicaLinks links, Device device, ReplicaParts? own = null)
    {
        using var scope = NewDisposeScope();
        var seeds = new SeedSequence(recipe.Seed, ordinal);

        // The mean of differently initialised networks is no network: replicas that merge start as one.
        var initial = new SeedSequence(recipe.Seed, recipe.Topology.SharesParameters() ? 0 : ordinal);
        var share = new DataShare(recipe.Topology.DataSplit, seeds, recipe.Topology.Replicas);
        IReadOnlyList<Technique> techniques = [.. Own(recipe, ordinal), .. Merging(recipe.Topology), .. Many(recipe, share.CountOf(data.Count)), .. own?.Techniques ?? []];
        var labels = recipe.Conditioning.UsesLabels ? data.CountLabels() : null;
        var layout = LatentLayout.Of(recipe, data.Classes);
        var balance = new StepBalance(recipe.Balance.CreateRule(), device, links.Balance);
        var context = new TechniqueContext
        {
            Recipe = recipe,
            Generator = Build(Player.Generator, recipe, data, techniques, initial, device, own),
            Discriminator = Build(Player.Discriminator, recipe, data, techniques, initial, device, own),
            Shape = data.Shape,
            Seeds = seeds,
            Latents = new LatentSource(seeds, recipe.Latent, device, layout, labels),
            Conditioning = ConditioningCatalog.Create(recipe.Conditioning, layout),
            Links = links,
            Device = device,
            DiscriminatorUpdates = balance.Bounds.MostDiscriminator,
        };
        foreach (var technique in techniques)
        {
            technique.Attach(context);
        }

        var meter = new RoundMeter(device);
        var step = new GanStep(context, own?.Objective ?? ObjectiveCatalog.Create(recipe.Objective), techniques, balance, meter);
        return new Replica(context, techniques, new DataFeed(data, recipe.Batch, share, recipe.Data.Augment), meter, balance, step) { Labels = labels };
    }

    /// <summary>The networks that a recipe describes, as techniques and the conditioning rewrite them.</summary>
    /// <param name="player">Which.</param>
    /// <param name="recipe">What is trained.</param>
    /// <param name="shape">Of a sample.</param>
    /// <param name="techniques">Those of the recipe.</param>
    /// <param name="own">Parts of your own.</param>
    /// <param name="classes">Classes of the data; needed where the recipe uses labels.</param>
    /// <exception cref="DistGanException">The recipe uses labels, and there are none.</exception>
    public static NetworkDefinition Define(Player player, Recipe recipe, SampleShape shape, IReadOnlyList<Technique> techniques, ReplicaParts? own = null, int classes = 0)
    {
        var layout = LatentLayout.Of(recipe, classes);
        var part = player == Player.Generator ? recipe.Generator : recipe.Discriminator;
        var family = own?.Family(player) ?? NetworkCatalog.Families[part.Network];
        var definition = player == Player.Generator
            ? family.Generator(part, layout.Width, shape) with { HasUniformInput = recipe.Latent.Distribution == "uniform", Latents = layout }
            : family.Discriminator(part with { Norm = NetworkCatalog.NormOfEnergies(recipe) }, techniques.Aggregate(shape, static (input, technique) => technique.InputOfDiscriminator(input)), NetworkCatalog.NormalizesDiscriminator(recipe));
        if (player == Player.Discriminator && !recipe.Objective.HasDiscriminator)
        {
            // Mean and logarithm of the variance for each number of a code.
            definition = EncoderNetwork.Of(definition, 2L * recipe.Latent.Size);
        }

        definition = techniques.Aggregate(definition, (current, technique) => technique.Rewrite(player, current));
        return player == Player.Discriminator ? ConditioningCatalog.Create(recipe.Conditioning, layout).Rewrite(definition) : definition;
    }

    /// <summary>The techniques of the recipe; who trains no generator averages none.</summary>
    private static IEnumerable<Technique> Own(Recipe recipe, int ordinal)
    {
        var trains = recipe.Topology.TrainsGenerator(ordinal);
        return TechniqueCatalog.Create(trains ? recipe.Techniques : recipe.Techniques with { Ema = null });
    }

    /// <summary>Swaps come after whole passes through the replica's part of the data, in versions of G, each of which costs n_D batches.</summary>
    private static IEnumerable<Technique> Many(Recipe recipe, long samples)
    {
        var batches = recipe.Topology.SwapPasses * Math.Max(1, samples / recipe.Batch);
        var updates = recipe.Balance.CreateRule().Bounds.MostDiscriminator;
        return recipe.Topology.HasManyDiscriminators() ? [new ManyDiscriminators((batches + updates - 1) / updates)] : [];
    }

    private static IEnumerable<Technique> Merging(TopologyRecipe topology) => topology.SharesParameters() ? [new ReplicaMerging()] : [];

    /// <summary>β as it starts: a function of the seed alone, so that all replicas and whoever shows their weights start from the same one.</summary>
    internal static Tensor InitialBuffers(Network network, long seed, Device device)
    {
        using var generator = new Generator();
        generator.manual_seed(new SeedSequence(seed, 0).For("initial-buffers"));
        return network.Buffers.Initialize(generator, device);
    }

    private static PlayerModel Build(Player player, Recipe recipe, IDataSet data, IReadOnlyList<Technique> techniques, SeedSequence seeds, Device device, ReplicaParts? own)
    {
        var network = new Network(Define(player, recipe, data.Shape, techniques, own, data.Classes));
        using var generator = new Generator();
        generator.manual_seed(seeds.For("initial-weights", part: (long)player));
        var type = recipe.Precision == "bfloat16" ? ScalarType.BFloat16 : ScalarType.Float32;
        var parameters = new ParameterVector(network.Parameters, network.Parameters.Initialize(generator, device), type);
        var buffers = new BufferVector(network.Buffers, InitialBuffers(network, recipe.Seed, device));
        var part = player == Player.Generator ? recipe.Generator : recipe.Discriminator;
        return new PlayerModel(player, network, parameters, buffers, OptimizerCatalog.Create(part.Optimizer, parameters.Values));
    }
}
