namespace DistGan.Client.Reports.Plots;

/// <summary>A point of a line.</summary>
/// <param name="X">Where, such as a step.</param>
/// <param name="Y">The value; null is a gap in the line.</param>
public readonly record struct PlotPoint(double X, double? Y);
