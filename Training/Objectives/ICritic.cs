using TorchSharp;

namespace DistGan.Training.Objectives;

/// <summary>A handle on D for objectives and techniques that need its gradient.</summary>
public interface ICritic
{
    /// <summary>
    /// ∇ₓD(x) per sample, of x's shape, in a graph through D's weights so that a penalty of it reaches them; always in the master
    /// precision. With batch normalisation in D the gradient is that of the batch's sum, as samples are coupled.
    /// </summary>
    /// <param name="x">Samples [N, …] without a graph.</param>
    /// <param name="codes">The codes they are judged with, which the gradient passes over; null where there are none.</param>
    torch.Tensor Gradient(torch.Tensor x, torch.Tensor? codes);
}
