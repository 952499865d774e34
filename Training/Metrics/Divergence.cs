namespace DistGan.Training.Metrics;

/// <summary>Kullback–Leibler divergence of two discrete distributions: KL(q ‖ p) = Σ_c q_c·ln(q_c/p_c) ≥ 0, with 0·ln 0 = 0; infinite where q has what p lacks.</summary>
public static class Divergence
{
    /// <summary>KL(q ‖ p); NaN where a share is NaN.</summary>
    /// <param name="q">Shares that sum to 1.</param>
    /// <param name="p">As many.</param>
    public static double Of(IReadOnlyList<double> q, IReadOnlyList<double> p)
    {
        ArgumentNullException.ThrowIfNull(q);
        ArgumentNullException.ThrowIfNull(p);
        // Rounding may leave −1e−17 for equal distributions.
        return Math.Max(0, q.Zip(p, static (a, b) => a == 0 ? 0 : a * Math.Log(a / b)).Sum());
    }
}
