namespace DistGan.Client.Reports.Plots;

/// <summary>An axis: from values between <paramref name="Low"/> and <paramref name="High"/> to positions between <paramref name="From"/> and <paramref name="To"/>.</summary>
/// <param name="Low">Value at <paramref name="From"/>; above 0 where the axis is logarithmic.</param>
/// <param name="High">Value at <paramref name="To"/>; above <paramref name="Low"/>.</param>
/// <param name="From">Position of the lowest value.</param>
/// <param name="To">Position of the highest value.</param>
/// <param name="IsLog">Whether equal factors are equal lengths.</param>
public sealed record Scale(double Low, double High, double From, double To, bool IsLog)
{
    private const double LogFactor = 50;

    /// <summary>Beyond this, differences of two values may overflow.</summary>
    private const double Largest = 1e300;

    /// <summary>The position of a value; null where it has none: not finite, or not positive on a logarithmic axis.</summary>
    public double? Position(double? value)
    {
        if (value is not { } number || !IsDrawable(number) || (IsLog && number <= 0))
        {
            return null;
        }

        var share = IsLog
            ? (Math.Log10(number) - Math.Log10(Low)) / (Math.Log10(High) - Math.Log10(Low))
            : (number - Low) / (High - Low);
        return From + (share * (To - From));
    }

    /// <summary>The vertical axis of a plot: wide enough for every value, ending at round numbers.</summary>
    public static Scale Vertical(Plot plot, double from, double to)
    {
        var values = plot.Series.SelectMany(static series => series.Points).Select(static point => point.Y).OfType<double>().Where(IsDrawable).ToList();
        var isLog = plot.MayBeLog && values.Count > 0 && values.Min() > 0 && values.Max() / values.Min() >= LogFactor;
        var low = Math.Min(values.DefaultIfEmpty(plot.Low ?? 0).Min(), plot.Low ?? double.MaxValue);
        var high = Math.Max(values.DefaultIfEmpty(plot.High ?? 1).Max(), plot.High ?? double.MinValue);
        return isLog ? new(Ticks.RoundDown(values.Min()), Ticks.RoundUp(values.Max()), from, to, true) : Linear(low, high, plot.Low, from, to);
    }

    /// <summary>The horizontal axis: from 0 (or the least x below it) to the greatest x.</summary>
    public static Scale Horizontal(Plot plot, double from, double to)
    {
        var all = plot.Series.SelectMany(static series => series.Points).Select(static point => point.X).Where(IsDrawable).DefaultIfEmpty(1).ToList();
        var low = Math.Min(0, all.Min());
        return new(low, Math.Max(all.Max(), low + 1), from, to, false);
    }

    private static Scale Linear(double low, double high, double? least, double from, double to)
    {
        if (high <= low)
        {
            var around = low == 0 ? 1 : Math.Abs(low) * 0.1;
            (low, high) = (low == least ? low : low - around, low + around);
        }

        var step = Ticks.Step(high - low);
        return new(Math.Floor((low / step) + Ticks.Tolerance) * step, Math.Ceiling((high / step) - Ticks.Tolerance) * step, from, to, false);
    }

    private static bool IsDrawable(double value) => double.IsFinite(value) && Math.Abs(value) <= Largest;
}
