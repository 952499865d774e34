using System.Text.Json.Nodes;
using DistGan.Client.CommandLine;
using DistGan.Client.Runs;
using DistGan.Recipes;
using DistGan.Training.Steps;
using TorchSharp;

namespace DistGan.Client.Outputs;

/// <summary>A walk from stop to stop: each stop is a seed, and where labels are asked for a label. One seed, or one label, is that of every stop.</summary>
internal sealed class SeedWay : ILatentWay
{
    private static readonly long[] UsualSeeds = [1, 2, 3, 4];

    private readonly InterpolateRequest _request;
    private readonly DataLabels? _known;
    private readonly IReadOnlyList<long> _seeds;
    private readonly IReadOnlyList<int> _labels;

    /// <param name="run">Whose latents they are.</param>
    /// <param name="request">Seeds and frames.</param>
    /// <param name="labels">Labels to pass, in order.</param>
    /// <param name="rows">Rows of a frame.</param>
    /// <param name="columns">Places in a row.</param>
    /// <exception cref="CommandException">Seeds and labels make no walk.</exception>
    public SeedWay(TrainedRun run, InterpolateRequest request, IReadOnlyList<int> labels, int rows, int columns)
    {
        (_request, _known, _labels, Rows, Columns) = (request, run.Labels, labels, rows, columns);
        _seeds = request.Seeds ?? (labels.Count > 1 ? [1] : UsualSeeds);
        if (_seeds.Count > 1 && labels.Count > 1 && _seeds.Count != labels.Count)
        {
            throw new CommandException(ExitCodes.Usage, $"{_seeds.Count} seeds and {labels.Count} labels: each stop has a seed and a label, so give as many of both, or one of either for all stops.");
        }

        if (Stops < 2)
        {
            throw new CommandException(ExitCodes.Usage, $"--seeds {_seeds[0]}: a walk has two stops or more; give several seeds or several labels.");
        }
    }

    public int Rows { get; }

    public int Columns { get; }

    public int Frames => _request.Frames ?? (_request.Strip ? InterpolateRequest.UsualFramesOfStrip : InterpolateRequest.UsualFrames);

    public string? Legend => _labels.Count > 0 ? $"label: {LabelWords.NamesOf(_labels, _known)}" : null;

    private int Stops => Math.Max(_seeds.Count, _labels.Count);

    public IReadOnlyList<torch.Tensor> Latents(TrainedGenerator generator)
    {
        var stops = Enumerable.Range(0, Stops).Select(stop => Stop(generator, stop)).ToList();
        try
        {
            return LatentWalk.Between(generator.Recipe.Latent, generator.Layout, stops, Frames, _request.Loop);
        }
        finally
        {
            stops.ForEach(static stop => stop.Dispose());
        }
    }

    public void AddTo(JsonObject document)
    {
        document["seeds"] = new JsonArray([.. _seeds.Select(static seed => (JsonNode)seed)]);
        if (_labels.Count > 0)
        {
            LabelWords.AddTo(document, _labels, _known);
        }
    }

    private torch.Tensor Stop(TrainedGenerator generator, int stop)
    {
        var label = _labels.Count == 0 ? (int?)null : _labels[_labels.Count == 1 ? 0 : stop];
        var choices = LatentGrid.Drawn(Rows * Columns).Select(choice => choice with { Label = label }).ToList();
        return generator.Latents(choices, _seeds[_seeds.Count == 1 ? 0 : stop], _request.Truncation);
    }
}
