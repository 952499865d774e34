namespace DistGan.Recipes;

/// <summary>A value that may be left to the program: null in the record, <c>auto</c> in a recipe.</summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class AutoAttribute : Attribute
{
    /// <summary>The word in a recipe.</summary>
    public const string Word = "auto";
}
