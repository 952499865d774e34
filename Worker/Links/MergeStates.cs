using DistGan.Grains.Interfaces.Parameters;
using DistGan.Training.Links;
using DistGan.Training.Snapshots;
using DistGan.Worker.Snapshots;

namespace DistGan.Worker.Links;

/// <summary>What the merge grains of a job remember: the shards of each vector, in order.</summary>
internal sealed record MergeStates(IReadOnlyDictionary<MergedVector, IReadOnlyList<MergeState>> Shards)
{
    /// <summary>Arrays VECTOR.SHARD.PART.</summary>
    public IEnumerable<NamedArray> ToArrays()
    {
        foreach (var (vector, shards) in Shards.OrderBy(static pair => pair.Key))
        {
            for (var shard = 0; shard < shards.Count; shard++)
            {
                var name = string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{vector.Key()}.{shard}");
                yield return HostArrays.Int64($"{name}.version", [shards[shard].Version]);
                yield return HostArrays.Float32($"{name}.centre", shards[shard].Centre.Span);
                yield return HostArrays.Float32($"{name}.velocity", shards[shard].Velocity.Span);
            }
        }
    }

    /// <summary>The states of arrays; null where there are none.</summary>
    public static MergeStates? FromArrays(IReadOnlyList<NamedArray> arrays)
    {
        var byName = arrays.ToDictionary(static array => array.Name);
        var all = new Dictionary<MergedVector, IReadOnlyList<MergeState>>();
        foreach (var vector in MergeVectors.All)
        {
            var shards = new List<MergeState>();
            while (byName.TryGetValue(string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{vector.Key()}.{shards.Count}.version"), out var version))
            {
                var name = version.Name[..^".version".Length];
                shards.Add(new MergeState
                {
                    Version = HostArrays.ReadInt64(version)[0],
                    Centre = HostArrays.ReadFloat32(byName[$"{name}.centre"]),
                    Velocity = HostArrays.ReadFloat32(byName[$"{name}.velocity"]),
                });
            }

            if (shards.Count > 0)
            {
                all[vector] = shards;
            }
        }

        return all.Count == 0 ? null : new MergeStates(all);
    }
}
