using DistGan.Training.Vectors;
using TorchSharp;

namespace DistGan.Training.Optimizers;

/// <summary>Turns the gradient of a parameter vector into an update of it.</summary>
public interface IOptimizer : IDisposable
{
    /// <summary>Learning rate η of the next update.</summary>
    double Rate { get; set; }

    /// <summary>Updates done.</summary>
    long Updates { get; set; }

    /// <summary>What it remembers, by name: tensors of the vector's length and type.</summary>
    IReadOnlyDictionary<string, torch.Tensor> State { get; }

    /// <summary>One update of θ from its gradient; the compute copy of θ is renewed.</summary>
    void Update(ParameterVector parameters);
}
