using DistGan.Recipes.Binding;

namespace DistGan.Recipes;

/// <summary>Writes a recipe in full, defaults included, so that reading it gives an equal recipe.</summary>
public static class RecipeWriter
{
    /// <summary>YAML in record order; what is off or not given is null.</summary>
    public static string ToYaml(Recipe recipe) => YamlPrinter.Print(RecipeTree.Of(recipe));
}
