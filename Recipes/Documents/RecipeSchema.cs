using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using DistGan.Recipes.Binding;

namespace DistGan.Recipes;

/// <summary>The JSON Schema (draft 2020-12) of recipes in YAML and JSON, made from the records: what an editor completes and checks.</summary>
/// <remarks>
/// It holds every key, type, bound, name and default. Combinations of keys are left to <see cref="RecipeValidator"/>, so what the schema
/// refuses is refused by the validator too, except that the schema wants texts that look like numbers in quotes.
/// </remarks>
public static class RecipeSchema
{
    /// <summary>The name under which a recipe refers to the schema beside it.</summary>
    public const string FileName = "recipe.schema.json";

    /// <summary>The first line of a YAML recipe, by which editors find the schema.</summary>
    public const string EditorLine = $"# yaml-language-server: $schema={FileName}";

    private const string Dialect = "https://json-schema.org/draft/2020-12/schema";

    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true, NewLine = "\n", Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>The schema as indented text, with a line feed at its end.</summary>
    public static string ToJson()
    {
        var schema = SchemaNodes.OfPart(new Recipe());
        var keys = schema["properties"]!.AsObject();
        keys.Insert(0, RecipeTree.SchemaKey, new JsonObject { ["const"] = Recipe.SchemaVersion, ["description"] = "Version of this shape." });
        keys.Insert(1, RecipeTree.EditorKey, new JsonObject { ["type"] = "string", ["description"] = "Where an editor finds the schema; the program passes it over." });
        schema.Insert(0, "$schema", Dialect);
        schema.Insert(1, "title", "DistGan recipe");
        schema.Insert(2, "description", "The complete description of what to train; every key has a default.");
        return schema.ToJsonString(Indented) + "\n";
    }
}
