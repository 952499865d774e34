using DistGan.Recipes;
using DistGan.Training.Arithmetic;
using DistGan.Training.Metrics;
using TorchSharp;
using static TorchSharp.torch;

namespace DistGan.Training.Champions;

/// <summary>
/// Modes of images by the features of a frozen network: a sample belongs to its most probable mode where that has at least a given
/// confidence. The quality of n samples at a mode is their precision against the real images of that mode: the share that lies in
/// ∪ᵢB(xᵢ), where B(xᵢ) reaches from a real image of the mode to its k-th nearest neighbour among them (Kynkäänniemi et al. 2019,
/// equation 1, k = <see cref="NeighbourScores.Neighbours"/>), with the standard error of a share.
/// </summary>
public sealed class FeatureModes : IModes
{
    private readonly RealFeatures _real;
    private readonly Func<Tensor, Tensor> _posterior;
    private readonly double _threshold;
    private readonly (Tensor Features, Tensor Radii)?[] _modes;
    private readonly double[] _shares;

    /// <param name="real">Real images and their network; shared.</param>
    /// <param name="count">Number of modes K.</param>
    /// <param name="posterior">Features [N, d] → probabilities of modes [N, K]; the caller disposes them.</param>
    /// <param name="threshold">Least confidence, in [0, 1).</param>
    public FeatureModes(RealFeatures real, int count, Func<Tensor, Tensor> posterior, double threshold)
    {
        ArgumentNullException.ThrowIfNull(real);
        (Count, _posterior, _threshold) = (count, posterior, threshold);
        using var noGrad = no_grad();
        using var scope = NewDisposeScope();
        var modes = Assign(real.All);
        _modes = [.. Enumerable.Range(0, count).Select(mode => RealMode(real.All, modes, mode))];
        var known = Math.Max(1, modes.Count(static mode => mode >= 0));
        _shares = [.. Enumerable.Range(0, count).Select(mode => modes.Count(m => m == mode) / (double)known)];
        _real = real.Share();
    }

    public int Count { get; }

    public IReadOnlyList<double> RealShares => _shares;

    public int[] Of(ScoredSamples samples)
    {
        ArgumentNullException.ThrowIfNull(samples);
        return Assign(samples.FeaturesOf(_real.Network));
    }

    public IReadOnlyList<ModeQuality> Judge(ScoredSamples samples)
    {
        ArgumentNullException.ThrowIfNull(samples);
        using var noGrad = no_grad();
        using var scope = NewDisposeScope();
        var features = samples.FeaturesOf(_real.Network);
        var modes = Assign(features);
        return [.. Enumerable.Range(0, Count).Select(mode => Quality(features, modes, mode))];
    }

    public void Dispose()
    {
        foreach (var mode in _modes)
        {
            mode?.Features.Dispose();
            mode?.Radii.Dispose();
        }

        _real.Dispose();
    }

    /// <summary>A confidence that is no number is not enough.</summary>
    private int[] Assign(Tensor features)
    {
        using var noGrad = no_grad();
        using var scope = NewDisposeScope();
        var probabilities = _posterior(features);
        var (confidence, mode) = probabilities.max(1);
        var known = confidence.ge(Scalars.Of(_threshold));
        return [.. where(known, mode, full_like(mode, Scalars.Of(IModes.Unknown))).data<long>().ToArray().Select(static m => (int)m)];
    }

    private ModeQuality Quality(Tensor features, int[] modes, int mode)
    {
        if (_modes[mode] is not { } real || !modes.Contains(mode))
        {
            return ModeQuality.None;
        }

        var generated = Rows(features, modes, mode);
        var inside = 0L;
        FeatureSets.ForRows(generated, real.Features, (distances, _) => inside += distances.le(real.Radii).any(1).sum().item<long>());
        return ModeQuality.OfShare((int)inside, (int)generated.shape[0]);
    }

    /// <summary>Real images of a mode and their radii; null where there are too few.</summary>
    private static (Tensor Features, Tensor Radii)? RealMode(Tensor all, int[] modes, int mode)
    {
        if (modes.Count(m => m == mode) <= NeighbourScores.Neighbours)
        {
            return null;
        }

        var rows = Rows(all, modes, mode);
        return (rows.DetachFromDisposeScope(), FeatureSets.ToNeighbour(rows, NeighbourScores.Neighbours).DetachFromDisposeScope());
    }

    private static Tensor Rows(Tensor features, int[] modes, int mode)
        => FeatureSets.Wide(features.index_select(0, tensor([.. Enumerable.Range(0, modes.Length).Where(row => modes[row] == mode).Select(static row => (long)row)])));
}
