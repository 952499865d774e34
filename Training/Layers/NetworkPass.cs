using DistGan.Training.Vectors;
using TorchSharp;

namespace DistGan.Training.Layers;

/// <summary>One evaluation of a network: with which weights, which statistics, and in which mode.</summary>
public sealed class NetworkPass
{
    private readonly WeightViews _weights;
    private readonly torch.Tensor[] _buffers;

    /// <param name="weights">The network's weights.</param>
    /// <param name="buffers">The network's buffers.</param>
    /// <param name="statistics">Which statistics normalisation uses.</param>
    /// <param name="momentum">Share of a new batch in running statistics, in (0, 1]; only with <see cref="Statistics.BatchAndUpdate"/>.</param>
    public NetworkPass(WeightViews weights, torch.Tensor[] buffers, Statistics statistics, double momentum = 0.1)
    {
        _weights = weights;
        _buffers = buffers;
        Statistics = statistics;
        Momentum = momentum;
    }

    public Statistics Statistics { get; }

    public double Momentum { get; }

    /// <summary>
    /// Whether whoever started the pass promises to differentiate its output once at most. False unless it is said: some layers then
    /// use functions of the library that have no second derivative, and of which asking for it can end the process.
    /// </summary>
    public bool TakesFirstDerivativesAlone { get; init; }

    /// <summary>A weight in the compute type.</summary>
    public torch.Tensor this[WeightHandle weight] => _weights.Compute[weight.Index];

    /// <summary>A buffer; layers update it in place.</summary>
    public torch.Tensor this[BufferHandle buffer] => _buffers[buffer.Index];

    /// <summary>The same pass with another value, in the master type, for one weight.</summary>
    public NetworkPass With(WeightHandle weight, torch.Tensor value)
    {
        torch.Tensor[] compute = [.. _weights.Compute], master = [.. _weights.Master];
        master[weight.Index] = value;
        var type = compute[weight.Index].dtype;
        compute[weight.Index] = type == value.dtype ? value : value.to_type(type);
        return new(new WeightViews(compute, master), _buffers, Statistics, Momentum) { TakesFirstDerivativesAlone = TakesFirstDerivativesAlone };
    }

    /// <summary>A weight in the master type.</summary>
    public torch.Tensor Master(WeightHandle weight) => _weights.Master[weight.Index];
}
