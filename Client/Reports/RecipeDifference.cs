namespace DistGan.Client.Reports;

/// <summary>A key of the recipe that is not the same in all runs.</summary>
/// <param name="Key">Dotted.</param>
/// <param name="Values">Its value in each run; null where it is off or the recipe cannot be read.</param>
public sealed record RecipeDifference(string Key, IReadOnlyList<string?> Values);
