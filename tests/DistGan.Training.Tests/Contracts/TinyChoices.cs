using System.Text;
using DistGan.Recipes;

namespace DistGan.Training.Tests.Contracts;

/// <summary>All choices of the catalogs with options so small that a step takes milliseconds, and more than one variant where a choice has modes.</summary>
internal static class TinyChoices
{
    /// <summary>Options of choices by their assignment with defaults; what is not here keeps its defaults.</summary>
    private static readonly Dictionary<string, string[]> Options = new()
    {
        ["techniques.feature-matching={}"] = ["{}", "{ replace: false }"],
        ["techniques.minibatch-discrimination={}"] = ["{ kernels: 3, dimensions: 2 }"],
        ["techniques.virtual-batch-normalization={}"] = ["{ reference: 5 }"],
        ["techniques.spectral-normalization={}"] = ["{ players: both }"],
        ["techniques.r1={}"] = ["{ gamma: 0.1, every: 2 }"],
        ["techniques.r2={}"] = ["{ gamma: 0.1 }"],
        ["techniques.unrolling={}"] = ["{ steps: 2 }"],
        ["techniques.experience-replay={}"] = ["{}", "{ mode: half }", "{ mode: pool, pool-size: 20 }"],
        ["balance=static"] = ["{ kind: static, discriminator: 2, generator: 2 }"],
        ["balance=loss-change"] = ["{ kind: loss-change, discriminator: 2, every-steps: 2, starve-steps: 2 }"],
        ["balance=accuracy-gate"] = ["{ kind: accuracy-gate, generator-threshold: 0.48, discriminator-threshold: 0.52, hysteresis: 0.01, every-steps: 2, starve-steps: 2 }"],
        ["balance=sign-control"] = ["{ kind: sign-control, hysteresis: 0, every-steps: 2 }"],
        ["generator.optimizer=sgd"] = ["{ kind: sgd, momentum: 0.9 }"],
        ["discriminator.optimizer=rmsprop"] = ["{ kind: rmsprop, momentum: 0.5 }"],
        ["discriminator.optimizer=sgd"] = ["{ kind: sgd, momentum: 0.9, nesterov: true }"],
        ["precision=auto"] = [],
    };

    /// <summary>8 images a batch, 4 channels, rounds of two steps.</summary>
    public static Recipe Start { get; } = new()
    {
        Generator = new PlayerRecipe { Width = 4, Optimizer = new AdamRecipe { Rate = 1e-3 } },
        Discriminator = new PlayerRecipe { Width = 4, Optimizer = new AdamRecipe { Rate = 1e-3 } },
        Latent = new LatentRecipe { Size = 4 },
        Batch = 8,
        Precision = "float32",
        Topology = new TopologyRecipe { RoundSteps = 2 },
    };

    public static IReadOnlyList<Choice> All { get; } = [.. Choices.All.SelectMany(static choice => Options.TryGetValue(choice.Assignment, out var values) ? values.Select(value => choice with { Value = value }) : [choice])];

    /// <summary>
    /// Every pair of choices, by the axes of the two, such as "objective × techniques". Of pairs that make the same recipe, as those
    /// with a default do, the first alone is here.
    /// </summary>
    public static ILookup<string, Combination> Pairs { get; } = Combination.Pairs(All)
        .Select(static pair => (Axes: $"{Choices.AxisOf(pair.First)} × {Choices.AxisOf(pair.Second)}", Both: Combination.Of(Start, pair.First, pair.Second)))
        .DistinctBy(static pair => Encoding.UTF8.GetString(RecipeJson.Serialize(pair.Both.Recipe)))
        .ToLookup(static pair => pair.Axes, static pair => pair.Both);

    /// <summary>Four choices of different keys that are allowed together, a function of the seed.</summary>
    public static IEnumerable<Combination> Quadruples(int count, int seed)
    {
        var random = new Random(seed);
        return Enumerable.Range(0, int.MaxValue)
            .Select(_ => Four(random))
            .Where(static combination => combination.IsAllowed)
            .DistinctBy(static combination => combination.Name)
            .Take(count);
    }

    private static Combination Four(Random random)
    {
        List<Choice> four = [];
        while (four.Count < 4)
        {
            var choice = All[random.Next(All.Count)];
            if (four.TrueForAll(chosen => chosen.Key != choice.Key))
            {
                four.Add(choice);
            }
        }

        return Combination.Of(Start, four);
    }
}
