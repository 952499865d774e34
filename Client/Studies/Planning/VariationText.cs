using DistGan.Recipes;

namespace DistGan.Client.Studies.Planning;

/// <summary>Reads what <c>--vary</c> says: key=v1,v2 or, for a search, key=low..high and key=low..high log.</summary>
public static class VariationText
{
    private const string Option = "--vary";
    private const string Grid = "write key=v1,v2, such as generator.optimizer.rate=1e-4,2e-4";
    private const string Search = "write key=low..high, key=low..highlog for equal factors, or key=v1,v2";

    /// <summary>Keys that a study sets itself.</summary>
    private static readonly Dictionary<string, string> Own = new(StringComparer.Ordinal)
    {
        ["seed"] = "seeds are given by --seeds",
        ["name"] = "each run is named after its configuration; leave it away",
    };

    /// <summary>All variations that can be read; an error for each that cannot, and for each key that is given twice.</summary>
    /// <param name="texts">One an option.</param>
    /// <param name="mayBeRange">Whether ranges mean something.</param>
    /// <param name="errors">Where errors are added.</param>
    public static IReadOnlyList<Variation> Parse(IReadOnlyList<string> texts, bool mayBeRange, ICollection<RecipeError> errors)
    {
        if (texts.Count == 0)
        {
            errors.Add(new(Option, null, $"at least one is needed: {(mayBeRange ? Search : Grid)}"));
        }

        var variations = texts.Select(text => One(text, mayBeRange, errors)).OfType<Variation>().ToList();
        foreach (var same in variations.GroupBy(static variation => variation.Key, StringComparer.Ordinal).Where(static group => group.Count() > 1))
        {
            errors.Add(new($"{Option} {same.Key}", null, "this key is varied twice; give all its values in one option"));
        }

        return variations;
    }

    /// <summary>Splits at commas that stand outside of brackets, braces and quotes.</summary>
    public static IReadOnlyList<string> Split(string text)
    {
        var parts = new List<string>();
        var (start, depth, quote) = (0, 0, '\0');
        for (var i = 0; i < text.Length; i++)
        {
            var letter = text[i];
            if (quote != '\0')
            {
                quote = letter == quote ? '\0' : quote;
            }
            else if (letter is '"' or '\'')
            {
                quote = letter;
            }
            else if (letter is ',' && depth == 0)
            {
                parts.Add(text[start..i].Trim());
                start = i + 1;
            }
            else
            {
                depth += letter is '[' or '{' ? 1 : letter is ']' or '}' ? -1 : 0;
            }
        }

        return [.. parts, text[start..].Trim()];
    }

    private static Variation? One(string text, bool mayBeRange, ICollection<RecipeError> errors)
    {
        var equals = text.IndexOf('=', StringComparison.Ordinal);
        var key = equals < 0 ? "" : text[..equals].Trim();
        var value = equals < 0 ? "" : text[(equals + 1)..].Trim();
        if (key.Length == 0 || value.Length == 0)
        {
            errors.Add(new(Option, text, mayBeRange ? Search : Grid));
            return null;
        }

        if (Own.TryGetValue(key, out var why))
        {
            errors.Add(new($"{Option} {key}", value, why));
            return null;
        }

        return value.Contains("..", StringComparison.Ordinal) ? Range(key, value, mayBeRange, errors) : Listed(key, value, mayBeRange, errors);
    }

    private static Variation? Range(string key, string value, bool mayBeRange, ICollection<RecipeError> errors)
    {
        if (mayBeRange && SearchRange.Parse(value, RecipeKeys.Find(key).Any(static known => known.Type == "integer")) is { } range)
        {
            return new() { Key = key, Range = range };
        }

        errors.Add(new($"{Option} {key}", value, mayBeRange ? $"low must be a number below high, and above 0 where log is asked for: {Search}" : $"a grid has no ranges: {Grid}"));
        return null;
    }

    private static Variation? Listed(string key, string value, bool mayBeRange, ICollection<RecipeError> errors)
    {
        var values = Split(value);
        if (values.All(static part => part.Length > 0) && values.Distinct(StringComparer.Ordinal).Count() == values.Count)
        {
            return new() { Key = key, Values = values };
        }

        errors.Add(new($"{Option} {key}", value, $"each value must be there, and once: {(mayBeRange ? Search : Grid)}"));
        return null;
    }
}
