namespace DistGan.Recipes;

/// <summary>One kind of a polymorphic part.</summary>
/// <param name="Name">Its name in the catalog.</param>
/// <param name="Meaning">What it is; empty where nothing is written.</param>
/// <param name="Options">The keys that it has, those that all kinds share included.</param>
public sealed record RecipeKind(string Name, string Meaning, IReadOnlyList<string> Options);
