namespace DistGan.Bench.Measuring;

/// <summary>Repetitions of one measurement.</summary>
internal sealed record Series(string Name, string Unit, IReadOnlyList<double> Values)
{
    public double Median
    {
        get
        {
            var sorted = Values.Order().ToArray();
            var middle = sorted.Length / 2;
            return sorted.Length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
        }
    }

    public double Least => Values.Min();

    public double Most => Values.Max();

    /// <summary>This over another, repetition by repetition: what slows both at one time leaves it alone.</summary>
    public Series Over(Series other, string name) => new(name, "×", [.. Values.Zip(other.Values, static (a, b) => a / b)]);
}
