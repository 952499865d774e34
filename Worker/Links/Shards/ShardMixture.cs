using DistGan.Grains.Interfaces.Replay;
using DistGan.Grains.Interfaces.Replay.Rings;
using DistGan.Training.Links;

namespace DistGan.Worker.Links.Shards;

/// <summary>
/// From which shard each unit of a request comes; a unit is an image, or a batch where its images come from one group. Each is drawn on its own, shard s
/// with probability W_s / ΣW, W_s = own_s + w·others_s images; and a shard that is then drawn from gives an own image with probability own_s / W_s
/// (<see cref="ReplayKinds"/>). So over all shards an image has the probability that it has in one buffer that holds them all.
/// </summary>
/// <remarks>A shard is asked for at most what its limit of samples per insert leaves; from there on the others give the rest, as far as theirs go.</remarks>
internal sealed class ShardMixture
{
    private readonly List<int> _order = [];
    private readonly int[] _counts;

    /// <param name="shards">What each shard holds for the replica; null for one that did not answer.</param>
    /// <param name="othersWeight">w.</param>
    /// <param name="request">What is wanted.</param>
    /// <param name="own">The replica's own shard.</param>
    /// <param name="scale">How many others each of the other shards stands for, where only a sample of them is here.</param>
    public ShardMixture(IReadOnlyList<ReplayHoldings?> shards, double othersWeight, ReplayRequest request, int own = 0, double scale = 1)
    {
        var random = new SplitMix64(request.Seed);
        var seeds = new long[shards.Count];
        for (var shard = 0; shard < seeds.Length; shard++)
        {
            seeds[shard] = unchecked((long)random.Next());
        }

        (Seeds, UnitImages, _counts) = (seeds, request.Grouped ? request.ImagesPerDraw : 1, new int[shards.Count]);
        if (request.ImagesPerDraw > 0)
        {
            Fill(shards, othersWeight, request, (own, scale), ref random);
        }
    }

    /// <summary>Images that come from one shard together.</summary>
    public int UnitImages { get; }

    /// <summary>The seed of each shard's draws.</summary>
    public IReadOnlyList<long> Seeds { get; }

    /// <summary>Units to ask each shard for.</summary>
    public IReadOnlyList<int> Counts => _counts;

    /// <summary>The shard of each unit.</summary>
    public IReadOnlyList<int> Order => _order;

    private void Fill(IReadOnlyList<ReplayHoldings?> shards, double othersWeight, ReplayRequest request, (int Own, double Scale) sample, ref SplitMix64 random)
    {
        var perDraw = request.ImagesPerDraw / UnitImages;
        var left = shards.Select(held => (held?.Allowed ?? 0) / UnitImages).ToArray();
        var weights = shards.Select((held, shard) => left[shard] == 0 ? 0 : (shard == sample.Own ? 1 : sample.Scale) * (held!.Own + (othersWeight * held.Others))).ToArray();
        var sum = weights.Sum();
        while (sum > 0 && _order.Count < request.Draws * perDraw)
        {
            var shard = Pick(weights, random.Fraction() * sum);
            _order.Add(shard);
            _counts[shard]++;
            if (--left[shard] == 0)
            {
                weights[shard] = 0;
                sum = weights.Sum();
            }
        }

        while (_order.Count % perDraw > 0)
        {
            _counts[_order[^1]]--;
            _order.RemoveAt(_order.Count - 1);
        }
    }

    private static int Pick(double[] weights, double place)
    {
        var last = 0;
        for (var shard = 0; shard < weights.Length; shard++)
        {
            if (weights[shard] <= 0)
            {
                continue;
            }

            last = shard;
            place -= weights[shard];
            if (place < 0)
            {
                break;
            }
        }

        return last;
    }
}
