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
    /// <summary>Real samples behind the reference where none is shipped.</summary>
    private const int MostReferenceSamples = 10_000;

    private const int Chunk = 500;

    private readonly IFeatureNetwork _network;
    private readonly FeatureStatistics _reference;

    /// <param name="network">Disposed with the metric.</param>
    /// <param name="reference">Statistics of real samples under that network.</param>
    /// <param name="referenceName">Data set and split of these.</param>
    public FidMetric(IFeatureNetwork network, FeatureStatistics reference, string referenceName)
    {
        ArgumentNullException.ThrowIfNull(network);
        ArgumentNullException.ThrowIfNull(reference);
        (_network, _reference) = (network, reference);
        Provenance = new ScoreProvenance
        {
            FeatureNetwork = network.Name,
            FeatureHash = network.Hash,
            Resize = network.Resize,
            Reference = referenceName,
            ReferenceSamples = reference.Count,
        };
    }

    public string Name => MetricNames.Fid;

    public ScoreProvenance Provenance { get; }

    /// <summary>
    /// The frozen classifier and the shipped reference for Fashion-MNIST; for other images a fixed random network and a
    /// reference made of up to 10,000 of these images, evenly spread.
    /// </summary>
    public static FidMetric For(IDataSet data)
    {
        ArgumentNullException.ThrowIfNull(data);
        if (data.Name == FashionFiles.Name && data.Shape.Channels == 1)
        {
            return new FidMetric(FeatureNetwork.Fashion(), FeatureStatistics.Fashion(), "Fashion-MNIST, training split");
        }

        var network = new RandomFeatureNetwork(data.Shape.Channels);
        try
        {
            return new FidMetric(network, Reference(network, data), $"{data.Name}, the training data themselves");
        }
        catch
        {
            network.Dispose();
            throw;
        }
    }

    public IReadOnlyDictionary<string, double> Score(Tensor samples)
    {
        using var features = _network.Features(samples);
        return new Dictionary<string, double> { [MetricNames.Fid] = FrechetDistance.Between(_reference, FeatureStatistics.Of(features)) };
    }

    public void Dispose() => _network.Dispose();

    /// <summary>Features [N, d] of items <paramref name="indices"/> of a data set; the caller disposes them.</summary>
    public static Tensor FeaturesOf(IFeatureNetwork network, IDataSet data, IReadOnlyList<long> indices)
    {
        ArgumentNullException.ThrowIfNull(network);
        ArgumentNullException.ThrowIfNull(data);
        using var scope = NewDisposeScope();
        var (itemBytes, parts) = (data.Shape.ItemBytes, new List<Tensor>());
        foreach (var chunk in indices.Chunk(Chunk))
        {
            var bytes = new byte[chunk.Length * itemBytes];
            for (var i = 0; i < chunk.Length; i++)
            {
                data.Read(chunk[i], bytes.AsSpan(i * itemBytes, itemBytes));
            }

            using var images = SampleCodec.Decode(bytes, data.Shape, chunk.Length);
            parts.Add(network.Features(images));
        }

        return cat(parts).MoveToOuterDisposeScope();
    }

    private static FeatureStatistics Reference(RandomFeatureNetwork network, IDataSet data)
    {
        var count = Math.Min(data.Count, MostReferenceSamples);
        using var features = FeaturesOf(network, data, [.. Enumerable.Range(0, (int)count).Select(i => i * data.Count / count)]);
        return FeatureStatistics.Of(features);
    }
}
