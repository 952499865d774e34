namespace DistGan.Recipes;

/// <summary>One thing that is wrong in a recipe.</summary>
/// <param name="Key">Dotted key, such as <c>generator.optimizer.rate</c>.</param>
/// <param name="Value">What was written there, or null where the key is missing.</param>
/// <param name="Message">What is allowed and what to do, with the nearest valid name.</param>
/// <param name="Line">Line in the file, counted from 1; 0 where there is none.</param>
public sealed record RecipeError(string Key, string? Value, string Message, int Line = 0)
{
    public override string ToString()
    {
        var where = Line > 0 ? $"line {Line}: " : "";
        var value = Value is null ? "" : $" = {Value}";
        return $"{where}{Key}{value}: {Message}";
    }
}
