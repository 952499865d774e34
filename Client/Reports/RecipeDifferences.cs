using System.Text.Json;
using DistGan.Recipes;

namespace DistGan.Client.Reports;

/// <summary>Finds the keys in which recipes differ.</summary>
public static class RecipeDifferences
{
    private const string Name = "name";

    /// <summary>The key of a part's kind is documented as that of the part.</summary>
    private const string Kind = ".kind";

    /// <summary>The keys that differ, in the order of the recipe; the name, which always does, is left out.</summary>
    /// <param name="recipes">The recipes; null for one that cannot be read.</param>
    public static IReadOnlyList<RecipeDifference> Of(IReadOnlyList<Recipe?> recipes)
    {
        var values = recipes.Select(static recipe => recipe is null ? [] : Flatten(recipe)).ToList();
        var keys = values.SelectMany(static recipe => recipe.Keys).Where(static key => key != Name).Distinct(StringComparer.Ordinal);
        var order = RecipeKeys.All.Select(static (key, index) => (key.Path, index)).GroupBy(static key => key.Path).ToDictionary(static key => key.Key, static key => key.First().index);
        return [.. keys
            .OrderBy(key => order.GetValueOrDefault(key.EndsWith(Kind, StringComparison.Ordinal) ? key[..^Kind.Length] : key, int.MaxValue))
            .Select(key => new RecipeDifference(key, [.. values.Select(recipe => recipe.GetValueOrDefault(key))]))
            .Where(static row => row.Values.Distinct(StringComparer.Ordinal).Skip(1).Any())];
    }

    private static Dictionary<string, string?> Flatten(Recipe recipe)
    {
        var values = new Dictionary<string, string?>(StringComparer.Ordinal);
        using var document = JsonDocument.Parse(RecipeJson.Serialize(recipe));
        Flatten(document.RootElement, "", values);
        return values;
    }

    private static void Flatten(JsonElement json, string path, Dictionary<string, string?> values)
    {
        foreach (var property in json.EnumerateObject())
        {
            var key = path.Length == 0 ? property.Name : $"{path}.{property.Name}";
            switch (property.Value.ValueKind)
            {
                case JsonValueKind.Object:
                    Flatten(property.Value, key, values);
                    break;
                case JsonValueKind.Array:
                    values[key] = $"[{string.Join(", ", property.Value.EnumerateArray().Select(Written))}]";
                    break;
                case JsonValueKind.Null:
                    values[key] = null;
                    break;
                default:
                    values[key] = Written(property.Value);
                    break;
            }
        }
    }

    /// <summary>A value as a recipe writes it.</summary>
    private static string Written(JsonElement value) => value.ValueKind is JsonValueKind.True or JsonValueKind.False ? value.GetRawText() : value.ToString();
}
