using System.ComponentModel;
using System.Diagnostics.CodeAnalysis;
using System.Reflection;

namespace DistGan.Recipes.Binding;

/// <summary>The catalogs of <see cref="RecipeKinds"/> by the type of the part that they make.</summary>
internal sealed record KindCatalog(IReadOnlyDictionary<string, Func<object>> Makers, Func<object, string> KindOf)
{
    /// <summary>The key that names the kind in a mapping.</summary>
    public const string Key = "kind";

    private static readonly Dictionary<Type, KindCatalog> Catalogs = new()
    {
        [typeof(ObjectiveRecipe)] = Make(RecipeKinds.Objectives, static part => part.Kind),
        [typeof(ConditioningRecipe)] = Make(RecipeKinds.Conditionings, static part => part.Kind),
        [typeof(OptimizerRecipe)] = Make(RecipeKinds.Optimizers, static part => part.Kind),
        [typeof(ScheduleRecipe)] = Make(RecipeKinds.Schedules, static part => part.Kind),
        [typeof(BalanceRecipe)] = Make(RecipeKinds.Balances, static part => part.Kind),
    };

    public static bool Has(Type type) => Catalogs.ContainsKey(type);

    public static KindCatalog Of(Type type) => Catalogs[type];

    /// <summary>The catalog whose parts have the type of <paramref name="part"/>, if it is one of several kinds.</summary>
    public static bool TryOf(object part, [NotNullWhen(true)] out KindCatalog? catalog)
    {
        catalog = part.GetType().BaseType is { } type ? Catalogs.GetValueOrDefault(type) : null;
        return catalog is not null;
    }

    /// <summary>The kind that has an option of this name, or null.</summary>
    public string? KindWith(string key)
        => Makers.FirstOrDefault(kind => RecipePart.Of(kind.Value().GetType())[key] is not null).Key;

    /// <summary>Name, meaning and options of every kind.</summary>
    public IReadOnlyList<RecipeKind> Describe() => Makers.Select(static kind =>
    {
        var type = kind.Value().GetType();
        var meaning = type.GetCustomAttribute<DescriptionAttribute>()?.Description ?? "";
        return new RecipeKind(kind.Key, meaning, RecipePart.Of(type).Members.Select(static member => member.Key).ToArray());
    }).ToArray();

    private static KindCatalog Make<T>(IReadOnlyDictionary<string, Func<T>> makers, Func<T, string> kindOf)
        where T : class
        => new(makers.ToDictionary(kind => kind.Key, kind => (Func<object>)kind.Value), part => kindOf((T)part));
}
