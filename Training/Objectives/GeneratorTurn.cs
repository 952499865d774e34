using TorchSharp;

namespace DistGan.Training.Objectives;

/// <summary>What an objective and techniques see of one generator update.</summary>
public sealed record GeneratorTurn
{
    /// <summary>s_f [N, 1], in the graph of the generator.</summary>
    public required torch.Tensor FakeScores { get; init; }

    /// <summary>Generated samples [N, …], in the graph of the generator.</summary>
    public required torch.Tensor FakeSamples { get; init; }
}
