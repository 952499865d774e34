namespace DistGan.Client.Reports;

/// <summary>A key of the recipe that is not the same in all runs.</summary>
/// <param name="Key">Dotted.</param>
/// <param name="Values">Its value in each run; null where it is off or the recipe cannot be read.</param>
public sealed record RecipeDifference(string Key, IReadOnlyList<string?> Values)
{
    private const int Longest = 24;
    private const int Shortened = 12;

    /// <summary>The values for a table: long ones, such as hashes, are cut where they still differ.</summary>
    public IReadOnlyList<string?> Shown
    {
        get
        {
            var cut = Values.Select(static value => value?.Length > Longest ? $"{value[..Shortened]}…" : value).ToList();
            return cut.Distinct(StringComparer.Ordinal).Count() == Values.Distinct(StringComparer.Ordinal).Count() ? cut : Values;
        }
    }
}
