namespace DistGan.Training.Data;

/// <summary>The components of a two-dimensional mixture of Gaussians with equal weights.</summary>
/// <param name="Centers">One point a mode.</param>
/// <param name="StandardDeviation">The standard deviation of every mode, in each dimension.</param>
public sealed record GaussianModes(IReadOnlyList<(double X, double Y)> Centers, double StandardDeviation)
{
    /// <summary>The mode whose centre is nearest to a point, and the squared distance to it; infinitely far where the point is not finite.</summary>
    public (int Mode, double Squared) Nearest(double x, double y)
    {
        var (best, least) = (0, double.PositiveInfinity);
        for (var m = 0; m < Centers.Count; m++)
        {
            var (dx, dy) = (x - Centers[m].X, y - Centers[m].Y);
            var squared = dx * dx + dy * dy;
            if (squared < least)
            {
                (best, least) = (m, squared);
            }
        }

        return (best, least);
    }
}
