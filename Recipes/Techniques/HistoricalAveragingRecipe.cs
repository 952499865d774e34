using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace DistGan.Recipes;

/// <summary>Adds w·‖θ − θ̄‖² to each player's loss, with θ̄ from the parameter grain, or from the replica's own last t values of θ.</summary>
public sealed record HistoricalAveragingRecipe
{
    /// <summary>θ̄ over all updates, from the parameter grain.</summary>
    public const string Running = "running";

    /// <summary>θ̄ over the last t values that a replica kept.</summary>
    public const string LastValues = "last";

    [Description("Weight w of the squared distance.")]
    [Range(0, 1e6, MinimumIsExclusive = true)]
    public double Weight { get; init; } = 1e-3;

    [Description("running: the average over all updates so far, of the whole lineage; last: over the parameters that the replica itself had after the newest steps that every-steps counts.")]
    [AllowedValues(Running, LastValues)]
    public string Kind { get; init; } = Running;

    [Description("Values t of the parameters that kind last keeps, each as large as the parameters of both players: 4 bytes a number.")]
    [Range(1, 1000)]
    public int Last { get; init; } = 10;

    [Description("Steps between two values that kind last keeps.")]
    [Range(1, long.MaxValue)]
    public long EverySteps { get; init; } = 100;
}
