using DistGan.Grains.Interfaces.Replay;
using DistGan.Training.Links;

namespace DistGan.Worker.Links.Shards;

/// <summary>Puts the answers of shards together in the order of a mixture, as if one buffer had given them.</summary>
internal static class ShardAnswers
{
    /// <summary>Whole batches of what has come; a unit that its shard did not give is left out, and the others move up.</summary>
    /// <param name="mixture">The order.</param>
    /// <param name="answers">Of each shard; null where none came.</param>
    /// <param name="held">What each shard said that it holds; null where it said nothing.</param>
    /// <param name="request">What was wanted.</param>
    /// <param name="all">Bytes of all shards, the replica's own shard, and how many others each other one stands for.</param>
    public static ReplayAnswer Join(
        ShardMixture mixture, IReadOnlyList<ReplayAnswer?> answers, IReadOnlyList<ReplayHoldings?> held, ReplayRequest request, (long Budget, int Own, double Scale) all)
    {
        var given = answers.Select(answer => answer is null || mixture.UnitImages == 0 ? 0 : answer.Steps.Length / mixture.UnitImages).ToArray();
        var units = Take(mixture.Order, given);
        var perUnit = mixture.UnitImages;
        var draws = perUnit == 0 ? 0 : units.Count * perUnit / request.ImagesPerDraw;
        var total = draws * request.ImagesPerDraw;
        var itemBytes = answers.Where(static answer => answer is { Steps.Length: > 0 }).Select(static answer => answer!.Images.Length / answer.Steps.Length).FirstOrDefault();
        var (images, steps, replicas) = (new byte[total * itemBytes], new long[total], new int[total]);
        for (var (filled, unit) = (0, 0); filled < total; filled += perUnit, unit++)
        {
            var (shard, index) = units[unit];
            var answer = answers[shard]!;
            var from = index * perUnit;
            answer.Images.Span.Slice(from * itemBytes, perUnit * itemBytes).CopyTo(images.AsSpan(filled * itemBytes));
            answer.Steps.AsSpan(from, perUnit).CopyTo(steps.AsSpan(filled));
            answer.Replicas.AsSpan(from, perUnit).CopyTo(replicas.AsSpan(filled));
        }

        var tallies = answers.Zip(held, static (answer, holds) => answer?.Tally ?? holds?.Tally ?? default).ToList();
        return new ReplayAnswer
        {
            Draws = draws,
            Images = images,
            Steps = steps,
            Replicas = replicas,
            StoredBytes = (long)answers.Zip(held, static (answer, holds) => answer?.StoredBytes ?? holds?.StoredBytes ?? 0).Select((bytes, shard) => shard == all.Own ? bytes : bytes * all.Scale).Sum(),
            BudgetBytes = all.Budget,
            Tally = new ReplayTally { Inserted = tallies.Sum(static tally => tally.Inserted), Drawn = tallies.Sum(static tally => tally.Drawn) },
        };
    }

    /// <summary>The units that came, in order: of which shard, and the how manyth of its answer.</summary>
    private static List<(int Shard, int Index)> Take(IReadOnlyList<int> order, int[] given)
    {
        var taken = new int[given.Length];
        var units = new List<(int, int)>(order.Count);
        foreach (var shard in order)
        {
            if (taken[shard] < given[shard])
            {
                units.Add((shard, taken[shard]++));
            }
        }

        return units;
    }
}
