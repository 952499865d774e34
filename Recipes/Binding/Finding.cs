namespace DistGan.Recipes.Binding;

/// <summary>An error of validation, with the keys that it follows from.</summary>
internal sealed record Finding(RecipeError Error, IReadOnlyList<string> Keys)
{
    public static Finding At(string key, object? value, string message, params string[] others)
        => new(new RecipeError(key, value is null ? null : Scalars.Write(value), message), [key, .. others]);
}
