using DistGan.Recipes;
using DistGan.Training.Metrics;

namespace DistGan.Training.Champions;

/// <summary>The modes of a data set: which of them a sample belongs to, and how good samples of each are.</summary>
public interface IModes : IDisposable
{
    /// <summary>The mode of a sample that belongs to none with enough confidence.</summary>
    const int Unknown = -1;

    /// <summary>Number of modes; they are numbered from 0.</summary>
    int Count { get; }

    /// <summary>The share of each mode among real samples, summing to 1.</summary>
    IReadOnlyList<double> RealShares { get; }

    /// <summary>The mode of each sample, or <see cref="Unknown"/>; each of its sample alone.</summary>
    int[] Of(ScoredSamples samples);

    /// <summary>The quality of the samples of each mode.</summary>
    IReadOnlyList<ModeQuality> Judge(ScoredSamples samples);
}
