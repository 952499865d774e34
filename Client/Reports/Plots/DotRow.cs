namespace DistGan.Client.Reports.Plots;

/// <summary>A row of a dot plot.</summary>
/// <param name="Name">What stands before it.</param>
/// <param name="Color">Which of the page's line colours it has, from 0.</param>
/// <param name="Values">Single values.</param>
/// <param name="Mean">Their mean; null where there are none.</param>
/// <param name="Deviation">Half the length of the bar around the mean; null for none.</param>
public sealed record DotRow(string Name, int Color, IReadOnlyList<double> Values, double? Mean, double? Deviation);
