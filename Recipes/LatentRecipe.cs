using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace DistGan.Recipes;

/// <summary>The distribution of the latent vector z.</summary>
public sealed record LatentRecipe
{
    [Description("Length of z.")]
    [Range(1, 65536)]
    public int Size { get; init; } = 64;

    [Description("normal is N(0, 1), uniform is U(-1, 1), independently in each element.")]
    [AllowedValues("normal", "uniform")]
    public string Distribution { get; init; } = "normal";
}
