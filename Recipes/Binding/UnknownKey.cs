namespace DistGan.Recipes.Binding;

/// <summary>What to say about a key that does not exist: the kind it belongs to, the nearest key, where such a key is, or the keys there are.</summary>
internal static class UnknownKey
{
    public static string Explain(string key, string path, object part, bool isAssignment = false)
    {
        if (KindCatalog.TryOf(part, out var catalog) && catalog.KindWith(key) is { } owner)
        {
            return $"is an option of kind {owner}, but the kind here is {catalog.KindOf(part)}; write {path}: {{ kind: {owner}, {key}: … }} or leave the key out";
        }

        var names = RecipePart.Of(part.GetType()).Members.Select(static member => member.Key).ToArray();
        if (NearestName.Of(key, names) is { } nearest)
        {
            return $"unknown key; did you mean '{(isAssignment && path.Length > 0 ? $"{path}.{nearest}" : nearest)}'?";
        }

        var elsewhere = RecipeKeys.All.Select(static known => known.Path)
            .Where(known => known.EndsWith("." + key, StringComparison.Ordinal)).Take(2).ToArray();
        return elsewhere.Length > 0 ? $"unknown key; did you mean '{string.Join("' or '", elsewhere)}'?"
            : names.Length > 0 ? $"unknown key; the keys here are {string.Join(", ", names)}"
            : "unknown key; there are no options here";
    }
}
