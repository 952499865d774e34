using TorchSharp;

namespace DistGan.Training.Layers;

/// <summary>A layer for a known input shape.</summary>
/// <param name="Output">Shape of its output without batch dimension.</param>
/// <param name="Forward">Its function of the pass's weights and a batch.</param>
public sealed record BuiltLayer(long[] Output, Func<NetworkPass, torch.Tensor, torch.Tensor> Forward);
