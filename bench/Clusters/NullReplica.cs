using System.Buffers;
using System.Diagnostics;
using System.Text.Json.Nodes;
using DistGan.Recipes;
using DistGan.Training.Data;
using DistGan.Training.Links;
using DistGan.Training.Snapshots;
using DistGan.Training.Steps;
using TorchSharp;

namespace DistGan.Bench.Clusters;

/// <summary>A replica whose steps take a fixed time and compute nothing; what it exchanges with the cluster is of true size.</summary>
internal sealed class NullReplica(NullSettings settings, Recipe recipe, int ordinal, ReplicaLinks links) : IReplica
{
    private readonly float[] _parameters = new float[settings.Parameters];
    private readonly int _itemBytes = ShapeOfImages.ItemBytes;
    private long _next = Stopwatch.GetTimestamp();
    private long _version;

    public static SampleShape ShapeOfImages { get; } = new(1, 28, 28);

    public long Step { get; private set; }

    public long Images { get; private set; }

    public SampleShape Shape => ShapeOfImages;

    public LatentLayout Layout => new(1, 0, 0);

    public void Advance()
    {
        // A step that begins late does not make the next one shorter by more than a step.
        var now = Stopwatch.GetTimestamp();
        var length = (long)(settings.StepTime.TotalSeconds * Stopwatch.Frequency);
        _next = Math.Max(_next, now - length) + length;
        if (_next > now)
        {
#pragma warning disable RS0030 // to take its time is all that a step does
            Thread.Sleep(Stopwatch.GetElapsedTime(now, _next));
#pragma warning restore RS0030
        }

        Step++;
        Images += recipe.Batch;
        if (Step % recipe.Topology.RoundSteps == 0)
        {
            AtBoundary(Step / recipe.Topology.RoundSteps);
        }
    }

    public ReplicaState Capture() => new(
        Step,
        Images,
        new Dictionary<string, IReadOnlyList<NamedArray>> { ["generator"] = [new NamedArray("step", "I64", [1], BitConverter.GetBytes(Step))] },
        new JsonObject());

    public void Restore(ReplicaState state) => (Step, Images) = (state.Step, state.Images);

    public void StartFrom(StartWeights weights)
    {
    }

    public void Join(MergedParameters current) => _version = current.Version;

    public void ScaleRates(double factor)
    {
    }

    public torch.Tensor Sample(string purpose, int count) => throw new NotSupportedException();

    public torch.Tensor Sample(string purpose, IReadOnlyList<LatentChoice> choices) => throw new NotSupportedException();

    public IReadOnlyList<int>? LabelsOf(string purpose, int count) => null;

    public void Dispose()
    {
    }

    private void AtBoundary(long boundary)
    {
        if (links.Merges is { } merges && settings.Parameters > 0)
        {
            using (var merged = boundary > 1 ? merges.Take(boundary - 1) : null)
            {
                _version = merged?.Version ?? _version;
            }

            var sent = new float[_parameters.Length];
            Array.Fill(sent, ordinal + (float)boundary);
            merges.Contribute(new MergeContribution(boundary, _version, recipe.Batch, new Dictionary<MergedVector, ReadOnlyMemory<float>> { [MergedVector.GeneratorParameters] = sent }));
        }

        if (settings.Images > 0)
        {
            links.Replay.Take(boundary - 1)?.Dispose();
            var length = settings.Images * _itemBytes;
            var rented = ArrayPool<byte>.Shared.Rent(length);
            links.Replay.Exchange(new ReplayOffer(boundary, [new ReplayGroup(Step, settings.Images)], new ReplayRequest(1, settings.Images, Grouped: false, Seed: boundary), rented, length));
        }

        links.Reports.Report(new RoundReport(Step, Images, new Dictionary<string, double> { [MetricNames.DiscriminatorLoss] = 1, [MetricNames.GeneratorLoss] = 1 }));
    }
}
