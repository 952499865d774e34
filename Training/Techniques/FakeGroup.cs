using TorchSharp;

namespace DistGan.Training.Techniques;

/// <summary>Generated samples that go through D in one pass.</summary>
/// <param name="Samples">[N, …], without a graph.</param>
/// <param name="IsReplayed">Made by an earlier generator.</param>
public sealed record FakeGroup(torch.Tensor Samples, bool IsReplayed);
