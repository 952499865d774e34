namespace DistGan.Client.Reports.Plots;

/// <summary>A line of a plot.</summary>
/// <param name="Name">What the legend calls it.</param>
/// <param name="Color">Which of the page's line colours it has, from 0; beyond the last colour lines are dashed.</param>
/// <param name="Points">Its points, by ascending x.</param>
public sealed record PlotSeries(string Name, int Color, IReadOnlyList<PlotPoint> Points);
