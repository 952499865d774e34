using DistGan.Recipes.Binding;

namespace DistGan.Recipes.Validation;

/// <summary>Populations that cannot be compared or varied.</summary>
internal static class PopulationRules
{
    private const string Part = "topology.population";
    private const double SmallestFactor = 0.001;
    private const double LargestFactor = 1000;

    /// <summary>Metrics that give a score by which generators are ranked.</summary>
    private static readonly string[] Ranking = ["auto", "fid", "kid", "prdc", "is", "modes"];

    public static IEnumerable<Finding> Find(Recipe recipe)
    {
        var population = recipe.Topology.Population;
        return !recipe.Topology.Populates() ? [] : Compared(recipe).Concat(Factors(population)).Concat(Varied(recipe, population)).Concat(Objectives(recipe, population));
    }

    /// <summary>Keys that have no effect, and comparisons that are rarer than asked for.</summary>
    public static IEnumerable<Finding> Warnings(Recipe recipe)
    {
        var (topology, population) = (recipe.Topology, recipe.Topology.Population);
        if (!topology.Populates())
        {
            return population == new PopulationRecipe() ? [] : [Finding.At(Part, "{…}", $"has no effect in topology {topology.Kind}; take kind {TopologyRecipe.Populating}", "topology.kind")];
        }

        return
        [
            .. recipe.Evaluation?.EverySteps > population.EverySteps
                ? [Finding.At($"{Part}.every-steps", population.EverySteps, $"replicas are compared when they are evaluated, every {recipe.Evaluation.EverySteps} steps; evaluate as often", "evaluation.every-steps")]
                : Array.Empty<Finding>(),
            .. recipe.Snapshots.EverySteps > population.EverySteps
                ? [Finding.At($"{Part}.every-steps", population.EverySteps, $"a replica takes the newest snapshot of another one, which is up to {recipe.Snapshots.EverySteps} steps old; take snapshots as often", "snapshots.every-steps")]
                : Array.Empty<Finding>(),
        ];
    }

    private static IEnumerable<Finding> Compared(Recipe recipe)
    {
        if (recipe.Topology.Replicas < 2)
        {
            yield return Finding.At("topology.replicas", recipe.Topology.Replicas, "topology population compares at least 2 replicas; give more, or take kind independent", "topology.kind");
        }

        if (recipe.Evaluation is null)
        {
            yield return Finding.At("evaluation", "false", "topology population compares replicas by their scores; turn evaluation on, or take kind independent", "topology.kind");
        }
        else if (!recipe.Evaluation.Metrics.Any(Ranking.Contains))
        {
            yield return Finding.At("evaluation.metrics", recipe.Evaluation.Metrics, $"topology population compares replicas by a score that ranks; add one of {string.Join(", ", Ranking.Skip(1))}", "topology.kind");
        }
    }

    private static IEnumerable<Finding> Factors(PopulationRecipe population)
    {
        if (population.FactorValues().Any(static factor => !(factor is >= SmallestFactor and <= LargestFactor)))
        {
            yield return Finding.At($"{Part}.factors", population.Factors, $"must be numbers between {Scalars.Write(SmallestFactor)} and {Scalars.Write(LargestFactor)}");
        }
    }

    private static IEnumerable<Finding> Varied(Recipe recipe, PopulationRecipe population)
    {
        if (population is { Vary: null, Objectives: null })
        {
            yield return Finding.At($"{Part}.vary", "null", "nothing would vary; name a number, or objectives", $"{Part}.objectives");
        }

        // A key of one of the objectives is of use to the replicas that have it.
        var known = (population.Objectives ?? []).Where(kind => kind != recipe.Objective.Kind && RecipeKinds.Objectives.ContainsKey(kind));
        var tunable = known.Select(kind => recipe with { Objective = RecipeKinds.Objectives[kind]() }).Prepend(recipe).SelectMany(RecipeNumbers.Tunable).ToHashSet();
        foreach (var key in (population.Vary ?? []).Where(key => !tunable.Contains(key)))
        {
            var nearest = NearestName.Of(key, tunable) is { } name ? $"; did you mean '{name}'?" : "";
            yield return Finding.At($"{Part}.vary", key, RecipeKeys.Find(key).Count > 0
                ? "cannot vary: only real numbers of generator, discriminator, objective, techniques (without experience-replay), balance and conditioning can, of parts that are on"
                : $"is no key of a recipe{nearest}", "objective", "conditioning", "balance");
        }
    }

    private static IEnumerable<Finding> Objectives(Recipe recipe, PopulationRecipe population)
    {
        foreach (var kind in population.Objectives ?? [])
        {
            if (Problem(recipe, kind) is { } problem)
            {
                yield return Finding.At($"{Part}.objectives", kind, problem, "objective");
            }
        }
    }

    private static string? Problem(Recipe recipe, string kind)
    {
        if (!RecipeKinds.Objectives.TryGetValue(kind, out var make))
        {
            return NearestName.Explain(kind, RecipeKinds.Objectives.Keys);
        }

        // Without the population, or this rule would ask itself.
        var other = recipe with { Objective = kind == recipe.Objective.Kind ? recipe.Objective : make(), Topology = recipe.Topology with { Kind = "independent" } };
        if (other.Objective.HasDiscriminator != recipe.Objective.HasDiscriminator
            || (recipe.Discriminator.Normalization == "auto" && other.UsesGradientOfDiscriminator() != recipe.UsesGradientOfDiscriminator()))
        {
            return $"trains another discriminator than {recipe.Objective.Kind}, so no weights could be taken over; leave it out, or set discriminator.normalization";
        }

        return RecipeValidator.Validate(other).Except(RecipeValidator.Validate(recipe with { Topology = other.Topology })).FirstOrDefault() is { } error
            ? $"does not fit this recipe: {error}"
            : null;
    }
}
