using DistGan.Recipes.Binding;

namespace DistGan.Recipes;

/// <summary>Numbers of a recipe by their dotted keys.</summary>
public static class RecipeNumbers
{
    /// <summary>Parts whose real numbers change how is trained, and neither what nor for how long.</summary>
    private static readonly string[] Tuned = ["generator", "discriminator", "objective", "techniques", "balance", "conditioning"];

    /// <summary>What replicas exchange stays the same for all.</summary>
    private const string Exchanged = "techniques.experience-replay";

    /// <summary>Keys of the real numbers that can vary between replicas of one job, in record order: those of the parts that are on.</summary>
    public static IReadOnlyList<string> Tunable(Recipe recipe)
        => [.. Below(recipe, "").Where(static path => Tuned.Contains(path.Split('.')[0]) && !path.StartsWith(Exchanged, StringComparison.Ordinal))];

    /// <summary>The number at a key; null where the recipe has none there.</summary>
    public static double? Read(Recipe recipe, string path) => Find(recipe, path) is var (member, part) && member.Get(part) is double number ? number : null;

    /// <summary>A number as near to <paramref name="value"/> as the bounds of the key allow; <paramref name="otherwise"/> where the bound itself is refused.</summary>
    /// <exception cref="ArgumentException">The recipe has no number there.</exception>
    public static double Clip(Recipe recipe, string path, double value, double otherwise)
    {
        var (member, _) = Find(recipe, path) ?? throw new ArgumentException($"The recipe has no number {path}.", nameof(path));
        var clipped = Math.Clamp(value, member.Minimum, member.Maximum);
        var isRefused = !double.IsFinite(clipped)
            || (member.Range?.MinimumIsExclusive == true && clipped <= member.Minimum)
            || (member.Range?.MaximumIsExclusive == true && clipped >= member.Maximum);
        return isRefused ? otherwise : clipped;
    }

    /// <summary>A number as it is written in a recipe.</summary>
    public static string Write(double number) => Scalars.Write(number);

    private static (RecipeMember Member, object Part)? Find(object part, string path)
    {
        var dot = path.IndexOf('.', StringComparison.Ordinal);
        return RecipePart.Of(part.GetType())[dot < 0 ? path : path[..dot]] switch
        {
            null => null,
            { Form: MemberForm.Number } member when dot < 0 => (member, part),
            { Form: MemberForm.Part or MemberForm.Kinds } member when dot > 0 && member.Get(part) is { } inner => Find(inner, path[(dot + 1)..]),
            _ => null,
        };
    }

    private static IEnumerable<string> Below(object part, string prefix)
        => RecipePart.Of(part.GetType()).Members.SelectMany(member => (member.Form, member.Get(part)) switch
        {
            (MemberForm.Number, not null) => [prefix + member.Key],
            (MemberForm.Part or MemberForm.Kinds, { } inner) => Below(inner, $"{prefix}{member.Key}."),
            _ => [],
        });
}
