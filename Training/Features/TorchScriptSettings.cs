using DistGan.Recipes;

namespace DistGan.Training.Features;

/// <summary>What images a TorchScript network takes; the defaults are those of the usual networks for photographs.</summary>
public sealed record TorchScriptSettings
{
    /// <summary>Height and width of its images.</summary>
    public int Size { get; init; } = 299;

    /// <summary>The number that stands for black.</summary>
    public double Low { get; init; } = -1;

    /// <summary>The number that stands for white.</summary>
    public double High { get; init; } = 1;

    /// <summary>Channels of its images: 1, or 3 (grey images are repeated).</summary>
    public int Channels { get; init; } = 3;

    /// <exception cref="DistGanException">A number is out of range.</exception>
    public void ThrowIfInvalid()
    {
        if (Size is < 1 or > 4096 || Channels is not (1 or 3) || !double.IsFinite(Low) || !double.IsFinite(High) || Low >= High)
        {
            throw new DistGanException($"Images {Channels}×{Size}×{Size} from {Low} to {High} are no input of a feature network: give a size from 1 to 4096, 1 or 3 channels, and a range from low to high.");
        }
    }
}
