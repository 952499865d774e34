using TorchSharp;

namespace DistGan.Training.Techniques;

/// <summary>A technique that keeps generator weights which are to be shown, scored and exported instead of the current ones.</summary>
public interface IGeneratorAverage
{
    /// <summary>The averaged θ of the generator, in its layout.</summary>
    torch.Tensor Average { get; }
}
