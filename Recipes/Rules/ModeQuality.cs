namespace DistGan.Recipes;

/// <summary>How good a generator is at one mode, as measured on some of its samples.</summary>
/// <param name="Samples">Samples of that mode.</param>
/// <param name="Quality">In [0, 1], higher is better; NaN where it is not defined.</param>
/// <param name="StandardError">Standard error of the quality.</param>
public sealed record ModeQuality(int Samples, double Quality, double StandardError)
{
    /// <summary>No sample, no quality.</summary>
    public static ModeQuality None { get; } = new(0, double.NaN, double.NaN);

    /// <summary>
    /// The quality p = s/n of s good samples among n, with the standard error √(p̃(1−p̃)/(n+2)), p̃ = (s+1)/(n+2), which unlike
    /// that of p does not vanish at s = 0 or s = n (the posterior of a uniform prior, Laplace's rule).
    /// </summary>
    public static ModeQuality OfShare(int good, int samples)
    {
        if (samples == 0)
        {
            return None;
        }

        var smoothed = (good + 1.0) / (samples + 2.0);
        return new ModeQuality(samples, (double)good / samples, Math.Sqrt(smoothed * (1 - smoothed) / (samples + 2)));
    }
}
