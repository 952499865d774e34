namespace DistGan.Training.Metrics;

/// <summary>A score of generated samples. It depends on nothing but the samples and its own seed: the same samples always give the same score.</summary>
public interface IMetric : IDisposable
{
    /// <summary>Catalog name, as in evaluation.metrics of a recipe.</summary>
    string Name { get; }

    /// <summary>What the score depends on; the caller adds <see cref="ScoreProvenance.Samples"/> and <see cref="ScoreProvenance.Seed"/>.</summary>
    ScoreProvenance Provenance { get; }

    /// <summary>
    /// Values by <see cref="DistGan.Recipes.MetricNames"/>; NaN where samples are not finite or a value is not defined for them.
    /// </summary>
    /// <param name="samples">Stay the caller's.</param>
    /// <exception cref="DistGan.Recipes.DistGanException">The samples have another shape than the data.</exception>
    IReadOnlyDictionary<string, double> Score(ScoredSamples samples);
}
