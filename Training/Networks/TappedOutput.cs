using TorchSharp;

namespace DistGan.Training.Networks;

/// <summary>The output of a network with what it was made of.</summary>
/// <param name="Output">[N, …Output], float32 in every precision.</param>
/// <param name="Features">What enters the head (see <see cref="Network.Head"/>) [N, …], in the compute type: convert it before taking statistics.</param>
public readonly record struct TappedOutput(torch.Tensor Output, torch.Tensor Features);
