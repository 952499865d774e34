using DistGan.Training.Networks;
using TorchSharp;

namespace DistGan.Training.Objectives;

/// <summary>What an objective and techniques see of one generator update.</summary>
public sealed record GeneratorTurn
{
    /// <summary>s_f [N, 1], in the graph of the generator.</summary>
    public required torch.Tensor FakeScores { get; init; }

    /// <summary>Generated samples [N, …], in the graph of the generator.</summary>
    public required torch.Tensor FakeSamples { get; init; }

    /// <summary>What enters D's head (the codes, where D is an autoencoder) for <see cref="FakeSamples"/> [N, …], in the graph of the generator and in the compute type.</summary>
    public torch.Tensor? FakeFeatures { get; init; }

    /// <summary>Codes [N, code] that the samples were made with; null where they have none.</summary>
    public torch.Tensor? FakeCodes { get; init; }

    /// <summary>All that D's head gave out for <see cref="FakeSamples"/> [N, 1 + …], in the graph of the generator.</summary>
    public torch.Tensor? FakeOutput { get; init; }

    /// <summary>
    /// D's scores and features of the real samples that the step showed last, without a graph; evaluated when first asked for, so
    /// that only those who ask pay for it.
    /// </summary>
    public Lazy<TappedOutput> Real { get; init; } = new(static () => throw new InvalidOperationException("This turn has no real samples."));
}
