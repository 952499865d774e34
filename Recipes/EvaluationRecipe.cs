using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace DistGan.Recipes;

/// <summary>Scores computed while training, on the averaged generator where there is one.</summary>
public sealed record EvaluationRecipe
{
    [Description("Steps between two evaluations; the last step is always evaluated.")]
    [Range(1, long.MaxValue)]
    public long EverySteps { get; init; } = 500;

    [Description("Images: fid and kid, distances of features; prdc, precision, recall, density and coverage; memorisation, copies of training images; with a classifier (fashion-10k, fashion-mnist, mnist, and stacked-mnist of one of them) also is, an inception score, and modes, shares of classes. Point sets: modes, mode counts and reverse KL. With labels: label_accuracy, samples that have the label they were asked for. What does not fit the data is refused; auto takes fid for images and modes for points.")]
    [AllowedValues("auto", "fid", "kid", "prdc", "is", "modes", "label_accuracy", "memorisation")]
    public IReadOnlyList<string> Metrics { get; init; } = ["auto"];

    [Description("Generated samples that are scored; published figures of stacked-mnist are of 26000.")]
    [Range(16, 1_000_000)]
    public int Samples { get; init; } = 2048;

    /// <summary>Lists are compared by their elements.</summary>
    public bool Equals(EvaluationRecipe? other)
        => other is not null && EverySteps == other.EverySteps && Samples == other.Samples && Metrics.SequenceEqual(other.Metrics);

    public override int GetHashCode()
        => Metrics.Aggregate(HashCode.Combine(EverySteps, Samples), static (hash, metric) => HashCode.Combine(hash, metric));
}
