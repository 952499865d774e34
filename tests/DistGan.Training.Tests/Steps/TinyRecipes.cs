using DistGan.Recipes;
using DistGan.Training.Data;
using DistGan.Training.Links;
using DistGan.Training.Steps;
using static TorchSharp.torch;

namespace DistGan.Training.Tests.Steps;

/// <summary>Jobs that take milliseconds a step: 1×8×8 images, width 4, batch 8, three steps a round.</summary>
internal static class TinyRecipes
{
    /// <summary>Classes of the data where a recipe uses labels.</summary>
    public const int Classes = 3;

    public static SampleShape Shape { get; } = new(1, 8, 8);

    public static Recipe Of(string network = "dcgan", string? replay = null, bool everything = false) => new()
    {
        Generator = new PlayerRecipe { Network = network, Width = 4, Depth = 2, Optimizer = new AdamRecipe { Rate = 1e-3 } },
        Discriminator = new PlayerRecipe { Network = network, Width = 4, Depth = 2, Activation = "leaky-relu", Optimizer = new AdamRecipe { Rate = 1e-3 } },
        Latent = new LatentRecipe { Size = 4 },
        Batch = 8,
        Precision = "float32",
        Topology = new TopologyRecipe { RoundSteps = 3 },
        Techniques = new TechniquesRecipe
        {
            ExperienceReplay = replay is null ? null : new ExperienceReplayRecipe { Mode = replay, PoolSize = 20 },
            HistoricalAveraging = everything ? new HistoricalAveragingRecipe { Weight = 0.01 } : null,
            Ema = everything ? new ExponentialMovingAverageRecipe { Decay = 0.9 } : null,
        },
    };

    /// <summary>A balance that reads every other step and soon changes its mind.</summary>
    public static BalanceRecipe BalanceOf(string kind) => kind switch
    {
        "loss-change" => new LossChangeBalanceRecipe { Discriminator = 2, EverySteps = 2, StarveSteps = 2 },
        "accuracy-gate" => new AccuracyGateBalanceRecipe { GeneratorThreshold = 0.48, DiscriminatorThreshold = 0.52, Hysteresis = 0.01, EverySteps = 2, StarveSteps = 2 },
        _ => new SignControlBalanceRecipe { Hysteresis = 0, EverySteps = 2 },
    };

    /// <summary>A recipe with another objective, and with what that needs.</summary>
    public static Recipe With(this Recipe recipe, string objective)
    {
        var kind = RecipeKinds.Objectives[objective]();
        return recipe with
        {
            Objective = kind,
            Discriminator = kind.UsesEnergies ? recipe.Discriminator with { Network = "autoencoder", Depth = 1 } : recipe.Discriminator,
            Techniques = kind.HasDiscriminator ? recipe.Techniques : recipe.Techniques with { ExperienceReplay = null },
            Balance = kind.HasDiscriminator ? recipe.Balance : new StaticBalanceRecipe { Discriminator = 2 },
        };
    }

    /// <summary>A replica; its data have three classes where the recipe uses labels.</summary>
    public static Replica Create(Recipe recipe, ReplicaLinks links)
        => ReplicaFactory.Create(recipe, new PatternDataSet(Shape, classes: recipe.Conditioning.UsesLabels ? Classes : 0), 0, links, CPU);

    /// <summary>Links whose images have labels where the recipe uses them.</summary>
    public static MemoryLinks LinksOf(Recipe recipe) => new(Shape, recipe.Conditioning.LabelBytes);

    /// <summary>A conditioning by name, with few codes.</summary>
    public static ConditioningRecipe Conditioning(string kind)
        => kind == "infogan" ? new InformationMaximizingRecipe { Categories = 3, Continuous = 2, Weight = 0.7 } : RecipeKinds.Conditionings[kind]();

    public static void Advance(Replica replica, int steps)
    {
        for (var i = 0; i < steps; i++)
        {
            replica.Advance();
        }
    }
}
