using DistGan.Client.Champions;
using DistGan.Client.CommandLine;
using DistGan.Client.Runs;
using DistGan.Recipes;
using DistGan.Training.Data;
using DistGan.Training.Data.Sources;
using DistGan.Training.Features;
using DistGan.Training.Metrics;
using DistGan.Training.Steps;
using static TorchSharp.torch;

namespace DistGan.Client.Evaluating;

/// <summary>
/// Scores a run's generator over independent draws of latents, and real samples in the same way: a draw of real ones stands in for
/// the generated ones and is compared with the rest of the data, which no draw overlaps.
/// </summary>
public sealed class Evaluator : IDisposable
{
    private readonly TrainedRun _run;
    private readonly EvaluateRequest _request;
    private readonly SteadyProgress _progress;
    private readonly IDataSet _data;
    private readonly RealFeatures? _real;
    private readonly long _seed;
    private readonly long[]? _labelCounts;

    /// <param name="run">What is scored.</param>
    /// <param name="request">How.</param>
    /// <param name="progress">Hears of each step in a few words.</param>
    /// <exception cref="CommandException">The data are not those of the run, or there is no such feature network.</exception>
    public Evaluator(TrainedRun run, EvaluateRequest request, SteadyProgress progress)
    {
        ArgumentNullException.ThrowIfNull(run);
        ArgumentNullException.ThrowIfNull(request);
        (_run, _request, _progress, _seed) = (run, request, progress, request.Seed ?? run.Recipe.Seed);
        _labelCounts = request.Champions || run.Layout.Categories == 0 ? null : new long[run.Layout.Categories];
        _data = DataCheck.Open(run.Recipe, new DataOpening());
        try
        {
            ThrowIfOther();
            ThrowIfUnused();
            _real = _data.Shape.IsImage ? new RealFeatures(OpenNetwork(), _data, _seed, Seen) : null;
        }
        catch
        {
            _data.Dispose();
            throw;
        }
    }

    /// <summary>Draws and scores.</summary>
    /// <exception cref="CommandException">A metric does not fit the data or the network.</exception>
    public async Task<EvaluationResult> RunAsync(CancellationToken cancellationToken)
    {
        var context = new MetricContext(_data, _real) { AsksForLabels = _run.Labels is not null && !_request.Champions };
        var metrics = Names(context);
        var (scores, provenance, champions) = await GeneratedAsync(metrics, context, cancellationToken);
        var noFloor = _data.Count >= 2L * _request.Samples && (_real is null || _real.Count >= 2 * _request.Samples)
            ? null
            : $"{_request.Samples} real samples and as many to compare them with are more than the {Math.Min(_data.Count, _real?.Count ?? long.MaxValue)} that are taken of {_data.Name}";
        return new EvaluationResult
        {
            Run = _run,
            Samples = _request.Samples,
            Draws = _request.Draws,
            Seed = _seed,
            DataFingerprint = _data.Fingerprint,
            Scores = ScoreInterval.Of(scores),
            Floor = ScoreInterval.Of(noFloor is null ? Floor(metrics, cancellationToken) : []),
            NoFloor = noFloor,
            Champions = champions,
            LabelCounts = _labelCounts,
            Provenance = provenance,
        };
    }

    public void Dispose()
    {
        _real?.Dispose();
        _data.Dispose();
    }

    private void ThrowIfOther()
    {
        var trained = _run.Manifest.DataFingerprint;
        if (_data.Fingerprint != trained)
        {
            throw new CommandException(ExitCodes.Refused,
                $"The data set {_data.Name} is not the one that the run was trained on: expected fingerprint {trained}, found {_data.Fingerprint}; put the old data back.");
        }
    }

    private void ThrowIfUnused()
    {
        if (_request.Features is { } name && !_data.Shape.IsImage)
        {
            throw new CommandException(ExitCodes.Usage, $"--features {name}: {_data.Name} is a set of points, whose scores need no feature network; leave it out.");
        }
    }

    private IFeatureNetwork OpenNetwork()
    {
        var name = _request.Features ?? FeatureCatalog.DefaultFor(_data);
        try
        {
            return FeatureCatalog.Open(name, _data.Shape, _request.TorchScript);
        }
        catch (DistGanException error) when (_request.Features is not null)
        {
            throw new CommandException(File.Exists(name) || !name.EndsWith(".pt", StringComparison.OrdinalIgnoreCase) ? ExitCodes.Usage : ExitCodes.NotFound, $"--features {name}: {error.Message}", error);
        }
    }

    private IReadOnlyList<string> Names(MetricContext context)
    {
        var fitting = MetricCatalog.Fitting(context);
        var unfit = _request.Metrics.Except(fitting).ToList();
        return unfit.Count == 0
            ? _request.Metrics.Count == 0 ? fitting : _request.Metrics
            : throw new CommandException(ExitCodes.Usage,
                $"--metrics {string.Join(',', unfit)}: {WhyUnfit(unfit, context)}; allowed are {string.Join(", ", fitting)}, all.");
    }

    private string WhyUnfit(IReadOnlyList<string> unfit, MetricContext context)
        => unfit is [MetricNames.LabelAccuracy] && !context.AsksForLabels
            ? $"{(_request.Champions ? "samples of champions" : "samples of a run without labels")} are asked for no label"
            : $"does not fit the data set {_data.Name}{(_real is null ? "" : $" with feature network {_real.Network.Name}")}";

    private async Task<(List<IReadOnlyDictionary<string, double>> Scores, IReadOnlyDictionary<string, ScoreProvenance> Provenance, IReadOnlyList<ChampionScores>? Champions)> GeneratedAsync(
        IReadOnlyList<string> names, MetricContext context, CancellationToken cancellationToken)
    {
        if (_real is not null)
        {
            _progress.Begin($"features of {_real.Count} real images by {_real.Network.Name}");
        }

        using var champions = _request.Champions ? await ChampionDraws.OpenAsync(_run, _request, context, _progress.Begin, cancellationToken) : null;
        using var generator = champions is null ? await _run.OpenGeneratorAsync(cancellationToken) : null;
        var metrics = MetricCatalog.For(names, context);
        try
        {
            var scores = new List<IReadOnlyDictionary<string, double>>();
            for (var draw = 0; draw < _request.Draws; draw++)
            {
                cancellationToken.ThrowIfCancellationRequested();
                _progress.Begin($"draw {draw + 1}/{_request.Draws}: {_request.Samples} generated samples");
                scores.Add(champions is null
                    ? Generate(generator!, draw, metrics)
                    : Score(metrics, champions.Draw(_request.Samples, SeedOf(draw), Accepted), null, Seen));
            }

            var alone = champions?.Alone(_request.Samples, SeedOf(0), (champion, drawn) =>
            {
                _progress.Begin($"champion of mode {champion.Mode} alone: {_request.Samples} generated samples");
                return Score(metrics, drawn, null, Seen);
            });
            return (scores, metrics.ToDictionary(static metric => metric.Name, metric => metric.Provenance with { Samples = _request.Samples, Seed = _seed }), alone);
        }
        finally
        {
            Free(metrics);
        }
    }

    private long SeedOf(int draw) => new SeedSequence(_seed, 0).For("evaluate", draw);

    private Dictionary<string, double> Generate(TrainedGenerator generator, int draw, IReadOnlyList<IMetric> metrics)
    {
        using var latents = generator.Latents(_request.Samples, SeedOf(draw));
        var labels = generator.LabelsOf(latents);
        foreach (var label in labels ?? [])
        {
            _labelCounts![label]++;
        }

        return Score(metrics, generator.Generate(latents), generator.Labels is null ? null : labels, Seen);
    }

    private List<IReadOnlyDictionary<string, double>> Floor(IReadOnlyList<string> names, CancellationToken cancellationToken)
    {
        var scores = new List<IReadOnlyDictionary<string, double>>();
        for (var draw = 0; draw < _request.Draws; draw++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            _progress.Begin($"draw {draw + 1}/{_request.Draws}: {_request.Samples} real samples");
            var order = Enumerable.Range(0, _real?.Count ?? (int)_data.Count).ToArray();
            new SeedSequence(_seed, 0).RandomFor("floor", draw).Shuffle(order);
            var drawn = order[.._request.Samples];
            using var rest = _real?.Part(order[_request.Samples..]);
            var metrics = MetricCatalog.For(names, new MetricContext(_data, rest) { AsksForLabels = _run.Labels is not null && !_request.Champions });
            try
            {
                var known = _real?.Items;
                long[] items = [.. drawn.Select(row => known is null ? row : known[row])];
                scores.Add(Score(metrics, Read(items), [.. items.Select(_data.LabelOf)], Seen));
            }
            finally
            {
                Free(metrics);
            }
        }

        return scores;
    }

    private Tensor Read(long[] items)
    {
        var (size, bytes) = (_data.Shape.ItemBytes, new byte[items.Length * _data.Shape.ItemBytes]);
        for (var i = 0; i < items.Length; i++)
        {
            _data.Read(items[i], bytes.AsSpan(i * size, size));
        }

        return SampleCodec.Decode(bytes, _data.Shape, items.Length);
    }

    private void Accepted(long samples) => _progress.Tell($"  {samples} of {_request.Samples} samples accepted");

    private void Seen(long images) => _progress.Tell($"  the feature network has seen {images} of them");

    private static Dictionary<string, double> Score(IReadOnlyList<IMetric> metrics, Tensor drawn, IReadOnlyList<int>? labels, Action<long> seen)
    {
        using (drawn)
        {
            using var samples = new ScoredSamples(drawn, seen) { Labels = labels };
            return metrics.SelectMany(metric => metric.Score(samples)).ToDictionary();
        }
    }

    private static void Free(IReadOnlyList<IMetric> metrics)
    {
        foreach (var metric in metrics)
        {
            metric.Dispose();
        }
    }
}
