using System.Text.Json.Nodes;
using DistGan.Client.CommandLine;
using DistGan.Client.Runs;
using DistGan.Recipes;
using DistGan.Training.Steps;
using DistGan.Training.Vectors;
using TorchSharp;

namespace DistGan.Client.Outputs;

/// <summary>One sample of which a single number, code or label is varied: a row for each that is, from its first value to its last.</summary>
internal sealed class VariedWay : ILatentWay
{
    private readonly InterpolateRequest _request;
    private readonly DataLabels? _known;
    private readonly IReadOnlyList<LatentAxis> _axes;
    private readonly int? _label;

    /// <param name="run">Whose latents they are.</param>
    /// <param name="request">What is varied, and how far.</param>
    /// <param name="labels">The label of all; none is as the seed draws it.</param>
    /// <param name="columns">Samples that are varied alike, side by side.</param>
    /// <exception cref="CommandException">The generator has no such thing, or two wishes contradict each other.</exception>
    public VariedWay(TrainedRun run, InterpolateRequest request, IReadOnlyList<int> labels, int columns)
    {
        (_request, _known, Columns) = (request, run.Labels, columns);
        _axes = Axes(run, request);
        if (labels.Count > 1 || (labels.Count == 1 && _axes.Any(static axis => axis.Categories > 0)))
        {
            throw new CommandException(ExitCodes.Usage, labels.Count > 1
                ? $"--label {string.Join(',', request.Labels)}: with --vary one label is held; give one, or --vary {LatentAxis.Label} to go through all."
                : $"--label {string.Join(',', request.Labels)}: --vary {LatentAxis.Label} goes through the labels itself; leave one of them away.");
        }

        _label = labels.Count == 1 ? labels[0] : null;
    }

    public int Rows => _axes.Count;

    public int Columns { get; }

    /// <summary>A still has a column for each label where they are varied and a picture holds them.</summary>
    public int Frames => _request.Frames ?? (!_request.Strip ? InterpolateRequest.UsualFrames
        : _axes.Max(static axis => axis.Categories) is >= 2 and <= LatentGrid.MostRows and var labels ? labels
        : InterpolateRequest.UsualFramesOfStrip);

    public string Legend => $"rows from the top: {string.Join(", ", _axes.Select(static axis => axis.Categories > 0
        ? $"{axis.Name} through {axis.Categories} labels"
        : FormattableString.Invariant($"{axis.Name} from {axis.From} to {axis.To}")))}";

    private long Seed => _request.Seeds?[0] ?? 1;

    public IReadOnlyList<torch.Tensor> Latents(TrainedGenerator generator)
    {
        using var drawn = generator.Latents([.. LatentGrid.Drawn(Columns).Select(choice => choice with { Label = _label })], Seed, _request.Truncation);
        var rows = new float[drawn.numel()];
        VectorBytes.CopyTo(drawn, rows);
        return [.. Enumerable.Range(0, Frames).Select(frame => Frame(rows, generator.Layout.Width, At(frame)))];
    }

    public void AddTo(JsonObject document)
    {
        document["seeds"] = new JsonArray(Seed);
        document["vary"] = new JsonArray([.. _axes.Select(static axis => (JsonNode)new JsonObject { ["name"] = axis.Name, ["from"] = axis.From, ["to"] = axis.To })]);
        if (_label is { } label)
        {
            LabelWords.AddTo(document, [label], _known);
        }
    }

    private static List<LatentAxis> Axes(TrainedRun run, InterpolateRequest request)
    {
        try
        {
            return [.. LatentAxis.Parse(request.Vary!, run.Layout, run.Recipe.Latent)
                .Select(axis => axis.Categories > 0 ? axis : axis with { From = request.From ?? axis.From, To = request.To ?? axis.To })];
        }
        catch (DistGanException unknown)
        {
            throw new CommandException(ExitCodes.Usage, $"--vary {request.Vary}: {unknown.Message}", unknown);
        }
    }

    /// <summary>How far a frame is; a loop goes there and back.</summary>
    private double At(int frame)
    {
        var there = _request.Loop ? 2.0 * frame / Frames : frame / (Frames - 1.0);
        return there <= 1 ? there : 2 - there;
    }

    private torch.Tensor Frame(float[] rows, int width, double t)
    {
        var frame = new float[_axes.Count * rows.Length];
        for (var axis = 0; axis < _axes.Count; axis++)
        {
            var part = frame.AsSpan(axis * rows.Length, rows.Length);
            rows.CopyTo(part);
            for (var start = 0; start < part.Length; start += width)
            {
                _axes[axis].Write(part.Slice(start, width), t);
            }
        }

        return torch.tensor(frame, [frame.Length / width, width]);
    }
}
