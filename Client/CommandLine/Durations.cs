using System.Globalization;

namespace DistGan.Client.CommandLine;

/// <summary>How long something may take, as it is written: 30s, 5m, 2h.</summary>
public static class Durations
{
    /// <summary>The unit letters that are understood.</summary>
    public const string Form = "a whole number above 0 and s, m or h, such as 30s or 5m";

    private const int MostUnits = 100_000;

    /// <summary>The time that a text means; null where it means none.</summary>
    public static TimeSpan? Parse(string text)
        => text.Length > 1 && int.TryParse(text.AsSpan(0, text.Length - 1), NumberStyles.None, CultureInfo.InvariantCulture, out var count) && count is > 0 and <= MostUnits
            ? text[^1] switch
            {
                's' => TimeSpan.FromSeconds(count),
                'm' => TimeSpan.FromMinutes(count),
                'h' => TimeSpan.FromHours(count),
                _ => null,
            }
            : null;
}
