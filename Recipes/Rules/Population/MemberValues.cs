namespace DistGan.Recipes;

/// <summary>
/// What one replica of a population has in place of its job's recipe: dotted keys and values as they are written in a recipe, the objective under its key.
/// </summary>
public static class MemberValues
{
    /// <summary>The key of the objective.</summary>
    public const string Objective = "objective";

    /// <summary>The recipe of a replica with these values; an option that its objective does not have is left out.</summary>
    /// <exception cref="InvalidRecipeException">They make no valid recipe.</exception>
    public static Recipe Apply(Recipe recipe, IReadOnlyDictionary<string, string> values)
    {
        // A name alone would set the options of that objective back to their defaults.
        if (values.TryGetValue(Objective, out var kind) && kind != recipe.Objective.Kind)
        {
            recipe = RecipeReader.Apply(recipe, [$"{Objective}={kind}"]);
        }

        return RecipeReader.Apply(recipe, values.Where(pair => pair.Key != Objective && RecipeNumbers.Read(recipe, pair.Key) is not null).Select(static pair => $"{pair.Key}={pair.Value}"));
    }

    /// <summary>The values of a replica that starts: those of the recipe for replica 0, and varied once for each other one.</summary>
    public static IReadOnlyDictionary<string, string> Initial(Recipe recipe, int replica)
    {
        var values = Of(recipe);
        return replica == 0 ? values : Vary(recipe, values, PopulationRule.Draws(recipe.Seed, replica, 0));
    }

    /// <summary>
    /// The values of another replica, varied: each number times a factor that is drawn for it, within its bounds, and an objective that is drawn. What makes
    /// no valid recipe with the rest stays as it was.
    /// </summary>
    /// <param name="recipe">The recipe of the job.</param>
    /// <param name="donor">The other's values.</param>
    /// <param name="draws">Where draws come from.</param>
    public static IReadOnlyDictionary<string, string> Vary(Recipe recipe, IReadOnlyDictionary<string, string> donor, Random draws)
    {
        var population = recipe.Topology.Population;
        var values = new SortedDictionary<string, string>(donor.ToDictionary(), StringComparer.Ordinal);
        if (population.Objectives is { } objectives)
        {
            TrySet(recipe, values, Objective, objectives[draws.Next(objectives.Count)]);
        }

        var factors = population.FactorValues();
        foreach (var key in population.Vary ?? [])
        {
            var factor = factors[draws.Next(factors.Count)];
            var current = Apply(recipe, values);
            if (RecipeNumbers.Read(current, key) is { } number)
            {
                TrySet(recipe, values, key, RecipeNumbers.Write(RecipeNumbers.Clip(current, key, number * factor, number)));
            }
        }

        return values;
    }

    private static SortedDictionary<string, string> Of(Recipe recipe)
    {
        var population = recipe.Topology.Population;
        var values = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach (var key in population.Vary ?? [])
        {
            if (RecipeNumbers.Read(recipe, key) is { } number)
            {
                values[key] = RecipeNumbers.Write(number);
            }
        }

        if (population.Objectives is not null)
        {
            values[Objective] = recipe.Objective.Kind;
        }

        return values;
    }

    private static void TrySet(Recipe recipe, SortedDictionary<string, string> values, string key, string value)
    {
        var before = values.GetValueOrDefault(key);
        values[key] = value;
        try
        {
            _ = Apply(recipe, values);
        }
        catch (InvalidRecipeException)
        {
            if (before is null)
            {
                values.Remove(key);
            }
            else
            {
                values[key] = before;
            }
        }
    }
}
