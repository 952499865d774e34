using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;
using DistGan.Recipes;

namespace DistGan.Training.Data;

/// <summary>
/// Points drawn once from a mixture of two-dimensional Gaussians with equal weights: x = c_m + σ·N(0, I₂), where point i
/// belongs to mode m = i mod M. Stored as float32 pairs; the label of a point is its mode.
/// </summary>
public sealed class GaussianMixtureDataSet : IDataSet
{
    private readonly float[] _points;

    /// <summary>Draws the points from (seed, "mixture").</summary>
    /// <param name="name">Catalog name.</param>
    /// <param name="modes">Centres and standard deviation.</param>
    /// <param name="count">Number of points.</param>
    /// <param name="seed">The recipe's seed; every replica sees the same points.</param>
    public GaussianMixtureDataSet(string name, GaussianModes modes, int count, long seed)
    {
        Name = name;
        Modes = modes;
        Count = count;
        _points = Draw(modes, count, new SeedSequence(seed, 0).RandomFor("mixture"));
        Fingerprint = Hash(modes, count, seed);
    }

    public string Name { get; }

    public SampleShape Shape { get; } = SampleShape.Point(2);

    public long Count { get; }

    public int Classes => Modes.Centers.Count;

    public string Fingerprint { get; }

    public GaussianModes Modes { get; }

    GaussianModes? IDataSet.Modes => Modes;

    /// <summary>M modes at (cos 2πm/M, sin 2πm/M) with σ = 0.01. Source: Srivastava et al., VEEGAN (2017); Lin et al., PacGAN (2018).</summary>
    public static GaussianModes Ring(int modes) => new(
        [.. Enumerable.Range(0, modes).Select(m => Math.SinCos(2 * Math.PI * m / modes)).Select(static angle => (angle.Cos, angle.Sin))], 0.01);

    /// <summary>25 modes at {−4, −2, 0, 2, 4}² with σ = 0.05. Source: as <see cref="Ring"/>.</summary>
    public static GaussianModes Grid() => new(
        [.. from x in Enumerable.Range(-2, 5) from y in Enumerable.Range(-2, 5) select (2.0 * x, 2.0 * y)], 0.05);

    /// <summary>Modes at random places of a square, apart from each other, with σ = 0.05, by <see cref="GaussianCenters"/>.</summary>
    /// <exception cref="DistGanException">So many do not fit.</exception>
    public static GaussianModes Scattered(int modes, double spread, long seed) => new(
        GaussianCenters.Place(modes, spread, seed)
            ?? throw new DistGanException($"data.modes = {modes} centres, {GaussianCenters.Apart} apart, do not fit into a square of half side {spread}: give fewer, or a greater data.spread."),
        GaussianCenters.StandardDeviation);

    public void Read(long index, Span<byte> destination)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(destination.Length, Shape.ItemBytes, nameof(destination));
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((ulong)index, (ulong)Count, nameof(index));
        MemoryMarshal.AsBytes(_points.AsSpan((int)index * 2, 2)).CopyTo(destination);
    }

    public int LabelOf(long index)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((ulong)index, (ulong)Count, nameof(index));
        return (int)(index % Classes);
    }

    public void Dispose()
    {
        // Arrays only.
    }

    private static float[] Draw(GaussianModes modes, int count, Random random)
    {
        var points = new float[count * 2];
        for (var i = 0; i < count; i++)
        {
            // Box and Muller: 1 − u keeps the logarithm finite.
            var radius = Math.Sqrt(-2 * Math.Log(1 - random.NextDouble()));
            var (sin, cos) = Math.SinCos(2 * Math.PI * random.NextDouble());
            var (x, y) = modes.Centers[i % modes.Centers.Count];
            points[2 * i] = (float)(x + modes.StandardDeviation * radius * cos);
            points[2 * i + 1] = (float)(y + modes.StandardDeviation * radius * sin);
        }

        return points;
    }

    /// <summary>Over the definition rather than the numbers: the last bit of a logarithm differs between C libraries.</summary>
    private static string Hash(GaussianModes modes, int count, long seed)
    {
        var centers = string.Join(' ', modes.Centers.Select(static c => $"{c.X:F6},{c.Y:F6}"));
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(
            $"gaussian mixture 1; modes {centers}; deviation {modes.StandardDeviation:R}; points {count}; seed {seed}")));
    }
}
