using System.Globalization;

namespace DistGan.Client.Estimates;

/// <summary>Memory that a new job may take.</summary>
internal static class AvailableMemory
{
    private const string Source = "/proc/meminfo";
    private const string Field = "MemAvailable:";

    /// <summary>Bytes that are free or can be freed, within the limit of this process's container.</summary>
    public static double Bytes()
    {
        double limit = GC.GetGCMemoryInfo().TotalAvailableMemoryBytes;
        return File.Exists(Source) && Read(File.ReadLines(Source)) is { } available ? Math.Min(limit, available) : limit;
    }

    /// <summary>The kernel's own estimate in kibibytes, or null where there is no such line.</summary>
    internal static double? Read(IEnumerable<string> lines)
    {
        var line = lines.FirstOrDefault(static line => line.StartsWith(Field, StringComparison.Ordinal));
        var number = line?[Field.Length..].Trim().Split(' ')[0];
        return long.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out var kibibytes) ? kibibytes * 1024.0 : null;
    }
}
