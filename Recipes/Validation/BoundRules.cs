using System.Text.RegularExpressions;
using DistGan.Recipes.Binding;

namespace DistGan.Recipes.Validation;

/// <summary>The bounds in the attributes of the records, for every key alike.</summary>
internal static class BoundRules
{
    public const string Missing = "has no value";

    private static readonly TimeSpan PatternTimeout = TimeSpan.FromSeconds(1);

    public static IEnumerable<Finding> Find(Recipe recipe) => Find(recipe, "");

    private static IEnumerable<Finding> Find(object part, string path)
    {
        foreach (var member in RecipePart.Of(part.GetType()).Members)
        {
            var key = path.Length == 0 ? member.Key : $"{path}.{member.Key}";
            var value = member.Get(part);
            var findings = value is null
                ? member.IsOptional ? [] : [Finding.At(key, null, Missing)]
                : member.Form is MemberForm.Part or MemberForm.Kinds ? Find(value, key)
                : Problem(member, value) is { } problem ? [Finding.At(key, value, problem)] : [];
            foreach (var finding in findings)
            {
                yield return finding;
            }
        }
    }

    private static string? Problem(RecipeMember member, object value) => value switch
    {
        int whole => OutOfRange(member, whole),
        long whole => OutOfRange(member, whole),
        double number => double.IsFinite(number) ? OutOfRange(member, number) : $"must be {Bounds.Of(member)}",
        string text => Unnamed(member, text),
        IReadOnlyList<string> { Count: 0 } => "must name at least one",
        IReadOnlyList<string> texts when texts.Distinct().Count() < texts.Count => "names one twice",
        IReadOnlyList<string> texts => texts.Select(text => Unnamed(member, text)).FirstOrDefault(static problem => problem is not null),
        _ => null,
    };

    private static string? OutOfRange(RecipeMember member, double number)
    {
        if (member.Range is not { } range)
        {
            return null;
        }

        var isIn = (range.MinimumIsExclusive ? number > member.Minimum : number >= member.Minimum)
            && (range.MaximumIsExclusive ? number < member.Maximum : number <= member.Maximum);
        return isIn ? null : $"must be {Bounds.Of(member)}";
    }

    private static string? Unnamed(RecipeMember member, string text)
    {
        if (member.Names.Count > 0)
        {
            return member.Names.Contains(text) ? null : NearestName.Explain(text, member.Names);
        }

        // A whole match: '$' alone would let a last line break pass.
        return member.Pattern is { } pattern
            && Regex.Match(text, pattern.Pattern, RegexOptions.ExplicitCapture, PatternTimeout).Length != text.Length
            ? $"must be {Bounds.Of(member)}"
            : null;
    }
}
