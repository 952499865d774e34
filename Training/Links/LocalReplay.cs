using System.Buffers;
using DistGan.Recipes;

namespace DistGan.Training.Links;

/// <summary>
/// A ring of groups of images in memory: never more bytes than the budget, the oldest groups go first. A draw is a function of what is
/// stored and its seed: single images are uniform over all of them, a grouped draw runs on from one uniform image through its group.
/// </summary>
/// <param name="itemBytes">Bytes of one image.</param>
/// <param name="budgetBytes">Bytes that are kept; an image more than that is not kept at all.</param>
public sealed class LocalReplay(int itemBytes, long budgetBytes) : IReplaySource
{
    private readonly List<Group> _groups = [];
    private readonly Dictionary<long, ReplayDraws> _answers = [];

    /// <summary>Images stored now.</summary>
    public long Count { get; private set; }

    public void Exchange(ReplayOffer offer)
    {
        ArgumentNullException.ThrowIfNull(offer);
        using (offer)
        {
            Store(offer);
            _answers.Clear();
            _answers[offer.Boundary] = Draw(offer.Boundary, offer.Request);
        }
    }

    public ReplayDraws? Take(long boundary) => _answers.Remove(boundary, out var draws) ? draws : null;

    private void Store(ReplayOffer offer)
    {
        var offset = 0;
        foreach (var header in offer.Groups)
        {
            var count = (int)Math.Min(header.Count, budgetBytes / itemBytes);
            _groups.Add(new Group(header.Step, count, offer.Images.Slice(offset, count * itemBytes).ToArray()));
            Count += count;
            offset += header.Count * itemBytes;
        }

        var gone = 0;
        for (; Count * itemBytes > budgetBytes; gone++)
        {
            Count -= _groups[gone].Count;
        }

        _groups.RemoveRange(0, gone);
    }

    private ReplayDraws Draw(long boundary, ReplayRequest request)
    {
        var draws = Count == 0 ? 0 : request.Draws;
        var total = draws * request.ImagesPerDraw;
        var rented = ArrayPool<byte>.Shared.Rent(Math.Max(1, total * itemBytes));
        var steps = new long[total];
        var random = new Random(unchecked((int)(request.Seed ^ (request.Seed >> 32))));
        for (var filled = 0; filled < total;)
        {
            var (group, place) = Find(random.NextInt64(Count));
            for (var run = request.Grouped ? request.ImagesPerDraw : 1; run > 0; run--, filled++, place = (place + 1) % group.Count)
            {
                group.Images.AsSpan(place * itemBytes, itemBytes).CopyTo(rented.AsSpan(filled * itemBytes));
                steps[filled] = group.Step;
            }
        }

        return new(boundary, draws, request.ImagesPerDraw, steps, new int[total], rented, total * itemBytes, budgetBytes == 0 ? 0 : Count * (double)itemBytes / budgetBytes);
    }

    private (Group Group, int Place) Find(long ordinal)
    {
        foreach (var group in _groups)
        {
            if (ordinal < group.Count)
            {
                return (group, (int)ordinal);
            }

            ordinal -= group.Count;
        }

        throw new DistGanException($"Image {ordinal} is beyond the {Count} images that are stored.");
    }

    private sealed record Group(long Step, int Count, byte[] Images);
}
