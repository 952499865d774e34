using DistGan.Recipes;
using DistGan.Training.Data;
using DistGan.Training.Images;
using DistGan.Training.Steps;

namespace DistGan.Worker.Replicas;

/// <summary>A replica with its data set, its pictures and its metrics.</summary>
internal sealed class TrainingSession(Recipe recipe, IDataSet data, IReplica replica) : IReplicaSession
{
    /// <summary>Purpose of the latents of the sample grid; the same in every picture of a job.</summary>
    private const string SamplesPurpose = "samples";

    /// <summary>Images up to this height are enlarged, so that a person sees them.</summary>
    private const int SmallImage = 32;

    public IReplica Replica => replica;

    public string DataFingerprint => data.Fingerprint;

    public Evaluation Evaluate() => new(new Dictionary<string, double>(), null, []);

    public Func<byte[]> Draw()
    {
        var samples = recipe.Samples;
        var count = data.Modes is null ? samples.Rows * samples.Columns : recipe.Evaluation?.Samples ?? new EvaluationRecipe().Samples;
        using var drawn = replica.Sample(SamplesPurpose, count);
        var picture = data.Modes is { } modes ? PointPlot.Draw(drawn, modes) : ImageGrid.Compose(drawn, samples.Rows, samples.Columns);
        var scale = data.Shape is { IsImage: true, Height: <= SmallImage } ? 2 : 1;
        return () => PngWriter.Encode(picture, scale);
    }

    public void Dispose()
    {
        replica.Dispose();
        data.Dispose();
    }
}
