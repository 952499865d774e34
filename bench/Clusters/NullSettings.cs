using System.Globalization;
using DistGan.Recipes;

namespace DistGan.Bench.Clusters;

/// <summary>What a trainer does that computes nothing: how long a step takes, and what it sends at the end of a round.</summary>
/// <param name="StepTime">Length of a step.</param>
/// <param name="Parameters">Numbers of G's vector, which are merged.</param>
/// <param name="Images">Images of 28 × 28 bytes that go into the replay buffer in a round; as many are asked for.</param>
internal sealed record NullSettings(TimeSpan StepTime, int Parameters, int Images)
{
    private const string Prefix = "null:";

    /// <summary>As an argument of the worker's process.</summary>
    public string Argument => string.Create(CultureInfo.InvariantCulture, $"{Prefix}{StepTime.TotalMilliseconds}:{Parameters}:{Images}");

    /// <exception cref="DistGanException">It is none.</exception>
    public static NullSettings Parse(string text)
    {
        var parts = text.StartsWith(Prefix, StringComparison.Ordinal) ? text[Prefix.Length..].Split(':') : [];
        return parts.Length == 3
            ? new(TimeSpan.FromMilliseconds(double.Parse(parts[0], CultureInfo.InvariantCulture)), int.Parse(parts[1], CultureInfo.InvariantCulture), int.Parse(parts[2], CultureInfo.InvariantCulture))
            : throw new DistGanException($"'{text}' is no trainer: expected {Prefix}MILLISECONDS:PARAMETERS:IMAGES.");
    }
}
