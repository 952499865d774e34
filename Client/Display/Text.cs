namespace DistGan.Client.Display;

/// <summary>Numbers and durations as a person reads them.</summary>
public static class Text
{
    /// <summary>What stands for a value that does not exist.</summary>
    public const string None = "-";

    /// <summary>Three to four significant digits, without an exponent where it can be avoided.</summary>
    public static string Number(double? value) => value switch
    {
        null => None,
        { } number when !double.IsFinite(number) => "not finite",
        { } number when Math.Abs(number) >= 1000 => number.ToString("N0"),
        { } number when Math.Abs(number) >= 100 => number.ToString("0"),
        { } number when Math.Abs(number) >= 10 => number.ToString("0.0"),
        { } number when Math.Abs(number) >= 0.01 || number is 0 => number.ToString("0.000"),
        { } number => number.ToString("0.0e0"),
    };

    /// <summary>A score: counts as they are, other values as numbers.</summary>
    public static string Score(double? value) => value is { } number && double.IsInteger(number) && Math.Abs(number) < 1000 ? number.ToString("0") : Number(value);

    /// <summary>1 step, 2 steps.</summary>
    public static string Count(long number, string one) => number == 1 ? $"1 {one}" : $"{number} {one}s";

    /// <summary>A share of 1 with two digits.</summary>
    public static string Share(double? value) => value is { } share ? share.ToString("0.00") : None;

    /// <summary>1:02, 12:34, 1:02:03.</summary>
    public static string Duration(TimeSpan time)
        => time.TotalHours >= 1 ? $"{(long)time.TotalHours}:{time.Minutes:00}:{time.Seconds:00}" : $"{time.Minutes}:{time.Seconds:00}";

    /// <summary>12 kB, 3.4 MB.</summary>
    public static string Bytes(double bytes) => bytes switch
    {
        >= 1e9 => $"{bytes / 1e9:0.0} GB",
        >= 1e6 => $"{bytes / 1e6:0.0} MB",
        >= 1e3 => $"{bytes / 1e3:0} kB",
        _ => $"{bytes:0} bytes",
    };
}
