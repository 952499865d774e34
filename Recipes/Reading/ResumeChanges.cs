namespace DistGan.Recipes;

/// <summary>What may change when a run goes on: everything but the mathematics.</summary>
public static class ResumeChanges
{
    private static readonly string[] Allowed = ["budget", "evaluation", "samples", "snapshots", "topology.replicas"];

    /// <summary>Lays overrides over the recipe of a run; one that says what the run has anyway is no change.</summary>
    /// <exception cref="InvalidRecipeException">An override changes the mathematics, or is not valid.</exception>
    public static Recipe Apply(Recipe recipe, IReadOnlyList<string> overrides)
    {
        var errors = overrides.Where(text => !IsAllowed(text.Split('=', 2)[0].Trim()) && Changes(recipe, text)).Select(static text => text.Split('=', 2))
            .Select(static parts => new RecipeError(parts[0].Trim(), parts.Length > 1 ? parts[1] : null,
                $"cannot change in a run that goes on, because it changes what is computed; {string.Join(", ", Allowed)} can. Start a new run for it"))
            .ToList();
        return errors.Count == 0 ? RecipeReader.Apply(recipe, overrides) : throw new InvalidRecipeException(errors);
    }

    private static bool Changes(Recipe recipe, string text)
    {
        try
        {
            return RecipeReader.Apply(recipe, [text]) != recipe;
        }
        catch (InvalidRecipeException)
        {
            return true;
        }
    }

    private static bool IsAllowed(string key)
        => Allowed.Any(allowed => key == allowed || key.StartsWith(allowed + ".", StringComparison.Ordinal));
}
