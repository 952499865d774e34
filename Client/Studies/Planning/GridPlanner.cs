using DistGan.Recipes;

namespace DistGan.Client.Studies.Planning;

/// <summary>Every combination of the values of several keys.</summary>
public static class GridPlanner
{
    /// <summary>The combinations; the last key changes fastest.</summary>
    public static IReadOnlyList<StudyConfiguration> Plan(IReadOnlyList<Variation> variations)
    {
        IReadOnlyList<IReadOnlyList<(string Key, string Value)>> all = [[]];
        foreach (var variation in variations)
        {
            all = [.. all.SelectMany(values => variation.Values.Select(value => (IReadOnlyList<(string, string)>)[.. values, (variation.Key, value)]))];
        }

        return Named(all);
    }

    /// <summary>The configuration that is the recipe itself, or else the first.</summary>
    public static string BaselineOf(Recipe recipe, IReadOnlyList<(string Name, Recipe Recipe)> configurations)
    {
        var hash = RecipeJson.Sha256(recipe);
        return configurations.FirstOrDefault(configuration => RecipeJson.Sha256(configuration.Recipe) == hash).Name ?? configurations[0].Name;
    }

    internal static IReadOnlyList<StudyConfiguration> Named(IReadOnlyList<IReadOnlyList<(string Key, string Value)>> all, IReadOnlyList<string>? names = null)
    {
        names ??= ConfigurationNames.Of(all);
        return [.. all.Select((values, i) => new StudyConfiguration { Name = names[i], Overrides = [.. values.Select(static value => $"{value.Key}={value.Value}")] })];
    }
}
