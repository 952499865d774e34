using DistGan.Recipes.Binding;

namespace DistGan.Recipes;

/// <summary>Assignments of one command line that cannot all be meant: two values for a key, or two alternatives of which a recipe has one.</summary>
public static class Contradictions
{
    /// <summary>One sentence for each pair that contradicts; what is no assignment is left to the reader.</summary>
    /// <param name="given">Assignments, and how each was written, such as --replicas 2 for topology.replicas=2.</param>
    public static IReadOnlyList<string> Find(IEnumerable<(string Assignment, string Shown)> given)
    {
        var values = given.SelectMany(static one => Values(one.Assignment).Select(value => (value.Path, value.Text, one.Shown))).ToList();
        var sentences = new List<string>();
        for (var i = 0; i < values.Count; i++)
        {
            foreach (var later in values.Skip(i + 1))
            {
                if (Exclude(values[i].Path, values[i].Text, later.Path, later.Text))
                {
                    sentences.Add($"{values[i].Shown} and {later.Shown} contradict each other; give one of them.");
                }
            }
        }

        return [.. sentences.Distinct()];
    }

    /// <summary>Whether no recipe has both values.</summary>
    private static bool Exclude(string path, string text, string otherPath, string otherText)
        => path == otherPath ? text != otherText : AreAlternatives(path, otherPath) || AreAlternatives(otherPath, path);

    private static bool AreAlternatives(string path, string other)
    {
        var (part, key) = Split(path);
        var (otherPart, otherKey) = Split(other);
        if (part != otherPart || ShapeAt(part) is not { } shape || shape[key] is not { } member || shape[otherKey] is not { } replaced)
        {
            return false;
        }

        return member.Replaces.Contains(replaced.Name);
    }

    private static RecipePart? ShapeAt(string path)
    {
        var shape = RecipePart.Of(typeof(Recipe));
        foreach (var key in path.Split('.', StringSplitOptions.RemoveEmptyEntries))
        {
            if (shape[key] is not { Form: MemberForm.Part } member)
            {
                return null;
            }

            shape = RecipePart.Of(member.Type);
        }

        return shape;
    }

    private static (string Part, string Key) Split(string path)
    {
        var dot = path.LastIndexOf('.');
        return dot < 0 ? ("", path) : (path[..dot], path[(dot + 1)..]);
    }

    private static IEnumerable<(string Path, string Text)> Values(string assignment)
        => AssignmentText.Read(assignment, new BindingLog()) is { } tree ? Leaves(tree, "") : [];

    /// <summary>The single values of a tree; what is null takes nothing else's place.</summary>
    private static IEnumerable<(string Path, string Text)> Leaves(MapNode map, string path)
        => map.Entries.SelectMany(entry => Leaves(entry.Value, path.Length == 0 ? entry.Key : $"{path}.{entry.Key}"));

    private static IEnumerable<(string Path, string Text)> Leaves(RecipeNode node, string path) => node switch
    {
        MapNode { Entries.Count: > 0 } map => Leaves(map, path),
        ScalarNode { IsNull: true } => [],
        _ => [(path, $"{node}")],
    };
}
