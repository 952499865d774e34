using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using System.Globalization;
using System.Reflection;

namespace DistGan.Recipes.Binding;

/// <summary>One key of a recipe part: a public init property with a description, and the bounds in its attributes.</summary>
internal sealed class RecipeMember
{
    private readonly PropertyInfo _property;

    public RecipeMember(PropertyInfo property)
    {
        _property = property;
        Key = Hyphenate(property.Name);
        Description = property.GetCustomAttribute<DescriptionAttribute>()!.Description;
        Type = Nullable.GetUnderlyingType(property.PropertyType) ?? property.PropertyType;
        IsOptional = Type != property.PropertyType
            || new NullabilityInfoContext().Create(property).WriteState == NullabilityState.Nullable;
        IsAuto = property.IsDefined(typeof(AutoAttribute));
        Form = FormOf(Type);
        Names = property.GetCustomAttribute<AllowedValuesAttribute>()?.Values.Cast<string>().ToArray() ?? [];
        Range = property.GetCustomAttribute<RangeAttribute>();
        Pattern = property.GetCustomAttribute<RegularExpressionAttribute>();
        Replaces = property.GetCustomAttribute<ReplacesAttribute>()?.Properties ?? [];
    }

    public string Key { get; }

    public string Name => _property.Name;

    public string Description { get; }

    /// <summary>The type of the value without its nullability.</summary>
    public Type Type { get; }

    public MemberForm Form { get; }

    /// <summary>Whether null is a value: off, auto or not given.</summary>
    public bool IsOptional { get; }

    public bool IsAuto { get; }

    /// <summary>The names that are allowed; empty where any text is.</summary>
    public IReadOnlyList<string> Names { get; }

    public RangeAttribute? Range { get; }

    public RegularExpressionAttribute? Pattern { get; }

    /// <summary>Names of the properties that give way when this key alone is written.</summary>
    public IReadOnlyList<string> Replaces { get; }

    public double Minimum => Convert.ToDouble(Range?.Minimum ?? double.NegativeInfinity, CultureInfo.InvariantCulture);

    public double Maximum => Convert.ToDouble(Range?.Maximum ?? double.PositiveInfinity, CultureInfo.InvariantCulture);

    public object? Get(object part) => _property.GetValue(part);

    /// <summary>Sets an init property: only ever called on a copy that nobody else has seen.</summary>
    public void Set(object part, object? value) => _property.SetValue(part, value);

    private static MemberForm FormOf(Type type)
        => type == typeof(int) || type == typeof(long) ? MemberForm.Integer
            : type == typeof(double) ? MemberForm.Number
            : type == typeof(bool) ? MemberForm.Boolean
            : type == typeof(string) ? MemberForm.Text
            : type == typeof(IReadOnlyList<string>) ? MemberForm.List
            : KindCatalog.Has(type) ? MemberForm.Kinds
            : type.IsClass && type.IsSealed ? MemberForm.Part
            : throw new NotSupportedException($"A recipe has no form for values of type {type}.");

    private static string Hyphenate(string name)
        => string.Concat(name.Select((letter, i) => i > 0 && char.IsAsciiLetterUpper(letter)
            ? $"-{char.ToLowerInvariant(letter)}"
            : $"{char.ToLowerInvariant(letter)}"));
}
