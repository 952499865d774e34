using DistGan.Training.Features;
using static TorchSharp.torch;

namespace DistGan.Training.Metrics;

/// <summary>The share of samples that a classifier gives to each class (the largest logit), summing to 1.</summary>
public static class ClassHistogram
{
    /// <summary>Of samples [N, 1, H, W] in [−1, 1], N ≥ 1.</summary>
    public static double[] Of(FeatureNetwork classifier, Tensor samples)
    {
        ArgumentNullException.ThrowIfNull(classifier);
        ArgumentNullException.ThrowIfNull(samples);
        using var logits = classifier.Logits(samples);
        return OfLogits(logits);
    }

    /// <summary>Of logits [N, K], N ≥ 1.</summary>
    public static double[] OfLogits(Tensor logits)
    {
        ArgumentNullException.ThrowIfNull(logits);
        using var scope = NewDisposeScope();
        var classes = logits.argmax(1).data<long>().ToArray();
        return [.. Enumerable.Range(0, (int)logits.shape[1]).Select(c => classes.Count(k => k == c) / (double)classes.Length)];
    }
}
