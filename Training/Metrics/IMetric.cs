using static TorchSharp.torch;

namespace DistGan.Training.Metrics;

/// <summary>A score of generated samples. It draws no random numbers: the same samples always give the same score.</summary>
public interface IMetric : IDisposable
{
    /// <summary>Catalog name, as in evaluation.metrics of a recipe.</summary>
    string Name { get; }

    /// <summary>What the score depends on; the caller adds <see cref="ScoreProvenance.Samples"/> and <see cref="ScoreProvenance.Seed"/>.</summary>
    ScoreProvenance Provenance { get; }

    /// <summary>
    /// Values by <see cref="DistGan.Recipes.MetricNames"/>; NaN where samples are not finite or a value is not defined for them.
    /// </summary>
    /// <param name="samples">float32 [N, C, H, W] in [−1, 1], or [N, C] points; stays the caller's.</param>
    /// <exception cref="DistGan.Recipes.DistGanException">The samples have another shape than the data.</exception>
    IReadOnlyDictionary<string, double> Score(Tensor samples);
}
