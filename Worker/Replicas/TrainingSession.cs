using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using DistGan.Recipes;
using DistGan.Training.Champions;
using DistGan.Training.Data;
using DistGan.Training.Images;
using DistGan.Training.Metrics;
using DistGan.Training.Steps;
using DistGan.Training.Techniques;
using DistGan.Worker.Champions;
using DistGan.Worker.Snapshots;

namespace DistGan.Worker.Replicas;

/// <summary>A replica with its data set, its pictures and its metrics.</summary>
internal sealed class TrainingSession(Recipe recipe, IDataSet data, IReplica replica, IReadOnlyList<IMetric> metrics, IModes? modes = null) : IReplicaSession
{
    /// <summary>Purpose of the latents of the sample grid; the same in every picture of a job.</summary>
    private const string SamplesPurpose = "samples";

    /// <summary>Purpose of the latents of scores; the same in every evaluation of a job.</summary>
    private const string EvaluationPurpose = "evaluation";

    /// <summary>Images up to this height are enlarged, so that a person sees them.</summary>
    private const int SmallImage = 32;

    public IReplica Replica => replica;

    public string DataFingerprint => data.Fingerprint;

    public SampleShape Shape => data.Shape;

    public DataLabels? Labels => replica.Labels;

    public Evaluation Evaluate()
    {
        var count = (recipe.Evaluation ?? new EvaluationRecipe()).Samples;
        using var drawn = replica.Sample(EvaluationPurpose, count);
        using var samples = new ScoredSamples(drawn) { Labels = replica.LabelsOf(EvaluationPurpose, count) };
        var scores = new Dictionary<string, double>();
        var provenance = new JsonObject();
        foreach (var metric in metrics)
        {
            foreach (var (name, value) in metric.Score(samples))
            {
                scores[name] = value;
            }

            provenance[metric.Name] = JsonSerializer.SerializeToNode(metric.Provenance with { Samples = count, Seed = recipe.Seed }, SnapshotJson.Options);
        }

        return new Evaluation(scores, First(scores), provenance);
    }

    public Challenge Challenge(IReadOnlyDictionary<int, ModeQuality> champions)
    {
        if (modes is null || recipe.Techniques.ModeChampions is not { } kept)
        {
            return Champions.Challenge.Lost;
        }

        var step = replica.Step;
        var won = ChampionChallenge.Hold(modes, champions, time => replica.Sample(string.Create(CultureInfo.InvariantCulture, $"champions-{step}-{time}"), kept.Samples));
        if (won.Count == 0)
        {
            return Champions.Challenge.Lost;
        }

        var files = replica.Capture().Files;
        return new Challenge(won, files.GetValueOrDefault(ExponentialMovingAverage.File) ?? files["generator"]);
    }

    public Func<byte[]> Draw()
    {
        var (choices, rows) = Choose();
        using var drawn = replica.Sample(SamplesPurpose, choices);
        var picture = data.Modes is { } modes ? PointPlot.Draw(drawn, modes) : ImageGrid.Compose(drawn, rows, recipe.Samples.Columns);
        var scale = data.Shape is { IsImage: true, Height: <= SmallImage } ? 2 : 1;
        return () => PngWriter.Encode(picture, scale);
    }

    /// <summary>What a picture shows, and its rows: one for each label or category, with one z down each column, where there are any.</summary>
    private (IReadOnlyList<LatentChoice> Choices, int Rows) Choose()
    {
        var samples = recipe.Samples;
        if (data.Modes is not null)
        {
            return (LatentGrid.Drawn(recipe.Evaluation?.Samples ?? new EvaluationRecipe().Samples), 1);
        }

        var labels = LatentGrid.LabelsShown(replica.Layout.Categories, samples.Rows);
        return labels.Count > 0 ? (LatentGrid.RowPerLabel(labels, samples.Columns), labels.Count) : (LatentGrid.Drawn(samples.Rows * samples.Columns), samples.Rows);
    }

    public void Dispose()
    {
        foreach (var metric in metrics)
        {
            metric.Dispose();
        }

        modes?.Dispose();
        replica.Dispose();
        data.Dispose();
    }

    /// <summary>The first score that ranks generators.</summary>
    private static SnapshotScore? First(Dictionary<string, double> scores)
    {
        foreach (var (name, value) in scores)
        {
            if (MetricDirections.Of(name) is { } lower)
            {
                return new SnapshotScore(name, double.IsFinite(value) ? value : null, lower);
            }
        }

        return null;
    }
}
