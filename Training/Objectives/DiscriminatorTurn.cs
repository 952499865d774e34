using DistGan.Training.Steps;
using TorchSharp;

namespace DistGan.Training.Objectives;

/// <summary>What an objective and techniques see of one discriminator update.</summary>
public sealed record DiscriminatorTurn
{
    /// <summary>Number of the step, from 1.</summary>
    public long Step { get; init; } = 1;

    /// <summary>s_r [N, 1], N being what D judges: samples, or packs of them; their energies where D is an autoencoder.</summary>
    public required torch.Tensor RealScores { get; init; }

    /// <summary>s_f [M, 1]: fresh and replayed together.</summary>
    public required torch.Tensor FakeScores { get; init; }

    /// <summary>Real samples [N, …] as D sees them.</summary>
    public required torch.Tensor RealSamples { get; init; }

    /// <summary>Generated samples [M, …] as D sees them, in the order of <see cref="FakeScores"/>, without a graph.</summary>
    public required torch.Tensor FakeSamples { get; init; }

    /// <summary>The generated samples that are not replayed; all of them unless it is said.</summary>
    public torch.Tensor FreshSamples
    {
        get => field ?? FakeSamples;
        init;
    }

    /// <summary>Codes [N, code] of the real samples, one row for each even where D judges packs; null where they have none.</summary>
    public torch.Tensor? RealCodes { get; init; }

    /// <summary>Codes [M, code] of <see cref="FreshSamples"/>; null where they have none.</summary>
    public torch.Tensor? FreshCodes { get; init; }

    /// <summary>All that D's head gave out for the real samples [N, 1 + …], for conditionings that read more than a score.</summary>
    public torch.Tensor? RealOutput { get; init; }

    /// <summary>All that D's head gave out for <see cref="FreshSamples"/>.</summary>
    public torch.Tensor? FreshOutput { get; init; }

    /// <summary>Target probability of real samples, 1 unless it is smoothed.</summary>
    public required double RealTarget { get; init; }

    /// <summary>Evaluates D and its gradient at other inputs.</summary>
    public required ICritic Critic { get; init; }

    /// <summary>Uniform random numbers in [0, 1) that belong to this update, [N, 1, …] to broadcast over samples.</summary>
    public required Func<torch.Tensor> SampleUniforms { get; init; }

    /// <summary>Uniform random numbers in [0, 1) that belong to this update, one for each number of <see cref="RealSamples"/>.</summary>
    public required Func<torch.Tensor> ElementUniforms { get; init; }

    /// <summary>Collects values for the report.</summary>
    public required RoundMeter Meter { get; init; }
}
