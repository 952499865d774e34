namespace DistGan.Recipes;

/// <summary>A complete recipe with a name; the console picks one and overrides keys.</summary>
/// <param name="Name">Name in the catalog.</param>
/// <param name="Description">One line for a list.</param>
/// <param name="Make">A function that returns the recipe.</param>
public sealed record Preset(string Name, string Description, Func<Recipe> Make);
