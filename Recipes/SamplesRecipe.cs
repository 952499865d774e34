using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace DistGan.Recipes;

/// <summary>A grid drawn from the same latents each time.</summary>
public sealed record SamplesRecipe
{
    [Description("Steps between two pictures; the last step is always drawn.")]
    [Range(1, long.MaxValue)]
    public long EverySteps { get; init; } = 200;

    [Description("Rows of the grid.")]
    [Range(1, 64)]
    public int Rows { get; init; } = 8;

    [Description("Columns of the grid.")]
    [Range(1, 64)]
    public int Columns { get; init; } = 8;
}
