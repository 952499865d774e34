using static TorchSharp.torch;

namespace DistGan.Training.Features;

/// <summary>A feature network that also tells classes apart, from the same features.</summary>
public interface IFrozenClassifier : IFeatureNetwork
{
    /// <summary>Number of classes K.</summary>
    int ClassCount { get; }

    /// <summary>Features [N, d] of this network → logits [N, K]; the caller disposes them.</summary>
    Tensor LogitsOf(Tensor features);
}
