namespace DistGan.Recipes;

/// <summary>Naming this key alone sets the listed properties of the same part to null: they are alternatives.</summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class ReplacesAttribute(params string[] properties) : Attribute
{
    /// <summary>Names of the properties that give way.</summary>
    public IReadOnlyList<string> Properties { get; } = properties;
}
