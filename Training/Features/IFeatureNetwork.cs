using static TorchSharp.torch;

namespace DistGan.Training.Features;

/// <summary>A frozen network that turns images into feature vectors for scores. Runs on the CPU in float32.</summary>
public interface IFeatureNetwork : IDisposable
{
    string Name { get; }

    /// <summary>SHA-256 (hexadecimal, lower case) of what determines the features.</summary>
    string Hash { get; }

    /// <summary>How images get the size that the network takes.</summary>
    string Resize { get; }

    /// <summary>Number of features d.</summary>
    int Width { get; }

    /// <summary>Images [N, C, H, W] in [−1, 1] on any device → features [N, d] on the CPU, each row of its image alone; the caller disposes them.</summary>
    /// <exception cref="DistGan.Recipes.DistGanException">The images have another shape than the network takes.</exception>
    Tensor Features(Tensor images);
}
