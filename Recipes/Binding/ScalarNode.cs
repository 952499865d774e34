using System.Text.RegularExpressions;

namespace DistGan.Recipes.Binding;

/// <summary>A single value as it was written.</summary>
/// <param name="Text">The characters of the value.</param>
/// <param name="IsQuoted">Whether the value was marked as text, so that it is neither a number nor null.</param>
internal sealed partial record ScalarNode(string Text, bool IsQuoted, int Line = 0) : RecipeNode(Line)
{
    public static ScalarNode Null { get; } = new("null", IsQuoted: false);

    public bool IsNull => !IsQuoted && Text is ("" or "~" or "null" or "Null" or "NULL");

    public bool IsTrue => !IsQuoted && Text is ("true" or "True" or "TRUE");

    public bool IsFalse => !IsQuoted && Text is ("false" or "False" or "FALSE");

    public override string ToString() => Text.Length == 0 ? "(nothing)" : Text;

    /// <summary>Whether the characters would be read as something else than text if they stood without quotes.</summary>
    public static bool IsAmbiguous(string text) => Ambiguous.IsMatch(text);

    [GeneratedRegex(@"^(~|null|true|false|yes|no|on|off|y|n|\.nan|[-+]?\.inf|[-+.]?[0-9].*|)$", RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Ambiguous { get; }
}
