using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace DistGan.Recipes;

/// <summary>How often a complete resumable state is committed, and how many are kept.</summary>
public sealed record SnapshotsRecipe
{
    [Description("Steps between two snapshots; the last step is always one.")]
    [Range(1, long.MaxValue)]
    public long EverySteps { get; init; } = 500;

    [Description("Newest snapshots that are kept, besides the best by the first metric.")]
    [Range(1, 10000)]
    public int Keep { get; init; } = 3;
}
