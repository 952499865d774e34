namespace DistGan.Training.Champions;

/// <summary>Clusters of vectors.</summary>
/// <param name="Centres">One a cluster.</param>
/// <param name="Variance">Mean squared distance of a vector to its centre, divided by the width: the variance of each coordinate within clusters.</param>
public sealed record Clusters(IReadOnlyList<double[]> Centres, double Variance)
{
    /// <summary>‖x − y‖².</summary>
    public static double SquaredDistance(double[] x, double[] y)
    {
        ArgumentNullException.ThrowIfNull(x);
        ArgumentNullException.ThrowIfNull(y);
        var sum = 0.0;
        for (var i = 0; i < x.Length; i++)
        {
            sum += (x[i] - y[i]) * (x[i] - y[i]);
        }

        return sum;
    }

    /// <summary>The cluster whose centre is nearest, the first where several are.</summary>
    public static (int Cluster, double Squared) Nearest(IReadOnlyList<double[]> centres, double[] vector)
    {
        ArgumentNullException.ThrowIfNull(centres);
        var (best, least) = (0, double.PositiveInfinity);
        for (var c = 0; c < centres.Count; c++)
        {
            var squared = SquaredDistance(centres[c], vector);
            if (squared < least)
            {
                (best, least) = (c, squared);
            }
        }

        return (best, least);
    }
}
