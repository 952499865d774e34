using DistGan.Recipes;
using DistGan.Training.Data;
using DistGan.Training.Features;
using DistGan.Training.Vectors;
using static TorchSharp.torch;

namespace DistGan.Training.Metrics;

/// <summary>
/// label_accuracy = #{i : class of x_i = y_i} / N, y_i being the label that sample x_i was asked for. The class of a point is the mode whose centre is
/// nearest, that of an image the largest logit of a frozen classifier, so 1 is out of reach where the classifier errs on real images.
/// NaN where samples were asked for without labels.
/// </summary>
public sealed class LabelAccuracyMetric : IMetric
{
    private readonly GaussianModes? _modes;
    private readonly IFrozenClassifier? _classifier;
    private readonly RealFeatures? _real;

    /// <param name="data">What was learnt.</param>
    /// <param name="real">Whose network is a classifier, for images; shared.</param>
    /// <exception cref="DistGanException">Nothing tells the classes of samples.</exception>
    public LabelAccuracyMetric(IDataSet data, RealFeatures? real)
    {
        ArgumentNullException.ThrowIfNull(data);
        _modes = data.Modes;
        _classifier = _modes is null ? real?.Network as IFrozenClassifier : null;
        if (_modes is null && _classifier is null)
        {
            throw new DistGanException($"Labels of samples are checked with a classifier, which there is none of for {data.Name}: leave {MetricNames.LabelAccuracy} out.");
        }

        _real = _classifier is null ? null : real!.Share();
        Provenance = _classifier is null
            ? new() { Reference = $"{data.Name}: the nearest of {_modes!.Centers.Count} modes" }
            : real!.Provenance(real.Name, real.Count, "the largest logit gives the class");
    }

    public string Name => MetricNames.LabelAccuracy;

    public ScoreProvenance Provenance { get; }

    public IReadOnlyDictionary<string, double> Score(ScoredSamples samples)
    {
        ArgumentNullException.ThrowIfNull(samples);
        return new Dictionary<string, double> { [MetricNames.LabelAccuracy] = samples.Labels is { } labels ? Share(samples, labels) : double.NaN };
    }

    public void Dispose() => _real?.Dispose();

    private double Share(ScoredSamples samples, IReadOnlyList<int> labels)
    {
        if (_classifier is not null && !FeatureSets.AreFinite(samples.FeaturesOf(_classifier)))
        {
            return double.NaN;
        }

        var classes = _modes is { } modes ? NearestOf(samples.Values, modes) : ClassesOf(samples.FeaturesOf(_classifier!));
        return classes.Where((label, i) => label == labels[i]).Count() / (double)classes.Length;
    }

    private static int[] NearestOf(Tensor points, GaussianModes modes)
    {
        var numbers = new float[points.numel()];
        VectorBytes.CopyTo(points, numbers);
        return [.. numbers.Chunk(2).Select(point => modes.Nearest(point[0], point[1]) is (var mode, var far) && double.IsFinite(far) ? mode : -1)];
    }

    private int[] ClassesOf(Tensor features)
    {
        using var scope = NewDisposeScope();
        return [.. _classifier!.LogitsOf(features).argmax(1).data<long>().ToArray().Select(static label => (int)label)];
    }
}
