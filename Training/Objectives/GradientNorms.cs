using DistGan.Training.Arithmetic;
using TorchSharp;

namespace DistGan.Training.Objectives;

/// <summary>‖∇ₓD(x)‖₂ of each sample, over all of C·H·W: [N, …] → [N], in a graph through D's weights.</summary>
internal static class GradientNorms
{
    public static torch.Tensor Of(ICritic critic, torch.Tensor x, torch.Tensor? codes)
    {
        var gradient = critic.Gradient(x, codes).flatten(1);

        // The root of an exact 0 has no derivative; 1e-24 is below what float32 can add to any other sum.
        return gradient.Squared().sum(dim: 1).Plus(1e-24).sqrt();
    }
}
