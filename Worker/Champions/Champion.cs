using DistGan.Recipes;

namespace DistGan.Worker.Champions;

/// <summary>The best generator of a mode, as the list of a replica's champions knows it.</summary>
/// <param name="Mode">The mode.</param>
/// <param name="Replica">Whose generator.</param>
/// <param name="Epoch">Under which ownership it was written.</param>
/// <param name="Step">The step after which it was taken.</param>
/// <param name="Samples">Samples of the mode that the quality was measured on.</param>
/// <param name="Quality">Quality on fresh latents.</param>
/// <param name="StandardError">Standard error of the quality.</param>
/// <param name="Name">The file of its weights in the folder of the list.</param>
/// <param name="Sha256">SHA-256 of that file, hexadecimal, lower case.</param>
public sealed record Champion(int Mode, int Replica, long Epoch, long Step, int Samples, double Quality, double StandardError, string Name, string Sha256)
{
    /// <summary>What a challenger is compared with.</summary>
    public ModeQuality Measured() => new(Samples, Quality, StandardError);
}
