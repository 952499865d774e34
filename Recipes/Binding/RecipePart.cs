using System.Collections.Concurrent;
using System.ComponentModel;
using System.Reflection;

namespace DistGan.Recipes.Binding;

/// <summary>The keys of one record type, in the order of its declaration; what it inherits comes first.</summary>
internal sealed class RecipePart
{
    private static readonly ConcurrentDictionary<Type, RecipePart> Parts = new();

    private readonly Type _type;

    private RecipePart(Type type)
    {
        _type = type;
        Members = type.GetProperties(BindingFlags.Public | BindingFlags.Instance)
            .Where(static property => property.CanWrite && property.IsDefined(typeof(DescriptionAttribute)))
            .OrderBy(static property => Depth(property.DeclaringType))
            .ThenBy(static property => property.MetadataToken)
            .Select(static property => new RecipeMember(property))
            .ToArray();
    }

    public IReadOnlyList<RecipeMember> Members { get; }

    public RecipeMember? this[string key] => Members.FirstOrDefault(member => member.Key == key);

    public static RecipePart Of(Type type) => Parts.GetOrAdd(type, static type => new RecipePart(type));

    /// <summary>A new part with every default.</summary>
    public object Default() => Activator.CreateInstance(_type)!;

    /// <summary>A new part with the same values.</summary>
    public object Copy(object part)
    {
        var copy = Default();
        foreach (var member in Members)
        {
            member.Set(copy, member.Get(part));
        }

        return copy;
    }

    private static int Depth(Type? type) => type is null ? 0 : 1 + Depth(type.BaseType);
}
