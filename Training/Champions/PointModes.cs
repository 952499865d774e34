using System.Runtime.InteropServices;
using DistGan.Recipes;
using DistGan.Training.Data;
using DistGan.Training.Metrics;

namespace DistGan.Training.Champions;

/// <summary>
/// The components of a mixture of Gaussians. Of n samples whose nearest centre c is that of a mode, h lie within 3σ of it. With
/// s² = Σ‖x − x̄‖²/(2(h−1)) over these, r = s/σ′ and σ′² = σ²·(1 − 4.5e^−4.5/(1 − e^−4.5)), the variance of a Gaussian cut off at 3σ,
/// the quality is q = (h/n)·b, b = min(r, 1/r), in [0, 1]: a generator that puts everything on one spot of a mode has b = 0.
/// Its standard error is √(b²e² + (h/n)²·b²/(4h)), where e is that of h/n (<see cref="ModeQuality.OfShare"/>) and b/(2√h) that of a
/// standard deviation of 2h normal numbers. A sample beyond 3σ is of no mode where samples are taken by mode.
/// </summary>
public sealed class PointModes(GaussianModes modes) : IModes
{
    private const double Deviations = 3;

    /// <summary>P(‖x − c‖ &gt; 3σ) of a Gaussian in two dimensions: e^−4.5.</summary>
    private static readonly double Beyond = Math.Exp(-Deviations * Deviations / 2);

    private readonly double _squaredRadius = Deviations * modes.StandardDeviation * Deviations * modes.StandardDeviation;
    private readonly double _spread = modes.StandardDeviation * Math.Sqrt(1 - Deviations * Deviations / 2 * Beyond / (1 - Beyond));

    public int Count => modes.Centers.Count;

    public IReadOnlyList<double> RealShares { get; } = [.. modes.Centers.Select(_ => 1.0 / modes.Centers.Count)];

    public int[] Of(ScoredSamples samples)
        => [.. Points(samples).Select(point => modes.Nearest(point.X, point.Y)).Select(near => near.Squared <= _squaredRadius ? near.Mode : IModes.Unknown)];

    public IReadOnlyList<ModeQuality> Judge(ScoredSamples samples)
    {
        var counts = new int[Count];
        var within = Enumerable.Range(0, Count).Select(static _ => new List<(double X, double Y)>()).ToArray();
        foreach (var point in Points(samples))
        {
            var (mode, squared) = modes.Nearest(point.X, point.Y);
            if (!double.IsFinite(squared))
            {
                continue;
            }

            counts[mode]++;
            if (squared <= _squaredRadius)
            {
                within[mode].Add(point);
            }
        }

        return [.. within.Select((points, mode) => Quality(points, counts[mode]))];
    }

    public void Dispose()
    {
        // Numbers only.
    }

    private ModeQuality Quality(List<(double X, double Y)> within, int count)
    {
        var share = ModeQuality.OfShare(within.Count, count);
        if (within.Count < 2)
        {
            return share with { Quality = count == 0 ? double.NaN : 0 };
        }

        var (x, y) = (within.Average(static point => point.X), within.Average(static point => point.Y));
        var squares = within.Sum(point => (point.X - x) * (point.X - x) + (point.Y - y) * (point.Y - y));
        var ratio = Math.Sqrt(squares / (2 * (within.Count - 1))) / _spread;
        var spread = ratio <= 1 ? ratio : 1 / ratio;
        return new ModeQuality(
            count,
            share.Quality * spread,
            spread * Math.Sqrt(share.StandardError * share.StandardError + share.Quality * share.Quality / (4 * within.Count)));
    }

    private static List<(double X, double Y)> Points(ScoredSamples samples)
    {
        ArgumentNullException.ThrowIfNull(samples);
        var values = samples.Values;
        if (values.dim() != 2 || values.shape[1] != 2)
        {
            throw new DistGanException($"Modes of points are told apart on samples [N, 2], not on [{string.Join(", ", values.shape)}].");
        }

        var encoded = new byte[values.numel() * sizeof(float)];
        SampleCodec.Encode(values, encoded);
        var numbers = MemoryMarshal.Cast<byte, float>(encoded);
        var points = new List<(double X, double Y)>(numbers.Length / 2);
        for (var i = 0; i < numbers.Length; i += 2)
        {
            points.Add((numbers[i], numbers[i + 1]));
        }

        return points;
    }
}
