using System.Globalization;
using System.Text.RegularExpressions;

namespace DistGan.Client.Outputs;

/// <summary>Names of the files that hold one sample each: sample-0012.png, and where it has a label sample-0012-label-3.png.</summary>
/// <param name="count">How many files there will be.</param>
/// <param name="labels">The label of each sample; null where they have none.</param>
internal sealed partial class SampleNames(int count, IReadOnlyList<int>? labels)
{
    private readonly int _digits = Math.Max(4, (count - 1).ToString(CultureInfo.InvariantCulture).Length);

    /// <summary>The name of a sample, its number with as many digits as the largest, so that names sort.</summary>
    public string Of(int sample)
    {
        var number = sample.ToString($"D{_digits}", CultureInfo.InvariantCulture);
        return labels is null ? $"sample-{number}.png" : $"sample-{number}-label-{labels[sample].ToString(CultureInfo.InvariantCulture)}.png";
    }

    /// <summary>Files of a folder that have such names.</summary>
    public static IReadOnlyList<string> In(string folder)
        => Directory.Exists(folder) ? [.. Directory.GetFiles(folder, "sample-*.png").Where(static path => Name().IsMatch(Path.GetFileName(path)))] : [];

    [GeneratedRegex(@"^sample-[0-9]+(-label-[0-9]+)?\.png\z", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture)]
    private static partial Regex Name();
}
