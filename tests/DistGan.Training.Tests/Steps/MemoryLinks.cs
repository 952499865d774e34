using System.Buffers;
using DistGan.Training.Data;
using DistGan.Training.Links;

namespace DistGan.Training.Tests.Steps;

/// <summary>The shared side of a job in memory: a history of images and averages of parameters that answer as a function of what they were given.</summary>
internal sealed class MemoryLinks(SampleShape shape, int labelBytes = 0) : IReplaySource, IParameterSource, IReportSink
{
    private const int Kept = 64;
    private readonly List<(byte[] Image, long Step)> _images = [];
    private readonly Dictionary<long, (long[] Steps, byte[] Bytes, int Draws, int PerDraw)> _draws = [];
    private readonly Dictionary<Player, (double[] Sum, long Count)> _sums = [];
    private readonly Dictionary<(Player, long), (float[] Mean, long Count)> _means = [];

    /// <summary>Answers nothing any more.</summary>
    public bool IsStopped { get; set; }

    public List<RoundReport> Reported { get; } = [];

    public List<(long Boundary, ReplayRequest Request, ReplayGroup[] Groups, byte[] Images)> Offers { get; } = [];

    public List<(Player Player, long Boundary, long Count, float[] Sum)> Contributions { get; } = [];

    public ReplicaLinks Links => new(this, this, this);

    /// <summary>What is stored and on its way, as a snapshot of the shared side would hold it.</summary>
    public MemoryLinks Copy()
    {
        var copy = new MemoryLinks(shape, labelBytes);
        copy._images.AddRange(_images);
        foreach (var (key, value) in _draws)
        {
            copy._draws[key] = value;
        }

        foreach (var (key, value) in _sums)
        {
            copy._sums[key] = ([.. value.Sum], value.Count);
        }

        foreach (var (key, value) in _means)
        {
            copy._means[key] = value;
        }

        return copy;
    }

    /// <summary>The replica that made the images of all answers.</summary>
    public int Maker { get; set; }

    /// <summary>Shards that gave nothing; null for one buffer.</summary>
    public int? ShardsMissed { get; set; }

    public void Exchange(ReplayOffer offer)
    {
        using (offer)
        {
            Offers.Add((offer.Boundary, offer.Request, [.. offer.Groups], offer.Images.ToArray()));
            Store(offer);
            _draws[offer.Boundary] = Draw(offer.Request);
        }
    }

    public ReplayDraws? Take(long boundary)
    {
        if (IsStopped || !_draws.TryGetValue(boundary, out var found))
        {
            return null;
        }

        var rented = ArrayPool<byte>.Shared.Rent(Math.Max(1, found.Bytes.Length));
        found.Bytes.CopyTo(rented, 0);
        return new ReplayDraws(boundary, found.Draws, found.PerDraw, found.Steps, [.. found.Steps.Select(_ => Maker)], rented, found.Bytes.Length, _images.Count / (double)Kept) { ShardsMissed = ShardsMissed };
    }

    public void Contribute(ParameterContribution contribution)
    {
        using (contribution)
        {
            Contributions.Add((contribution.Player, contribution.Boundary, contribution.Count, contribution.Sum.ToArray()));
            var (sum, count) = _sums.GetValueOrDefault(contribution.Player, (new double[contribution.Length], 0));
            for (var i = 0; i < sum.Length; i++)
            {
                sum[i] += contribution.Sum.Span[i];
            }

            count += contribution.Count;
            _sums[contribution.Player] = (sum, count);
            _means[(contribution.Player, contribution.Boundary)] = ([.. sum.Select(value => (float)(value / count))], count);
        }
    }

    public ParameterAverage? Take(Player player, long boundary)
    {
        if (IsStopped || !_means.TryGetValue((player, boundary), out var found))
        {
            return null;
        }

        var rented = ArrayPool<float>.Shared.Rent(found.Mean.Length);
        found.Mean.CopyTo(rented, 0);
        return new ParameterAverage(player, boundary, found.Count, rented, found.Mean.Length);
    }

    public void Report(RoundReport report) => Reported.Add(report);

    private void Store(ReplayOffer offer)
    {
        var (start, itemBytes) = (0, shape.ItemBytes + labelBytes);
        foreach (var group in offer.Groups)
        {
            for (var i = 0; i < group.Count; i++, start += itemBytes)
            {
                _images.Add((offer.Images.Slice(start, itemBytes).ToArray(), group.Step));
            }
        }

        _images.RemoveRange(0, Math.Max(0, _images.Count - Kept));
    }

    private (long[] Steps, byte[] Bytes, int Draws, int PerDraw) Draw(ReplayRequest request)
    {
        var random = new Random(unchecked((int)request.Seed));
        var chosen = Enumerable.Range(0, request.Draws * request.ImagesPerDraw).Select(_ => _images[random.Next(_images.Count)]).ToList();
        return ([.. chosen.Select(static item => item.Step)], [.. chosen.SelectMany(static item => item.Image)], request.Draws, request.ImagesPerDraw);
    }
}
