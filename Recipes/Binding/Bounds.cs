namespace DistGan.Recipes.Binding;

/// <summary>What a key allows, as a person says it.</summary>
internal static class Bounds
{
    /// <summary>Above this, a maximum is only the end of the number type.</summary>
    public const double Unbounded = 9e18;

    public static string Of(RecipeMember member)
    {
        var text = member switch
        {
            { Names.Count: 1 } => member.Names[0],
            { Names.Count: > 1 } => $"one of {string.Join(", ", member.Names)}",
            { Range: not null } => OfRange(member),
            { Pattern: { } pattern } => pattern.ErrorMessage ?? $"text that matches {pattern.Pattern}",
            { Form: MemberForm.Boolean } => "true or false",
            { Form: MemberForm.Integer } => "a whole number",
            { Form: MemberForm.Number } => "a finite number",
            _ => "text",
        };
        return member.IsAuto ? $"{text}, or auto" : text;
    }

    private static string OfRange(RecipeMember member)
    {
        var (low, high) = (Scalars.Write(member.Minimum), Scalars.Write(member.Maximum));
        var (above, below) = (member.Range!.MinimumIsExclusive, member.Range.MaximumIsExclusive);
        return (above, below, member.Maximum >= Unbounded) switch
        {
            (true, _, true) => $"above {low}",
            (false, _, true) => $"at least {low}",
            (true, true, _) => $"above {low} and below {high}",
            (true, false, _) => $"above {low} and at most {high}",
            (false, true, _) => $"at least {low} and below {high}",
            _ when member.Minimum.Equals(member.Maximum) => low,
            _ => $"between {low} and {high}",
        };
    }
}
