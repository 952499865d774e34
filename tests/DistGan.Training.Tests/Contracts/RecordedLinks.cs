using System.Buffers;
using DistGan.Recipes;
using DistGan.Training.Data;
using DistGan.Training.Links;
using DistGan.Training.Tests.Steps;

namespace DistGan.Training.Tests.Contracts;

/// <summary>Local links as a replica without a cluster has them, and a memory of what went in, so that a copy of their contents can be made.</summary>
internal sealed class RecordedLinks : IReplaySource, IParameterSource, IReportSink
{
    private readonly Recipe _recipe;
    private readonly SampleShape _shape;
    private readonly ReplicaLinks _local;
    private readonly ScriptedDiscriminators _discriminators;
    private readonly MemoryMerge _merge = new() { Answer = static made => MemoryMerge.Shifted(made, 1e-3f) };
    private readonly List<(long Boundary, ReplayGroup[] Groups, ReplayRequest Request, byte[] Images)> _offers = [];
    private readonly List<(Player Player, long Boundary, long Count, float[] Sum)> _contributions = [];

    public RecordedLinks(Recipe recipe, SampleShape shape)
    {
        (_recipe, _shape) = (recipe, shape);
        _local = LocalLinks.For(recipe, shape);
        var codes = recipe.Conditioning switch { InformationMaximizingRecipe info => info.Categories + info.Continuous, { UsesLabels: true } => 3, _ => 0 };
        var (samples, numbers) = (recipe.Batch * shape.Elements, recipe.Batch * (shape.Elements + codes));
        _discriminators = new ScriptedDiscriminators
        {
            Members = [0, 1],
            Feedback = version => new(2, 1, new Dictionary<int, ReadOnlyMemory<float>> { [0] = version.Batches[0][..samples].ToArray().Select(static number => 1e-3f * number).ToArray() }),
            Task = call => new(call, ScriptedDiscriminators.Numbers((int)call, numbers), ScriptedDiscriminators.Numbers(-(int)call, numbers), call % 2 == 0 ? new(call, [0, 1]) : null),
            Swapped = static own => own with { Numbers = own.Numbers.ToArray().Select(static number => 0.9f * number).ToArray() },
        };
    }

    public List<RoundReport> Reports { get; } = [];

    public ReplicaLinks Links => new(this, this, this) { Merges = _merge, Discriminators = _discriminators };

    /// <summary>Other links of the same contents, which have reported nothing yet.</summary>
    public RecordedLinks Copy()
    {
        var copy = new RecordedLinks(_recipe, _shape);
        foreach (var (boundary, groups, request, images) in _offers)
        {
            copy.Exchange(new ReplayOffer(boundary, groups, request, Rented(images), images.Length));
        }

        foreach (var (player, boundary, count, sum) in _contributions)
        {
            copy.Contribute(new ParameterContribution(player, boundary, count, Rented(sum), sum.Length));
        }

        copy._merge.Contributed.AddRange(_merge.Contributed);
        copy._discriminators.Taken = _discriminators.Taken;
        return copy;
    }

    public void Exchange(ReplayOffer offer)
    {
        _offers.Add((offer.Boundary, [.. offer.Groups], offer.Request, offer.Images.ToArray()));
        _local.Replay.Exchange(offer);
    }

    public ReplayDraws? Take(long boundary) => _local.Replay.Take(boundary);

    public void Contribute(ParameterContribution contribution)
    {
        _contributions.Add((contribution.Player, contribution.Boundary, contribution.Count, contribution.Sum.ToArray()));
        _local.Parameters.Contribute(contribution);
    }

    public ParameterAverage? Take(Player player, long boundary) => _local.Parameters.Take(player, boundary);

    public void Report(RoundReport report) => Reports.Add(report);

    private static T[] Rented<T>(T[] values)
    {
        var rented = ArrayPool<T>.Shared.Rent(Math.Max(1, values.Length));
        values.CopyTo(rented, 0);
        return rented;
    }
}
