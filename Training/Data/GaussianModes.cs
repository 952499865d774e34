namespace DistGan.Training.Data;

/// <summary>The components of a two-dimensional mixture of Gaussians with equal weights.</summary>
/// <param name="Centers">One point a mode.</param>
/// <param name="StandardDeviation">The standard deviation of every mode, in each dimension.</param>
public sealed record GaussianModes(IReadOnlyList<(double X, double Y)> Centers, double StandardDeviation);
