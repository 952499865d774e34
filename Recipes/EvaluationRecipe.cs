using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace DistGan.Recipes;

/// <summary>Scores computed while training, on the averaged generator where there is one.</summary>
public sealed record EvaluationRecipe
{
    [Description("Steps between two evaluations; the last step is always evaluated.")]
    [Range(1, long.MaxValue)]
    public long EverySteps { get; init; } = 500;

    [Description("fid: Fréchet distance of features (images); modes: mode counts and reverse KL (point sets). What does not fit the data is refused; auto takes what fits.")]
    [AllowedValues("auto", "fid", "modes")]
    public IReadOnlyList<string> Metrics { get; init; } = ["auto"];

    [Description("Generated samples that are scored.")]
    [Range(16, 1_000_000)]
    public int Samples { get; init; } = 2048;

    /// <summary>Lists are compared by their elements.</summary>
    public bool Equals(EvaluationRecipe? other)
        => other is not null && EverySteps == other.EverySteps && Samples == other.Samples && Metrics.SequenceEqual(other.Metrics);

    public override int GetHashCode()
        => Metrics.Aggregate(HashCode.Combine(EverySteps, Samples), static (hash, metric) => HashCode.Combine(hash, metric));
}
