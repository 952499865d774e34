using TorchSharp;

namespace DistGan.Training.Conditions;

/// <summary>Samples with the codes that belong to them.</summary>
/// <param name="Samples">[N, …].</param>
/// <param name="Codes">[N, code], one row for each sample, in their order: one-hot labels, or the codes that InfoGAN gave its generator; null where there are none, as for real samples under InfoGAN.</param>
public readonly record struct SampleBatch(torch.Tensor Samples, torch.Tensor? Codes)
{
    /// <summary>The same numbers outside the graph of the samples.</summary>
    public SampleBatch Detach() => this with { Samples = Samples.detach() };
}
