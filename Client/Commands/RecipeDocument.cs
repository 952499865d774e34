using System.Text.Json.Nodes;
using DistGan.Recipes;

namespace DistGan.Client.Commands;

/// <summary>A recipe as a JSON document; its keys are those of the recipe, hyphenated.</summary>
internal static class RecipeDocument
{
    private const string Schema = "distgan.recipe/1";

    public static JsonObject Of(Recipe recipe) => new()
    {
        ["schema"] = Schema,
        ["recipe"] = JsonNode.Parse(RecipeJson.Serialize(recipe)),
    };
}
