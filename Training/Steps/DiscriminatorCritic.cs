using DistGan.Training.Objectives;
using DistGan.Training.Vectors;
using TorchSharp;

namespace DistGan.Training.Steps;

/// <summary>The critic of a player: its gradient with respect to inputs, in a graph through its weights.</summary>
internal sealed class DiscriminatorCritic(PlayerModel discriminator) : ICritic
{
    public torch.Tensor Gradient(torch.Tensor x)
    {
        var input = x.detach().requires_grad_(true);
        return Gradients.Of(discriminator.TrainPrecisely(input), input, createGraph: true);
    }
}
