using DistGan.Training.Features;
using static TorchSharp.torch;

namespace DistGan.Training.Metrics;

/// <summary>Samples that several metrics score: each feature network sees them once.</summary>
/// <param name="values">float32 [N, C, H, W] in [−1, 1], or [N, C] points; stays the caller's.</param>
/// <param name="done">Hears how many samples a network has seen so far; may be null.</param>
public sealed class ScoredSamples(Tensor values, Action<long>? done = null) : IDisposable
{
    private const int Chunk = 500;

    private readonly Dictionary<IFeatureNetwork, Tensor> _features = [];

    /// <summary>The samples themselves.</summary>
    public Tensor Values => values;

    /// <summary>The labels that the samples were asked for; null where they were not.</summary>
    public IReadOnlyList<int>? Labels { get; init; }

    /// <summary>N.</summary>
    public int Count => (int)values.shape[0];

    /// <summary>Features [N, d] of the samples; not the caller's to dispose.</summary>
    public Tensor FeaturesOf(IFeatureNetwork network)
    {
        ArgumentNullException.ThrowIfNull(network);
        if (!_features.TryGetValue(network, out var features))
        {
            features = Compute(network).DetachFromDisposeScope();
            _features.Add(network, features);
        }

        return features;
    }

    public void Dispose()
    {
        foreach (var features in _features.Values)
        {
            features.Dispose();
        }
    }

    private Tensor Compute(IFeatureNetwork network)
    {
        if (values.dim() == 0 || Count <= Chunk)
        {
            return network.Features(values);
        }

        using var scope = NewDisposeScope();
        var parts = new List<Tensor>();
        for (var start = 0; start < Count; start += Chunk)
        {
            var size = Math.Min(Chunk, Count - start);
            parts.Add(network.Features(values.narrow(0, start, size)));
            done?.Invoke(start + size);
        }

        return cat(parts).MoveToOuterDisposeScope();
    }
}
