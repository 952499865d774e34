using System.Globalization;

namespace DistGan.Client.CommandLine;

/// <summary>How old something is, as it is written: 30m, 12h, 7d, 2w.</summary>
public static class Ages
{
    /// <summary>The unit letters that are understood.</summary>
    public const string Form = "a whole number and m, h, d or w, such as 12h or 7d";

    private const int MostUnits = 100_000;

    /// <summary>The time that a text means; null where it means none.</summary>
    public static TimeSpan? Parse(string text)
        => text.Length > 1 && int.TryParse(text.AsSpan(0, text.Length - 1), NumberStyles.None, CultureInfo.InvariantCulture, out var count) && count <= MostUnits
            ? text[^1] switch
            {
                'm' => TimeSpan.FromMinutes(count),
                'h' => TimeSpan.FromHours(count),
                'd' => TimeSpan.FromDays(count),
                'w' => TimeSpan.FromDays(7 * (double)count),
                _ => null,
            }
            : null;

    /// <summary>An age in its greatest unit: 45s, 12m, 5h, 9d.</summary>
    public static string Write(TimeSpan age) => age switch
    {
        { TotalDays: >= 2 } => $"{(long)age.TotalDays}d",
        { TotalHours: >= 2 } => $"{(long)age.TotalHours}h",
        { TotalMinutes: >= 2 } => $"{(long)age.TotalMinutes}m",
        _ => $"{Math.Max(0, (long)age.TotalSeconds)}s",
    };
}
