using System.Globalization;
using DistGan.Grains.Interfaces.Parameters;
using DistGan.Training.Links;
using DistGan.Training.Snapshots;
using DistGan.Worker.Snapshots;

namespace DistGan.Worker.Links;

/// <summary>What the merge grains of a job remember, and what one replica's contributions lost on their way.</summary>
/// <param name="Shards">The shards of each vector, in order.</param>
/// <param name="Residuals">The losses of its shards, where they travel in fewer bytes.</param>
internal sealed record MergeStates(
    IReadOnlyDictionary<MergedVector, IReadOnlyList<MergeState>> Shards, IReadOnlyList<(MergedVector Vector, int Shard, float[] Values)> Residuals)
{
    private const string Residual = ".residual";

    /// <summary>Arrays VECTOR.SHARD.PART.</summary>
    public IEnumerable<NamedArray> ToArrays()
    {
        foreach (var (vector, shards) in Shards.OrderBy(static pair => pair.Key))
        {
            for (var shard = 0; shard < shards.Count; shard++)
            {
                var name = string.Create(CultureInfo.InvariantCulture, $"{vector.Key()}.{shard}");
                yield return HostArrays.Int64($"{name}.version", [shards[shard].Version]);
                yield return HostArrays.Float32($"{name}.centre", shards[shard].Centre.Span);
                yield return HostArrays.Float32($"{name}.velocity", shards[shard].Velocity.Span);
            }
        }

        foreach (var (vector, shard, values) in Residuals)
        {
            yield return HostArrays.Float32(ResidualOf(vector, shard), values);
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
            while (byName.TryGetValue(string.Create(CultureInfo.InvariantCulture, $"{vector.Key()}.{shards.Count}.version"), out var version))
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

        var residuals = MergeVectors.All.SelectMany(vector => ResidualsOf(vector, byName)).ToList();
        return all.Count + residuals.Count == 0 ? null : new MergeStates(all, residuals);
    }

    /// <summary>Not every shard has one.</summary>
    private static IEnumerable<(MergedVector Vector, int Shard, float[] Values)> ResidualsOf(MergedVector vector, Dictionary<string, NamedArray> byName)
    {
        var prefix = $"{vector.Key()}.";
        return byName.Values
            .Where(array => array.Name.StartsWith(prefix, StringComparison.Ordinal) && array.Name.EndsWith(Residual, StringComparison.Ordinal))
            .Select(array => (vector, int.Parse(array.Name[prefix.Length..^Residual.Length], CultureInfo.InvariantCulture), HostArrays.ReadFloat32(array)))
            .OrderBy(static residual => residual.Item2);
    }

    private static string ResidualOf(MergedVector vector, int shard) => string.Create(CultureInfo.InvariantCulture, $"{vector.Key()}.{shard}{Residual}");
}
