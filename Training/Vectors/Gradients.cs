using DistGan.Training.Arithmetic;
using DistGan.Training.Native;
using TorchSharp;
using static DistGan.Training.Arithmetic.Scalars;
using static TorchSharp.torch;

namespace DistGan.Training.Vectors;

/// <summary>
/// Gradients of values with respect to chosen inputs. The library's own <c>autograd.grad</c> ends the process on bad use; this
/// goes through <c>backward</c> with named inputs, whose errors are exceptions and whose result is bit-equal.
/// </summary>
public static class Gradients
{
    /// <summary>
    /// The library warns once per process that gradients with a graph may leak where they are kept; <see cref="Of"/> does not keep
    /// them. The first such gradient is therefore taken of nothing in particular, unheard.
    /// </summary>
    static Gradients() => NativeStandardError.Discard(static () =>
    {
        using var scope = NewDisposeScope();
        using var recording = enable_grad();
        var input = ones(1).requires_grad_(true);
        autograd.backward(input.Squared().sum(), (IList<Tensor>?)null, retain_graph: true, create_graph: true, inputs: [input]);
        input.grad = null;
    });

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
