namespace DistGan.Client.Reports.Plots;

/// <summary>A tick as a short word: 0.05, 250, 20k, 3M, 1e-5.</summary>
public static class TickText
{
    public static string Of(double value) => Math.Abs(value) switch
    {
        0 => "0",
        >= 1e9 or < 1e-3 => value.ToString("0.##e0"),
        >= 1e6 => $"{value / 1e6:0.###}M",
        >= 1e4 => $"{value / 1e3:0.###}k",
        _ => value.ToString("0.######"),
    };
}
