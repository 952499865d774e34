using DistGan.Client.Runs;
using DistGan.Recipes;

namespace DistGan.Client.Clusters;

/// <summary>What is to be submitted.</summary>
/// <param name="Recipe">The recipe, with full paths.</param>
/// <param name="Start">The weights that it begins with; null for random ones, or where the recipe names uploaded ones.</param>
public sealed record PreparedJob(Recipe Recipe, StartSource? Start);
