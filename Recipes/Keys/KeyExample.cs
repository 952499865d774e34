using System.Globalization;

namespace DistGan.Recipes;

/// <summary>A value of a key that is allowed and, where there is a choice, not its default.</summary>
public static class KeyExample
{
    /// <summary>Inline YAML for the right side of <see cref="Assignment"/>.</summary>
    public static string ValueOf(RecipeKey key) => key.Type switch
    {
        "kind" => Other(key),
        "list" => $"[{key.Names.FirstOrDefault(name => name != "auto") ?? (key.Pattern is null ? "name" : "14")}]",
        "mapping" => key.IsOptional && key.Default == "on" ? "false" : "{}",
        "integer" => Number(key, isWhole: true),
        "number" => Number(key, isWhole: false),
        _ => key.Names.Count > 0 ? Other(key) : key.Pattern is not null || !key.IsOptional ? key.Default : "FILE",
    };

    /// <summary>The key as <c>--set</c> takes it; an option of one kind comes with that kind.</summary>
    public static string Assignment(RecipeKey key)
    {
        if (key.OfKind is null)
        {
            return $"{key.Path}={ValueOf(key)}";
        }

        var dot = key.Path.LastIndexOf('.');
        return $"{key.Path[..dot]}={{ kind: {key.OfKind}, {key.Path[(dot + 1)..]}: {ValueOf(key)} }}";
    }

    /// <summary>The key as one line of a recipe.</summary>
    public static string Yaml(RecipeKey key)
    {
        var assignment = Assignment(key);
        var equals = assignment.IndexOf('=', StringComparison.Ordinal);
        var keys = assignment[..equals].Split('.');
        return keys[..^1].Reverse().Aggregate($"{keys[^1]}: {assignment[(equals + 1)..]}", static (inner, part) => $"{part}: {{ {inner} }}");
    }

    private static string Other(RecipeKey key) => key.Names.FirstOrDefault(name => name != key.Default) ?? key.Default;

    /// <summary>Twice the default, half of it, an end of the range, or the default: the first that is allowed.</summary>
    private static string Number(RecipeKey key, bool isWhole)
    {
        _ = double.TryParse(key.Default, NumberStyles.Float, CultureInfo.InvariantCulture, out var now);
        double[] candidates = [now * 2, isWhole ? Math.Floor(now / 2) : now / 2, (now + (key.Maximum ?? now)) / 2, key.Minimum ?? 1, key.Maximum ?? 1];
        var found = candidates.FirstOrDefault(value => value != now && (!isWhole || value == Math.Floor(value)) && IsIn(key, value), now);
        return Binding.Scalars.Write(isWhole ? (long)found : found);
    }

    private static bool IsIn(RecipeKey key, double value)
        => (key.Minimum is not { } low || (key.MinimumIsExclusive ? value > low : value >= low))
            && (key.Maximum is not { } high || (key.MaximumIsExclusive ? value < high : value <= high));
}
