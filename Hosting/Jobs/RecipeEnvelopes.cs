using DistGan.Grains.Interfaces.Jobs;
using DistGan.Recipes;

namespace DistGan.Hosting.Jobs;

/// <summary>Recipes as they cross the cluster.</summary>
public static class RecipeEnvelopes
{
    public static RecipeEnvelope Wrap(Recipe recipe)
    {
        var json = RecipeJson.Serialize(recipe);
        return new() { SchemaVersion = Recipe.SchemaVersion, Json = json, Sha256 = RecipeJson.Sha256(json) };
    }
}
