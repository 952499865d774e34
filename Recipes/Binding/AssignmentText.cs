namespace DistGan.Recipes.Binding;

/// <summary>Turns <c>a.b=value</c> into the tree <c>{ a: { b: value } }</c>.</summary>
internal static class AssignmentText
{
    /// <summary>The tree, or null where the assignment is malformed; why is in the log.</summary>
    public static MapNode? Read(string assignment, BindingLog log)
    {
        var equals = assignment.IndexOf('=', StringComparison.Ordinal);
        var path = (equals < 0 ? assignment : assignment[..equals]).Trim();
        var text = equals < 0 ? "" : assignment[(equals + 1)..].Trim();
        var keys = path.Split('.');
        if (keys.Any(string.IsNullOrWhiteSpace) || text.Length == 0)
        {
            log.Refuse(path.Length == 0 ? assignment : path, null, "write key=value, such as batch=64, techniques.ema.decay=0.99, or techniques.packing={} to turn something on", 0);
            return null;
        }

        var syntax = new BindingLog();
        var value = YamlText.Read(text, syntax, path);
        foreach (var error in syntax.Errors)
        {
            log.Refuse(path, text, error.Message, 0);
        }

        return value is null || syntax.Errors.Count > 0 ? null : (MapNode)keys.Reverse().Aggregate(WithoutLines(value), Nest);
    }

    private static RecipeNode Nest(RecipeNode value, string key) => new MapNode([new MapEntry(key, value)]);

    /// <summary>A line of an option is no line of a file.</summary>
    private static RecipeNode WithoutLines(RecipeNode node) => node switch
    {
        MapNode map => new MapNode([.. map.Entries.Select(static entry => new MapEntry(entry.Key, WithoutLines(entry.Value)))]),
        ListNode list => new ListNode([.. list.Items.Select(WithoutLines)]),
        _ => node with { Line = 0 },
    };
}
