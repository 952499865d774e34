using TorchSharp;

namespace DistGan.Training.Techniques;

/// <summary>Generated samples that go through D in one pass.</summary>
/// <param name="Samples">[N, …], without a graph.</param>
/// <param name="IsReplayed">Made by an earlier generator.</param>
public sealed record FakeGroup(torch.Tensor Samples, bool IsReplayed)
{
    /// <summary>The codes that they were made with [N, code]; null where there are none, or where those of replayed samples are not kept because nobody reads them.</summary>
    public torch.Tensor? Codes { get; init; }
}
