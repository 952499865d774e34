using System.Globalization;
using DistGan.Client.CommandLine;
using DistGan.Recipes;

namespace DistGan.Client.Studies.Results;

/// <summary>A value that a score has to reach: <c>fid=100</c> is an FID of 100 or less, <c>modes=8</c> is 8 modes or more.</summary>
/// <param name="Score">Name of the score.</param>
/// <param name="Value">The value.</param>
public sealed record Goal(string Score, double Value)
{
    /// <summary>fid ≤ 100, modes ≥ 8.</summary>
    public string Text => string.Create(CultureInfo.InvariantCulture, $"{Score} {(MetricDirections.Loss(Score, 1) < 0 ? '≥' : '≤')} {Value}");

    /// <exception cref="CommandException">It is no NAME=VALUE.</exception>
    public static Goal Parse(string text)
    {
        var parts = text.Split('=');
        return parts.Length == 2 && parts[0].Trim().Length > 0 && double.TryParse(parts[1], NumberStyles.Float, CultureInfo.InvariantCulture, out var value) && double.IsFinite(value)
            ? new(parts[0].Trim(), value)
            : throw new CommandException(ExitCodes.Usage, $"--reach {text}: must be a score and a number, such as fid=100.");
    }

    /// <summary>Whether a value reaches it; one that is not finite does not.</summary>
    public bool IsReachedBy(double? value) => value is { } number && double.IsFinite(number) && MetricDirections.Loss(Score, number) <= MetricDirections.Loss(Score, Value);
}
