using DistGan.Training.Data;
using DistGan.Training.Features;

namespace DistGan.Training.Metrics;

/// <summary>What metrics are made from.</summary>
/// <param name="Data">The recipe's data set.</param>
/// <param name="Features">The real side of feature scores; null for points.</param>
public sealed record MetricContext(IDataSet Data, RealFeatures? Features)
{
    /// <summary>Whether images can be told apart by class.</summary>
    public bool HasClassifier => Features?.Network is IFrozenClassifier;
}
