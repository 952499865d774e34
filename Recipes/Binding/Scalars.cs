using System.Globalization;

namespace DistGan.Recipes.Binding;

/// <summary>Numbers and texts between record and recipe; a number is written with the fewest digits that read back as itself.</summary>
internal static class Scalars
{
    /// <summary>The value, or null and what was expected.</summary>
    public static object? Read(ScalarNode node, RecipeMember member, out string? problem)
    {
        problem = null;
        switch (member.Form)
        {
            case MemberForm.Integer when !node.IsQuoted && TryWhole(node.Text, out var whole):
                return Narrow(whole, member, out problem);
            case MemberForm.Integer:
                problem = member.IsAuto ? "must be a whole number or auto" : "must be a whole number";
                return null;
            case MemberForm.Number when !node.IsQuoted && TryNumber(node.Text, out var number):
                return number;
            case MemberForm.Number:
                problem = "must be a finite number";
                return null;
            case MemberForm.Boolean when node.IsTrue || node.IsFalse:
                return node.IsTrue;
            case MemberForm.Boolean:
                problem = "must be true or false";
                return null;
            default:
                return node.Text;
        }
    }

    public static string Write(object value) => value switch
    {
        double number => Write(number),
        bool flag => flag ? "true" : "false",
        IFormattable formattable => formattable.ToString(null, CultureInfo.InvariantCulture),
        IEnumerable<string> texts => $"[{string.Join(", ", texts)}]",
        _ => value.ToString() ?? "",
    };

    private static string Write(double number)
    {
        if (number == 0)
        {
            return "0"; // -0 equals 0, and equal recipes have equal texts
        }

        var text = number.ToString("R", CultureInfo.InvariantCulture);
        var exponent = text.IndexOf('E', StringComparison.Ordinal);
        if (exponent < 0)
        {
            return text;
        }

        // Some YAML readers take 1e-08 for text: the point makes it a number everywhere.
        var mantissa = text[..exponent];
        return $"{mantissa}{(mantissa.Contains('.', StringComparison.Ordinal) ? "" : ".0")}e{text[(exponent + 1)..]}";
    }

    private static object? Narrow(long whole, RecipeMember member, out string? problem)
    {
        problem = null;
        if (member.Type == typeof(long))
        {
            return whole;
        }

        if (whole is >= int.MinValue and <= int.MaxValue)
        {
            return (int)whole;
        }

        problem = $"must be {Bounds.Of(member)}";
        return null;
    }

    /// <summary>Whole numbers, also written as 1e6 or 64.0.</summary>
    private static bool TryWhole(string text, out long whole)
    {
        if (long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out whole))
        {
            return true;
        }

        if (decimal.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number)
            && decimal.Truncate(number) == number && number is >= long.MinValue and <= long.MaxValue)
        {
            whole = (long)number;
            return true;
        }

        return false;
    }

    private static bool TryNumber(string text, out double number)
        => double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out number) && double.IsFinite(number);
}
