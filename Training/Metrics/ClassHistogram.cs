using DistGan.Training.Features;
using static TorchSharp.torch;

namespace DistGan.Training.Metrics;

/// <summary>The share of samples that a classifier gives to each class (the largest logit), summing to 1.</summary>
public static class ClassHistogram
{
    /// <summary>Samples whose logits are in memory at once: 500 times 1,000 modes are 2 MB.</summary>
    private const int Chunk = 500;

    /// <summary>Of samples [N, 1, H, W] in [−1, 1], N ≥ 1.</summary>
    public static double[] Of(FeatureNetwork classifier, Tensor samples)
    {
        ArgumentNullException.ThrowIfNull(classifier);
        ArgumentNullException.ThrowIfNull(samples);
        using var logits = classifier.Logits(samples);
        return OfLogits(logits);
    }

    /// <summary>Of features [N, d] of the classifier, N ≥ 1, some at a time.</summary>
    public static double[] OfFeatures(IFrozenClassifier classifier, Tensor features)
    {
        ArgumentNullException.ThrowIfNull(classifier);
        ArgumentNullException.ThrowIfNull(features);
        var counts = new long[classifier.ClassCount];
        for (var start = 0L; start < features.shape[0]; start += Chunk)
        {
            using var scope = NewDisposeScope();
            Count(classifier.LogitsOf(features.narrow(0, start, Math.Min(Chunk, features.shape[0] - start))), counts);
        }

        return Shares(counts, features.shape[0]);
    }

    /// <summary>Of logits [N, K], N ≥ 1.</summary>
    public static double[] OfLogits(Tensor logits)
    {
        ArgumentNullException.ThrowIfNull(logits);
        using var scope = NewDisposeScope();
        var counts = new long[logits.shape[1]];
        Count(logits, counts);
        return Shares(counts, logits.shape[0]);
    }

    private static void Count(Tensor logits, long[] counts)
    {
        foreach (var label in logits.argmax(1).data<long>())
        {
            counts[label]++;
        }
    }

    private static double[] Shares(long[] counts, long total) => [.. counts.Select(count => count / (double)total)];
}
