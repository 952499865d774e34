using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace DistGan.Recipes;

/// <summary>Adds ½γ·E‖∇D(x)‖² to L_D, on real samples (r1) or on fresh generated ones (r2).</summary>
public sealed record GradientPenaltyRecipe
{
    [Description("Weight gamma of half the squared gradient norm.")]
    [Range(0, 1e6, MinimumIsExclusive = true)]
    public double Gamma { get; init; } = 10;

    [Description("Steps k between two penalties; each is then multiplied by k, so that their mean stays the same. 1 is plain, 16 is usual where time counts.")]
    [Range(1, 1000)]
    public int Every { get; init; } = 1;
}
