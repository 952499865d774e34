using TorchSharp;

namespace DistGan.Training.Techniques;

/// <summary>Generated samples that go through D in one pass.</summary>
/// <param name="Samples">[N, …], without a graph; in an imagined update in that of G.</param>
/// <param name="IsReplayed">Made by an earlier generator.</param>
public sealed record FakeGroup(torch.Tensor Samples, bool IsReplayed)
{
    /// <summary>The codes that they were made with [N, code]; null where there are none, or where those of replayed samples are not kept because nobody reads them.</summary>
    public torch.Tensor? Codes { get; init; }

    /// <summary>The group as D sees it in an update.</summary>
    public FakeGroup Presented(Func<torch.Tensor, Presentation, torch.Tensor> present, long step, int update)
        => this with { Samples = present(Samples, new(step, update, IsReplayed ? Presentation.Replayed : Presentation.Fake)) };

    /// <summary>Samples or scores of several groups, one group after another.</summary>
    public static torch.Tensor Join(IReadOnlyList<torch.Tensor> parts) => parts.Count == 1 ? parts[0] : torch.cat([.. parts], 0);
}
