using System.Globalization;

namespace DistGan.Client.Studies.Planning;

/// <summary>
/// A range that a random search draws from, uniformly in the value or in its logarithm (Lucic et al. 2018, "Are GANs created equal?",
/// section 5.2, who search learning rates and penalties on logarithmic ranges).
/// </summary>
/// <param name="Low">The least value, included.</param>
/// <param name="High">The greatest value, included.</param>
/// <param name="IsLog">Whether equal factors are equally likely.</param>
/// <param name="IsWhole">Whether only whole numbers are drawn.</param>
public sealed record SearchRange(double Low, double High, bool IsLog, bool IsWhole)
{
    private const string Log = "log";

    /// <summary>Reads low..high, low..highlog or low..high[log]; null where the text is no range.</summary>
    public static SearchRange? Parse(string text, bool isWhole)
    {
        var bare = text.Replace("[log]", Log, StringComparison.OrdinalIgnoreCase).Trim();
        var isLog = bare.EndsWith(Log, StringComparison.OrdinalIgnoreCase);
        var ends = (isLog ? bare[..^Log.Length] : bare).Split("..");
        return ends.Length == 2 && Number(ends[0]) is { } low && Number(ends[1]) is { } high && low < high && (!isLog || low > 0)
            && (!isWhole || (double.IsInteger(low) && double.IsInteger(high)))
            ? new(low, high, isLog, isWhole)
            : null;
    }

    /// <summary>
    /// The value at a share u of the range: low + u (high − low), or low (high / low)^u; of a range of whole numbers each is as likely
    /// as the length of [n, n + 1) in it. Other values keep four significant digits.
    /// </summary>
    /// <param name="share">In [0, 1).</param>
    public string At(double share)
    {
        var high = IsWhole ? High + 1 : High;
        var value = IsLog ? Low * Math.Pow(high / Low, share) : Low + (share * (high - Low));
        return IsWhole
            ? Math.Clamp(Math.Floor(value), Low, High).ToString("0", CultureInfo.InvariantCulture)
            : Write(Math.Clamp(double.Parse(value.ToString("G4", CultureInfo.InvariantCulture), CultureInfo.InvariantCulture), Low, High));
    }

    private static string Write(double value) => value.ToString("R", CultureInfo.InvariantCulture).Replace("E", "e", StringComparison.Ordinal);

    private static double? Number(string text)
        => double.TryParse(text.Trim(), NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && double.IsFinite(number) ? number : null;
}
