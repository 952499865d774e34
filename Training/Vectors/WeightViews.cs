using TorchSharp;

namespace DistGan.Training.Vectors;

/// <summary>The weights of a network, in the order of its layout: in the compute type, and in the master type for what must not be rounded.</summary>
/// <param name="Compute">For products and convolutions.</param>
/// <param name="Master">For normalisation's scale and shift.</param>
public readonly record struct WeightViews(torch.Tensor[] Compute, torch.Tensor[] Master);
