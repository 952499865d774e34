using TorchSharp;

namespace DistGan.Training.Techniques.LookingAhead;

/// <summary>Updates of an optimiser as parts of a graph: they begin with its state and leave it as it is.</summary>
internal interface IImaginedOptimizer
{
    /// <summary>θ after one more update, in the graphs of θ and of its gradient.</summary>
    torch.Tensor Next(torch.Tensor theta, torch.Tensor gradient);
}
