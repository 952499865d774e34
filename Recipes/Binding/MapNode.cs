namespace DistGan.Recipes.Binding;

/// <summary>Keys with their values, in the order of the text; each key once.</summary>
internal sealed record MapNode(IReadOnlyList<MapEntry> Entries, int Line = 0) : RecipeNode(Line)
{
    public RecipeNode? this[string key] => Entries.FirstOrDefault(entry => entry.Key == key)?.Value;

    public override string ToString() => Entries.Count == 0 ? "{}" : $"{{{string.Join(", ", Entries.Select(entry => $"{entry.Key}: {entry.Value}"))}}}";
}
