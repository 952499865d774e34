using TorchSharp;
using static TorchSharp.torch;

namespace DistGan.Training.Vectors;

/// <summary>
/// Gradients of values with respect to chosen inputs. The library's own <c>autograd.grad</c> ends the process on bad use; this
/// goes through <c>backward</c> with named inputs, whose errors are exceptions and whose result is bit-equal.
/// </summary>
public static class Gradients
{
    /// <summary>∂(Σ output)/∂input, of input's shape.</summary>
    /// <param name="output">Any shape; its sum is differentiated.</param>
    /// <param name="input">A leaf, or a tensor in the graph that retains its gradient; its <c>grad</c> must be empty.</param>
    /// <param name="createGraph">Whether the result is part of a graph, for second derivatives.</param>
    public static Tensor Of(Tensor output, Tensor input, bool createGraph)
    {
        using var total = output.sum();
        autograd.backward(total, (IList<Tensor>?)null, retain_graph: createGraph, create_graph: createGraph, inputs: [input]);
        var gradient = input.grad ?? throw new InvalidOperationException("The output does not depend on the input.");
        input.grad = null;
        return gradient;
    }
}
