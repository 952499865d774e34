namespace DistGan.Client.Reports.Plots;

/// <summary>Round numbers along an axis: 1, 2 or 5 times a power of ten apart.</summary>
public static class Ticks
{
    /// <summary>What a quotient may lack of a whole number and still be one.</summary>
    internal const double Tolerance = 1e-9;

    private const int Wanted = 5;
    private const int MostDecades = 8;
    private const int ShortDecades = 2;
    private static readonly double[] Mantissas = [1, 2, 5];

    /// <summary>The distance between ticks that divides a length into about five: the least of 1, 2, 5 × 10^k that gives no more.</summary>
    public static double Step(double length)
    {
        var raw = length / Wanted;
        var power = Math.Pow(10, Math.Floor(Math.Log10(raw)));
        var mantissa = raw / power;
        return power * (mantissa <= 1 + Tolerance ? 1 : mantissa <= 2 + Tolerance ? 2 : mantissa <= 5 + Tolerance ? 5 : 10);
    }

    /// <summary>The ticks of an axis, ascending, all within it.</summary>
    public static IReadOnlyList<double> Of(Scale scale) => scale.IsLog ? Logarithmic(scale.Low, scale.High) : Linear(scale.Low, scale.High);

    /// <summary>The greatest of 1, 2, 5 × 10^k that is not above a positive value.</summary>
    internal static double RoundDown(double value) => Round(value).Last(tick => tick <= value * (1 + Tolerance));

    /// <summary>The least of 1, 2, 5 × 10^k that is not below a positive value.</summary>
    internal static double RoundUp(double value) => Round(value).First(tick => tick >= value * (1 - Tolerance));

    private static List<double> Linear(double low, double high)
    {
        var step = Step(high - low);
        var first = (long)Math.Ceiling((low / step) - Tolerance);
        var last = (long)Math.Floor((high / step) + Tolerance);
        var digits = Math.Clamp(-(int)Math.Floor(Math.Log10(step)), 0, 15);
        var ticks = new List<double>();
        for (var i = first; i <= last; i++)
        {
            ticks.Add(Math.Round(i * step, digits) + 0.0);
        }

        return ticks;
    }

    private static List<double> Logarithmic(double low, double high)
    {
        var first = (int)Math.Floor(Math.Log10(low) + Tolerance);
        var last = (int)Math.Ceiling(Math.Log10(high) - Tolerance);
        var decades = last - first;
        var mantissas = Math.Log10(high / low) <= ShortDecades + Tolerance ? Mantissas : [1];
        var every = Math.Max(1, (int)Math.Ceiling(decades / (double)MostDecades));
        return [.. Enumerable.Range(0, decades + 1)
            .Where(index => index % every == 0)
            .SelectMany(index => mantissas.Select(mantissa => Decade(mantissa, first + index)))
            .Where(tick => tick >= low * (1 - Tolerance) && tick <= high * (1 + Tolerance))];
    }

    private static IEnumerable<double> Round(double value)
    {
        var power = (int)Math.Floor(Math.Log10(value));
        return Enumerable.Range(power - 1, 3).SelectMany(exponent => Mantissas.Select(mantissa => Decade(mantissa, exponent)));
    }

    /// <summary>Exact where a power of ten is.</summary>
    private static double Decade(double mantissa, int exponent) => exponent >= 0 ? mantissa * Math.Pow(10, exponent) : mantissa / Math.Pow(10, -exponent);
}
