using DistGan.Recipes.Binding;

namespace DistGan.Recipes;

/// <summary>Every key that a recipe may have, with the options of every kind, in record order.</summary>
public static class RecipeKeys
{
    private static readonly string[] Units = ["steps", "bytes", "seconds", "minutes", "images"];

    public static IReadOnlyList<RecipeKey> All { get; } = Keys(new Recipe(), "", null).ToArray();

    /// <summary>All keys at <paramref name="path"/>: several where more than one kind has an option of that name, none where there is no such key.</summary>
    public static IReadOnlyList<RecipeKey> Find(string path) => All.Where(key => key.Path == path).ToArray();

    /// <summary>The keys at a path and below it, in record order.</summary>
    public static IReadOnlyList<RecipeKey> Below(string path)
        => All.Where(key => key.Path == path || key.Path.StartsWith(path + ".", StringComparison.Ordinal)).ToArray();

    /// <summary>Paths of the keys that stand beside a key in the same part.</summary>
    public static IReadOnlyList<string> Beside(RecipeKey key)
    {
        var dot = key.Path.LastIndexOf('.');
        return All.Select(static other => other.Path)
            .Where(other => other != key.Path && other.LastIndexOf('.') == dot && other.AsSpan(0, dot + 1).SequenceEqual(key.Path.AsSpan(0, dot + 1)))
            .Distinct().ToArray();
    }

    private static IEnumerable<RecipeKey> Keys(object part, string path, string? kind)
        => RecipePart.Of(part.GetType()).Members.SelectMany(member => Keys(member, member.Get(part), path.Length == 0 ? member.Key : $"{path}.{member.Key}", kind));

    private static IEnumerable<RecipeKey> Keys(RecipeMember member, object? value, string path, string? kind)
    {
        var own = Key(member, value, path, kind);
        return member.Form switch
        {
            MemberForm.Part => [own, .. Keys(value ?? RecipePart.Of(member.Type).Default(), path, kind)],
            MemberForm.Kinds => [own, .. OfKinds(KindCatalog.Of(member.Type), value!, path)],
            _ => [own],
        };
    }

    /// <summary>Options that all kinds share once, then those of each kind.</summary>
    private static IEnumerable<RecipeKey> OfKinds(KindCatalog catalog, object current, string path)
    {
        var seen = new HashSet<(string Path, string? OfKind)>();
        foreach (var (kind, make) in catalog.Makers)
        {
            var part = kind == catalog.KindOf(current) ? current : make();
            var shared = RecipePart.Of(part.GetType().BaseType!).Members.Select(member => $"{path}.{member.Key}").ToHashSet();
            foreach (var key in Keys(part, path, kind).Select(key => shared.Contains(key.Path) ? key with { OfKind = null } : key))
            {
                if (seen.Add((key.Path, key.OfKind)))
                {
                    yield return key;
                }
            }
        }
    }

    private static RecipeKey Key(RecipeMember member, object? value, string path, string? kind)
    {
        var names = member.Form == MemberForm.Kinds ? KindCatalog.Of(member.Type).Makers.Keys.ToArray() : member.Names;
        var isNumber = member.Range is not null && member.Form is MemberForm.Integer or MemberForm.Number;
        return new RecipeKey
        {
            Path = path,
            Type = member.Form == MemberForm.Kinds ? "kind" : member.Form == MemberForm.Part ? "mapping" : $"{member.Form}".ToLowerInvariant(),
            Default = Default(member, value),
            Allowed = Allowed(member, names),
            Description = member.Description,
            Unit = Units.FirstOrDefault(unit => member.Key == unit || member.Key.EndsWith("-" + unit, StringComparison.Ordinal)),
            OfKind = kind,
            Names = names,
            Kinds = member.Form == MemberForm.Kinds ? KindCatalog.Of(member.Type).Describe() : [],
            IsOptional = member.IsOptional,
            Minimum = isNumber ? member.Minimum : null,
            Maximum = isNumber ? member.Maximum : null,
            MinimumIsExclusive = member.Range?.MinimumIsExclusive ?? false,
            MaximumIsExclusive = member.Range?.MaximumIsExclusive ?? false,
            Pattern = member.Pattern?.Pattern,
        };
    }

    private static string Default(RecipeMember member, object? value) => (value, member.Form) switch
    {
        (null, MemberForm.Part) => "off",
        (null, _) => member.IsAuto ? AutoAttribute.Word : "null",
        (_, MemberForm.Part) => member.IsOptional ? "on" : "{}",
        (_, MemberForm.Kinds) => KindCatalog.Of(member.Type).KindOf(value),
        _ => Scalars.Write(value),
    };

    private static string Allowed(RecipeMember member, IReadOnlyList<string> names) => member.Form switch
    {
        MemberForm.Kinds => $"{string.Join(", ", names)}, or a mapping with 'kind' and the options of that kind",
        MemberForm.Part => member.IsOptional ? "a mapping, true or false" : "a mapping",
        MemberForm.List => $"a list of {(names.Count > 0 ? string.Join(", ", names) : Bounds.Of(member))}",
        _ => Bounds.Of(member),
    };
}
