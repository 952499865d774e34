namespace DistGan.Recipes;

/// <summary>
/// The valid name that somebody probably meant: least optimal-string-alignment distance (insertions, deletions,
/// substitutions, swaps of neighbours; Damerau 1964), at most a third of the longer word, and at least one change. Where
/// none is so near: what the field calls by that word (<see cref="FieldNames"/>), or a name of which a part begins with it.
/// </summary>
public static class NearestName
{
    /// <summary>The nearest of <paramref name="names"/>, the first of equals, or null where none is near.</summary>
    public static string? Of(string word, IEnumerable<string> names)
        => Of(word, names.ToArray());

    private static string? Of(string word, string[] names)
    {
        var lower = Normal(word);
        string? nearest = null;
        var least = int.MaxValue;
        foreach (var name in names)
        {
            var distance = Distance(lower, Normal(name));
            if (distance < least && distance <= Math.Max(1, Math.Max(word.Length, name.Length) / 3))
            {
                (nearest, least) = (name, distance);
            }
        }

        return nearest ?? FieldNames.Of(lower).FirstOrDefault(names.Contains) ?? names.FirstOrDefault(name => BeginsAPart(lower, Normal(name)));
    }

    /// <summary>What is allowed, and the nearest name where there is one.</summary>
    public static string Explain(string word, IEnumerable<string> names)
    {
        var all = names.ToArray();
        var allowed = all.Length == 1 ? $"must be {all[0]}" : $"must be one of {string.Join(", ", all)}";
        return Of(word, all) is { } nearest ? $"{allowed}; did you mean '{nearest}'?" : allowed;
    }

    private static bool BeginsAPart(string word, string name)
    {
        var at = word.Count(char.IsLetterOrDigit) < 3 ? -1 : name.IndexOf(word, StringComparison.Ordinal);
        while (at > 0 && char.IsLetterOrDigit(name[at - 1]))
        {
            at = name.IndexOf(word, at + 1, StringComparison.Ordinal);
        }

        return at >= 0;
    }

    private static string Normal(string word) => word.ToLowerInvariant().Replace('_', '-');

    private static int Distance(string a, string b)
    {
        var d = new int[a.Length + 1, b.Length + 1];
        for (var i = 0; i <= a.Length; i++)
        {
            for (var j = 0; j <= b.Length; j++)
            {
                d[i, j] = i == 0 || j == 0 ? i + j : Step(d, a, b, i, j);
            }
        }

        return d[a.Length, b.Length];
    }

    private static int Step(int[,] d, string a, string b, int i, int j)
    {
        var same = a[i - 1] == b[j - 1] ? 0 : 1;
        var least = Math.Min(d[i - 1, j - 1] + same, Math.Min(d[i - 1, j], d[i, j - 1]) + 1);
        var isSwap = i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1];
        return isSwap ? Math.Min(least, d[i - 2, j - 2] + 1) : least;
    }
}
