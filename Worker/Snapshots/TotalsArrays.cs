using DistGan.Grains.Interfaces.Parameters;
using DistGan.Training;
using DistGan.Training.Snapshots;
using DistGan.Worker.Links;

namespace DistGan.Worker.Snapshots;

/// <summary>Parameter totals as arrays: <c>PLAYER.counts</c>, one a shard, and <c>PLAYER.sum</c>, the shards one after another.</summary>
internal static class TotalsArrays
{
    public static IEnumerable<NamedArray> ToArrays(ParameterTotalsByPlayer totals)
    {
        foreach (var (player, shards) in totals.Shards.OrderBy(pair => pair.Key))
        {
            yield return HostArrays.Int64($"{player.Key()}.counts", [.. shards.Select(shard => shard.Count)]);
            var sum = new double[shards.Sum(shard => shard.Sum.Length)];
            var end = 0;
            foreach (var shard in shards)
            {
                shard.Sum.CopyTo(sum.AsMemory(end));
                end += shard.Sum.Length;
            }

            yield return HostArrays.Float64($"{player.Key()}.sum", sum);
        }
    }

    public static ParameterTotalsByPlayer FromArrays(IReadOnlyList<NamedArray> arrays)
    {
        var byName = arrays.ToDictionary(array => array.Name);
        var all = new Dictionary<Player, IReadOnlyList<ParameterTotals>>();
        foreach (var player in PlayerNames.All.Where(player => byName.ContainsKey($"{player.Key()}.sum")))
        {
            var sum = HostArrays.ReadFloat64(byName[$"{player.Key()}.sum"]).AsMemory();
            var counts = HostArrays.ReadInt64(byName[$"{player.Key()}.counts"]);
            all[player] = [.. counts.Select((count, shard) => new ParameterTotals
            {
                Count = count,
                Sum = sum[(shard * ParameterLink.ShardLength)..Math.Min(sum.Length, (shard + 1) * ParameterLink.ShardLength)],
            })];
        }

        return new ParameterTotalsByPlayer(all);
    }
}
