namespace DistGan.Recipes.Binding;

/// <summary>
/// Lays a tree over a recipe: keys that the tree names change, all others stay. A name of a kind, true and {} mean the
/// defaults; a mapping changes what is there already, and makes it from its defaults where it was off or of another kind.
/// </summary>
internal sealed class RecipeBinder(BindingLog log)
{
    public Recipe Bind(MapNode tree, Recipe recipe) => (Recipe)BindPart(tree, recipe, "");

    private object BindPart(MapNode map, object part, string path)
    {
        var shape = RecipePart.Of(part.GetType());
        var copy = shape.Copy(part);
        var given = new HashSet<string>();
        foreach (var entry in map.Entries)
        {
            var entryPath = Join(path, entry.Key);
            log.Written(entryPath, entry.Value, entry.Line);
            if (shape[entry.Key] is not { } member)
            {
                log.RefuseKey(entryPath, path, ValueOf(entry.Value), UnknownKey.Explain(entry.Key, path, part, isAssignment: entry.Line == 0), entry.Line);
                continue;
            }

            member.Set(copy, BindMember(entry, member, member.Get(copy), entryPath));
            if (entry.Value is not ScalarNode { IsNull: true })
            {
                given.Add(member.Name);
            }
        }

        Replace(copy, shape, given);
        return copy;
    }

    /// <summary>An alternative that was named alone takes the place of the others.</summary>
    private static void Replace(object part, RecipePart shape, HashSet<string> given)
    {
        var replaced = shape.Members.Where(member => given.Contains(member.Name)).SelectMany(static member => member.Replaces).ToHashSet();
        foreach (var member in shape.Members.Where(member => replaced.Contains(member.Name) && !given.Contains(member.Name)))
        {
            member.Set(part, null);
        }
    }

    private object? BindMember(MapEntry entry, RecipeMember member, object? current, string path)
        => member.Form switch
        {
            MemberForm.Part => BindSubpart(entry, member, current, path),
            MemberForm.Kinds => BindKind(entry, member, current!, path),
            MemberForm.List => BindList(entry, member, current, path),
            _ => BindScalar(entry, member, current, path),
        };

    private object? BindScalar(MapEntry entry, RecipeMember member, object? current, string path)
    {
        if (entry.Value is not ScalarNode scalar)
        {
            return Refuse(entry, path, $"must be a single value: {Bounds.Of(member)}", current);
        }

        if (scalar.IsNull || (member.IsAuto && scalar.Text == AutoAttribute.Word))
        {
            return member.IsOptional ? null : Refuse(entry, path, $"has no value; write {Bounds.Of(member)}, or leave the key out", current);
        }

        var value = Scalars.Read(scalar, member, out var problem);
        return problem is null ? value : Refuse(entry, path, problem, current);
    }

    private object? BindList(MapEntry entry, RecipeMember member, object? current, string path)
    {
        IReadOnlyList<RecipeNode> items = entry.Value switch
        {
            ListNode list => list.Items,
            ScalarNode { IsNull: false } single => [single],
            _ => [],
        };
        if (entry.Value is ScalarNode { IsNull: true } && member.IsOptional)
        {
            return null;
        }

        var texts = items.OfType<ScalarNode>().Where(static item => !item.IsNull).Select(static item => item.Text).ToArray();
        return texts.Length > 0 && texts.Length == items.Count
            ? texts
            : Refuse(entry, path, $"must be a list such as [{member.Names.Concat(["name"]).First()}]", current);
    }

    private object? BindSubpart(MapEntry entry, RecipeMember member, object? current, string path)
    {
        var shape = RecipePart.Of(member.Type);
        switch (entry.Value)
        {
            case MapNode { Entries.Count: 0 } when member.IsOptional:
            case ScalarNode { IsTrue: true } when member.IsOptional:
                return shape.Default();
            case ScalarNode { IsFalse: true } or ScalarNode { IsNull: true } when member.IsOptional:
                return null;
            case MapNode map:
                return BindPart(map, current ?? shape.Default(), path);
            case ScalarNode { Text: "", IsQuoted: false }: // every key below it is commented out
                return current;
            default:
                var off = member.IsOptional ? "true, false, or " : "";
                return Refuse(entry, path, $"must be {off}a mapping with keys of {string.Join(", ", shape.Members.Select(static key => key.Key))}", current);
        }
    }

    private object? BindKind(MapEntry entry, RecipeMember member, object current, string path)
    {
        var catalog = KindCatalog.Of(member.Type);
        switch (entry.Value)
        {
            case ScalarNode { IsNull: false } name:
                return catalog.Makers.TryGetValue(name.Text, out var maker)
                    ? maker()
                    : Refuse(entry, path, NearestName.Explain(name.Text, catalog.Makers.Keys), current);
            case MapNode map:
                var kind = map[KindCatalog.Key] is ScalarNode { IsNull: false } written ? written.Text : catalog.KindOf(current);
                if (!catalog.Makers.TryGetValue(kind, out var make))
                {
                    var kindEntry = map.Entries.First(static key => key.Key == KindCatalog.Key);
                    return Refuse(kindEntry, Join(path, KindCatalog.Key), NearestName.Explain(kind, catalog.Makers.Keys), current);
                }

                var options = map with { Entries = map.Entries.Where(static key => key.Key != KindCatalog.Key).ToArray() };
                return BindPart(options, kind == catalog.KindOf(current) ? current : make(), path);
            default:
                return Refuse(entry, path, $"must be one of {string.Join(", ", catalog.Makers.Keys)}, or a mapping with 'kind' and its options", current);
        }
    }

    private object? Refuse(MapEntry entry, string path, string message, object? current)
    {
        log.Refuse(path, ValueOf(entry.Value), message, entry.Line);
        return current;
    }

    private static string Join(string path, string key) => path.Length == 0 ? key : $"{path}.{key}";

    private static string? ValueOf(RecipeNode node) => node is ScalarNode { IsNull: true } ? null : node.ToString();
}
