using System.Buffers;
using System.Globalization;
using DistGan.Training;
using DistGan.Training.Links;
using DistGan.Training.Snapshots;
using DistGan.Worker.Snapshots;

namespace DistGan.Worker.Links;

/// <summary>Averages that were asked for and not taken, as arrays named <c>parameters.PLAYER.BOUNDARY.PART</c>.</summary>
internal static class OutstandingParameters
{
    private const string Prefix = "parameters.";

    /// <summary>Arrays without those of averages.</summary>
    public static IReadOnlyList<NamedArray> Without(IEnumerable<NamedArray> arrays) => [.. arrays.Where(static array => !array.Name.StartsWith(Prefix, StringComparison.Ordinal))];

    public static IEnumerable<NamedArray> ToArrays(long boundary, ParameterAverage average)
    {
        var name = string.Create(CultureInfo.InvariantCulture, $"{Prefix}{average.Player.Key()}.{boundary}");
        yield return HostArrays.Int64($"{name}.count", [average.Count]);
        yield return HostArrays.Float32($"{name}.mean", average.Mean.Span);
    }

    public static IEnumerable<ParameterAverage> FromArrays(IEnumerable<NamedArray> arrays)
    {
        var byName = arrays.Where(array => array.Name.StartsWith(Prefix, StringComparison.Ordinal)).ToDictionary(array => array.Name);
        foreach (var count in byName.Values.Where(array => array.Name.EndsWith(".count", StringComparison.Ordinal)))
        {
            var name = count.Name[..^".count".Length];
            var parts = name.Split('.');
            var mean = HostArrays.ReadFloat32(byName[$"{name}.mean"]);
            var rented = ArrayPool<float>.Shared.Rent(mean.Length);
            mean.CopyTo(rented, 0);
            yield return new ParameterAverage(
                PlayerNames.Parse(parts[1]),
                long.Parse(parts[2], CultureInfo.InvariantCulture),
                HostArrays.ReadInt64(count)[0],
                rented,
                mean.Length);
        }
    }
}
