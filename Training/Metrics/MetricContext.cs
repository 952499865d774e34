using DistGan.Training.Data;
using DistGan.Training.Features;

namespace DistGan.Training.Metrics;

/// <summary>What metrics are made from.</summary>
/// <param name="Data">The recipe's data set.</param>
/// <param name="Features">The real side of feature scores; null for points.</param>
public sealed record MetricContext(IDataSet Data, RealFeatures? Features)
{
    /// <summary>Whether samples are asked for by label, so that it can be told how many of them have it.</summary>
    public bool AsksForLabels { get; init; }

    /// <summary>Whether something can tell the class of a sample: the nearest mode of points, or a classifier of the same classes.</summary>
    public bool TellsLabels => Data.Modes is not null || (Features?.Network as IFrozenClassifier)?.ClassCount == Data.Classes;

    /// <summary>Whether images can be told apart by class.</summary>
    public bool HasClassifier => Features?.Network is IFrozenClassifier;
}
