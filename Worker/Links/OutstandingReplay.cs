using System.Buffers;
using System.Globalization;
using DistGan.Training.Links;
using DistGan.Training.Snapshots;
using DistGan.Worker.Snapshots;

namespace DistGan.Worker.Links;

/// <summary>Replay answers that were asked for and not taken, as arrays named <c>replay.BOUNDARY.PART</c>.</summary>
internal static class OutstandingReplay
{
    private const string Prefix = "replay.";

    public static IEnumerable<NamedArray> ToArrays(long boundary, ReplayDraws draws)
    {
        var name = string.Create(CultureInfo.InvariantCulture, $"{Prefix}{boundary}");
        yield return HostArrays.Int64($"{name}.shape", [draws.Draws, draws.ImagesPerDraw]);
        yield return HostArrays.Float64($"{name}.fill", [draws.Fill, draws.SamplesPerInsert, .. draws.ShardsMissed is { } missed ? [missed] : Array.Empty<double>()]);
        yield return HostArrays.Int64($"{name}.steps", [.. draws.Steps]);
        yield return HostArrays.Int64($"{name}.replicas", [.. draws.Replicas.Select(replica => (long)replica)]);
        yield return HostArrays.Bytes($"{name}.images", draws.Images.Span);
    }

    public static IEnumerable<ReplayDraws> FromArrays(IEnumerable<NamedArray> arrays)
    {
        var byName = arrays.Where(array => array.Name.StartsWith(Prefix, StringComparison.Ordinal)).ToDictionary(array => array.Name);
        foreach (var shape in byName.Values.Where(array => array.Name.EndsWith(".shape", StringComparison.Ordinal)))
        {
            var name = shape.Name[..^".shape".Length];
            var boundary = long.Parse(name.AsSpan(Prefix.Length), CultureInfo.InvariantCulture);
            var counts = HostArrays.ReadInt64(shape);
            var images = byName[$"{name}.images"].Bytes;
            var rented = ArrayPool<byte>.Shared.Rent(images.Length);
            images.CopyTo(rented);
            var shares = HostArrays.ReadFloat64(byName[$"{name}.fill"]);
            yield return new ReplayDraws(
                boundary,
                checked((int)counts[0]),
                checked((int)counts[1]),
                HostArrays.ReadInt64(byName[$"{name}.steps"]),
                [.. HostArrays.ReadInt64(byName[$"{name}.replicas"]).Select(replica => checked((int)replica))],
                rented,
                images.Length,
                shares[0])
            {
                SamplesPerInsert = shares.Length > 1 ? shares[1] : 0,
                ShardsMissed = shares.Length > 2 ? (int)shares[2] : null,
            };
        }
    }
}
