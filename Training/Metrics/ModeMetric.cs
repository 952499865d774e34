using System.Runtime.InteropServices;
using DistGan.Recipes;
using DistGan.Training.Data;
using static TorchSharp.torch;

namespace DistGan.Training.Metrics;

/// <summary>
/// How a generator covers a known mixture of M Gaussians with equal weights. A sample belongs to the mode whose centre is
/// nearest and is of high quality where ‖x − c‖₂ ≤ 3σ. With h_m high-quality samples at mode m, of N samples in all:
/// high_quality = Σh_m / N; modes = #{h_m ≥ 1}; solid_modes = #{h_m ≥ ¼·N/M}, a quarter of a fair share of all samples;
/// reverse_kl = Σ_m q_m·ln(q_m·M) with q_m = h_m / Σh, the divergence KL(q ‖ uniform) of high-quality samples over modes,
/// in [0, ln M], NaN where no sample is of high quality.
/// Source: Srivastava et al., VEEGAN (2017); Lin et al., PacGAN (2018), section 4.1.
/// </summary>
public sealed class ModeMetric(string dataName, GaussianModes modes) : IMetric
{
    private const double QualityDeviations = 3;
    private const double SolidShare = 0.25;

    public string Name => MetricNames.Modes;

    public ScoreProvenance Provenance { get; } = new() { Reference = $"{dataName}: {modes.Centers.Count} modes, deviation {modes.StandardDeviation}" };

    public IReadOnlyDictionary<string, double> Score(ScoredSamples samples)
    {
        ArgumentNullException.ThrowIfNull(samples);
        var values = samples.Values;
        if (values.dim() != 2 || values.shape[1] != 2 || values.shape[0] == 0)
        {
            throw new DistGanException($"Modes are counted on samples [N, 2], not on [{string.Join(", ", values.shape)}].");
        }

        var hits = Hits(values);
        var (count, good) = (values.shape[0], hits.Sum());
        return new Dictionary<string, double>
        {
            [MetricNames.Modes] = hits.Count(static h => h >= 1),
            [MetricNames.SolidModes] = hits.Count(h => h >= SolidShare * count / hits.Length),
            [MetricNames.HighQuality] = (double)good / count,
            [MetricNames.ReverseKl] = good == 0 ? double.NaN : Divergence.Of([.. hits.Select(h => (double)h / good)], [.. hits.Select(_ => 1.0 / hits.Length)]),
        };
    }

    public void Dispose()
    {
        // Numbers only.
    }

    /// <summary>h_m; a sample that is not finite is near no mode.</summary>
    private long[] Hits(Tensor samples)
    {
        var encoded = new byte[samples.numel() * sizeof(float)];
        SampleCodec.Encode(samples, encoded);
        var points = MemoryMarshal.Cast<byte, float>(encoded);
        var hits = new long[modes.Centers.Count];
        var radius = QualityDeviations * modes.StandardDeviation;
        for (var i = 0; i < points.Length; i += 2)
        {
            var (mode, squared) = modes.Nearest(points[i], points[i + 1]);
            if (squared <= radius * radius)
            {
                hits[mode]++;
            }
        }

        return hits;
    }
}
