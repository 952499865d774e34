namespace DistGan.Client.Estimates;

/// <summary>What a job will take, roughly; said before it starts.</summary>
/// <param name="Seconds">Time on this machine while nothing else runs.</param>
/// <param name="MemoryBytes">Peak memory of the process.</param>
/// <param name="DiskBytes">Size of the run folder at its largest.</param>
public sealed record JobEstimate(double Seconds, double MemoryBytes, double DiskBytes)
{
    public override string ToString() => $"about {Time(Seconds)}, {Size(MemoryBytes)} memory, {Size(DiskBytes)} disk";

    private static string Time(double seconds) => seconds switch
    {
        < 10 => "10 s",
        < 90 => $"{Math.Round(seconds / 5) * 5:0} s",
        < 90 * 60 => $"{seconds / 60:0} min",
        < 48 * 3600 => $"{seconds / 3600:0.#} h",
        _ => $"{Math.Min(seconds / 86400, 1e6):0} days",
    };

    /// <summary>Two significant digits: more would promise what an estimate cannot hold.</summary>
    private static string Size(double bytes)
    {
        var unit = bytes < 10 ? 1 : Math.Pow(10, Math.Floor(Math.Log10(bytes)) - 1);
        return (Math.Round(bytes / unit) * unit) switch
        {
            >= 1e9 and var rounded => $"{rounded / 1e9:0.#} GB",
            >= 1e6 and var rounded => $"{rounded / 1e6:0.#} MB",
            var rounded => $"{rounded / 1e3:0.#} kB",
        };
    }
}
