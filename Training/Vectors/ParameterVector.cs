using DistGan.Training.Arithmetic;
using TorchSharp;
using static TorchSharp.torch;

namespace DistGan.Training.Vectors;

/// <summary>θ: all parameters of a player in one contiguous float32 vector, with its gradient in another.</summary>
/// <remarks>
/// Read it in one of three ways: <see cref="Leaves"/> for a step whose gradient is wanted (it lands in <see cref="Gradient"/>),
/// <see cref="Frozen"/> where only the input's gradient is wanted, or <see cref="VectorLayout.Split"/> of any vector in a graph.
/// With bfloat16 the leaves and frozen views lie on a copy that <see cref="Refresh"/> renews after each update; the float32 master
/// is what optimisers change.
/// </remarks>
public sealed class ParameterVector : IDisposable
{
    private readonly LeafViews _master;
    private readonly LeafViews _compute;

    /// <param name="layout">Names and shapes.</param>
    /// <param name="values">1-D, contiguous; owned from now on.</param>
    /// <param name="computeType">Type in which the networks are evaluated: that of <paramref name="values"/>, or bfloat16.</param>
    public ParameterVector(VectorLayout layout, Tensor values, ScalarType computeType)
    {
        Layout = layout;
        _master = new LeafViews(layout, values.DetachFromDisposeScope());
        _compute = computeType == values.dtype
            ? _master
            : new LeafViews(layout, values.to_type(computeType).DetachFromDisposeScope());
    }

    public VectorLayout Layout { get; }

    /// <summary>θ itself.</summary>
    public Tensor Values => _master.Flat;

    /// <summary>∂L/∂θ as of the last <see cref="CollectGradient"/>; same shape and type as <see cref="Values"/>.</summary>
    public Tensor Gradient => _master.FlatGradient;

    /// <summary>Weights that record gradients, in the compute type.</summary>
    public WeightViews Leaves => new(_compute.Leaves, _master.Leaves);

    /// <summary>Weights that record gradients, in the master type: for penalties, whose second derivatives need it.</summary>
    public WeightViews MasterLeaves => new(_master.Leaves, _master.Leaves);

    /// <summary>Weights without gradients, in the compute type.</summary>
    public WeightViews Frozen => new(_compute.Frozen, _master.Frozen);

    /// <summary>Sets the gradient to zero.</summary>
    public void ClearGradient()
    {
        _master.FlatGradient.zero_();
        if (_compute != _master)
        {
            _compute.FlatGradient.zero_();
        }
    }

    /// <summary>Brings what was recorded in the compute type into <see cref="Gradient"/>.</summary>
    public void CollectGradient()
    {
        if (_compute != _master)
        {
            _master.FlatGradient.AddInPlace(_compute.FlatGradient);
        }
    }

    /// <summary>Renews the compute copy from θ; needed after every change of <see cref="Values"/>.</summary>
    public void Refresh()
    {
        if (_compute != _master)
        {
            _compute.Flat.copy_(_master.Flat);
        }
    }

    public void Dispose()
    {
        if (_compute != _master)
        {
            _compute.Dispose();
        }

        _master.Dispose();
    }
}
