using DistGan.Training.Conditions;
using DistGan.Training.Objectives;
using DistGan.Training.Vectors;
using TorchSharp;

namespace DistGan.Training.Steps;

/// <summary>The critic of a player: its gradient with respect to inputs, in a graph through its weights.</summary>
internal sealed class DiscriminatorCritic(PlayerModel discriminator, Conditioning? conditioning = null) : ICritic
{
    private readonly Conditioning _conditioning = conditioning ?? new Unconditional();

    public torch.Tensor Gradient(torch.Tensor x, torch.Tensor? codes)
    {
        var input = x.detach().requires_grad_(true);
        var scores = _conditioning.Score(discriminator.TrainPrecisely(_conditioning.Join(input, codes)), codes);
        return Gradients.Of(scores, input, createGraph: true);
    }
}
