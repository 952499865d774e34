using DistGan.Training.Steps;
using TorchSharp;

namespace DistGan.Training.Objectives;

/// <summary>What an objective sees of one update of both networks together.</summary>
public sealed record JointTurn
{
    /// <summary>Real samples x [N, …].</summary>
    public required torch.Tensor Samples { get; init; }

    /// <summary>What the encoder makes of them [N, 2·latent], in its graph.</summary>
    public required torch.Tensor Encoded { get; init; }

    /// <summary>The generator: codes [N, latent] → samples [N, …], in its graph and that of the codes.</summary>
    public required Func<torch.Tensor, torch.Tensor> Decode { get; init; }

    /// <summary>Random numbers of the latent distribution that belong to this update, [N, latent].</summary>
    public required Func<torch.Tensor> Noise { get; init; }

    /// <summary>Collects values for the report.</summary>
    public required RoundMeter Meter { get; init; }
}
