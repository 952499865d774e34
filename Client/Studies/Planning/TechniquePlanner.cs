using DistGan.Recipes;

namespace DistGan.Client.Studies.Planning;

/// <summary>The recipe as it is, and each technique added to it alone.</summary>
public static class TechniquePlanner
{
    /// <summary>The recipe as it is.</summary>
    public const string Baseline = "baseline";

    private const string Prefix = "techniques.";

    /// <summary>Names of all techniques, in the order of the catalog.</summary>
    public static IReadOnlyList<string> Names { get; } =
        [.. RecipeKeys.All.Select(static key => key.Path).Where(static path => path.StartsWith(Prefix, StringComparison.Ordinal)).Select(static path => path[Prefix.Length..]).Where(static name => !name.Contains('.')).Distinct(StringComparer.Ordinal)];

    /// <summary>The baseline and a configuration a technique, with its defaults; those that are on already, and those that validation refuses, are left out.</summary>
    /// <param name="recipe">What they are added to.</param>
    /// <param name="only">The techniques that are wanted; all where none is named. One of these that is refused is an error.</param>
    /// <param name="without">Those that are not.</param>
    /// <param name="errors">Where errors are added.</param>
    public static (IReadOnlyList<StudyConfiguration> Configurations, IReadOnlyList<SkippedConfiguration> Skipped) Plan(
        Recipe recipe, IReadOnlyList<string> only, IReadOnlyList<string> without, ICollection<RecipeError> errors)
    {
        RefuseUnknown("--only", only, errors);
        RefuseUnknown("--without", without, errors);
        var configurations = new List<StudyConfiguration> { new() { Name = Baseline, Overrides = [] } };
        var skipped = new List<SkippedConfiguration>();
        foreach (var name in Names.Where(name => (only.Count == 0 || only.Contains(name)) && !without.Contains(name)))
        {
            if (Refusal(recipe, name) is not { } refusal)
            {
                configurations.Add(new() { Name = name, Overrides = [$"{Prefix}{name}={{}}"] });
            }
            else if (only.Count > 0)
            {
                errors.Add(new($"--only {name}", null, refusal));
            }
            else
            {
                skipped.Add(new(name, refusal));
            }
        }

        return (configurations, skipped);
    }

    /// <summary>Every technique off, as overrides.</summary>
    public static IReadOnlyList<string> AllOff() => [.. Names.Select(static name => $"{Prefix}{name}=false")];

    private static string? Refusal(Recipe recipe, string name)
    {
        try
        {
            var with = RecipeReader.Apply(recipe, [$"{Prefix}{name}={{}}"]);
            return RecipeJson.Sha256(with) == RecipeJson.Sha256(recipe) ? "it is on in the recipe already" : null;
        }
        catch (InvalidRecipeException refused)
        {
            return string.Join("; ", refused.Errors);
        }
    }

    private static void RefuseUnknown(string option, IReadOnlyList<string> names, ICollection<RecipeError> errors)
    {
        foreach (var name in names.Where(static name => !Names.Contains(name)))
        {
            errors.Add(new(option, name, NearestName.Explain(name, Names)));
        }
    }
}
