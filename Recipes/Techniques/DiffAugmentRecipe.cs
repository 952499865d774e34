using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace DistGan.Recipes;

/// <summary>Random changes of everything that D sees, through which G learns (DiffAugment).</summary>
public sealed record DiffAugmentRecipe
{
    [Description("color: brightness, saturation, contrast. translation: a shift by at most an eighth of the size, over zeros. cutout: a square of half the size becomes 0. They are applied in this order.")]
    [AllowedValues("color", "translation", "cutout")]
    public IReadOnlyList<string> Policy { get; init; } = ["color", "translation", "cutout"];

    /// <summary>Lists are compared by their elements.</summary>
    public bool Equals(DiffAugmentRecipe? other) => other is not null && Policy.SequenceEqual(other.Policy);

    public override int GetHashCode() => Policy.Aggregate(0, static (hash, change) => HashCode.Combine(hash, change));
}
