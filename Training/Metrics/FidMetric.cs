using DistGan.Recipes;
using DistGan.Training.Data;
using DistGan.Training.Features;
using static TorchSharp.torch;

namespace DistGan.Training.Metrics;

/// <summary>
/// Fréchet distance between features of generated samples and of a fixed reference. Samples go to the feature network as they
/// are: nothing is stretched by the minimum or maximum of a set, so the score of an image does not depend on its neighbours.
/// </summary>
public sealed class FidMetric : IMetric
{
    private const int Chunk = 500;

    private readonly RealFeatures _real;

    /// <param name="real">The real side; shared.</param>
    public FidMetric(RealFeatures real)
    {
        ArgumentNullException.ThrowIfNull(real);
        Provenance = real.Provenance(real.StatisticsName, real.Statistics.Count);
        _real = real.Share();
    }

    public string Name => MetricNames.Fid;

    public ScoreProvenance Provenance { get; }

    /// <summary>
    /// The frozen classifier and the shipped reference for Fashion-MNIST and MNIST; for other images a fixed random network and a
    /// reference made of up to 10,000 of these images, evenly spread.
    /// </summary>
    public static FidMetric For(IDataSet data)
    {
        ArgumentNullException.ThrowIfNull(data);
        using var real = new RealFeatures(FeatureCatalog.Open(FeatureCatalog.DefaultFor(data), data.Shape), data);
        return new FidMetric(real);
    }

    public IReadOnlyDictionary<string, double> Score(ScoredSamples samples)
    {
        ArgumentNullException.ThrowIfNull(samples);
        var statistics = FeatureStatistics.Of(samples.FeaturesOf(_real.Network));
        return new Dictionary<string, double> { [MetricNames.Fid] = FrechetDistance.Between(_real.Statistics, statistics) };
    }

    public void Dispose() => _real.Dispose();

    /// <summary>Features [N, d] of items of a data set; the caller disposes them.</summary>
    /// <param name="network">The network.</param>
    /// <param name="data">The data set.</param>
    /// <param name="indices">Which items.</param>
    /// <param name="done">Hears how many items the network has seen so far; may be null.</param>
    public static Tensor FeaturesOf(IFeatureNetwork network, IDataSet data, IReadOnlyList<long> indices, Action<long>? done = null)
    {
        ArgumentNullException.ThrowIfNull(network);
        ArgumentNullException.ThrowIfNull(data);
        using var scope = NewDisposeScope();
        var (itemBytes, parts, seen) = (data.Shape.ItemBytes, new List<Tensor>(), 0L);
        foreach (var chunk in indices.Chunk(Chunk))
        {
            var bytes = new byte[chunk.Length * itemBytes];
            for (var i = 0; i < chunk.Length; i++)
            {
                data.Read(chunk[i], bytes.AsSpan(i * itemBytes, itemBytes));
            }

            using var images = SampleCodec.Decode(bytes, data.Shape, chunk.Length);
            parts.Add(network.Features(images));
            done?.Invoke(seen += chunk.Length);
        }

        return cat(parts).MoveToOuterDisposeScope();
    }
}
