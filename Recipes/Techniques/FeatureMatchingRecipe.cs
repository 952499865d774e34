using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace DistGan.Recipes;

/// <summary>G minimises w·‖E f(x) − E f(G(z))‖², f being what enters the last layer of D.</summary>
public sealed record FeatureMatchingRecipe
{
    [Description("Weight w of the squared distance.")]
    [Range(0, 1e6, MinimumIsExclusive = true)]
    public double Weight { get; init; } = 1;

    [Description("true: the distance is all that G minimises, as in the paper; false: it is added to the loss of the objective.")]
    public bool Replace { get; init; } = true;
}
