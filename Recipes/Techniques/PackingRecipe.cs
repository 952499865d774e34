using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace DistGan.Recipes;

/// <summary>D judges several samples together.</summary>
public sealed record PackingRecipe
{
    [Description("Samples m that D sees at once, joined along channels (points: dimensions). The batch, and the replayed images, are multiples of it.")]
    [Range(2, 64)]
    public int Samples { get; init; } = 2;
}
