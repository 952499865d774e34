namespace DistGan.Recipes;

/// <summary>
/// Places the centres of a mixture of Gaussians: uniform in the square [−s, s]², each redrawn until it is at least
/// <see cref="Apart"/> from all before it (simple sequential inhibition), so that no point lies within three standard
/// deviations of two modes. A pure function of its arguments.
/// </summary>
public static class GaussianCenters
{
    /// <summary>Standard deviation σ of every mode, in each dimension.</summary>
    public const double StandardDeviation = 0.05;

    /// <summary>Least distance of two centres: 8σ.</summary>
    public const double Apart = 8 * StandardDeviation;

    /// <summary>Far more than a square takes that is not nearly full.</summary>
    private const int Draws = 20_000;

    /// <summary>The centres, or null where so many do not fit into the square.</summary>
    public static IReadOnlyList<(double X, double Y)>? Place(int modes, double spread, long seed)
    {
        var random = new SeedSequence(seed, 0).RandomFor("gaussian-centers");
        var centers = new List<(double X, double Y)>(modes);
        for (var draw = 0; draw < Draws && centers.Count < modes; draw++)
        {
            var (x, y) = (spread * (2 * random.NextDouble() - 1), spread * (2 * random.NextDouble() - 1));
            if (centers.TrueForAll(other => (other.X - x) * (other.X - x) + (other.Y - y) * (other.Y - y) >= Apart * Apart))
            {
                centers.Add((x, y));
            }
        }

        return centers.Count == modes ? centers : null;
    }
}
