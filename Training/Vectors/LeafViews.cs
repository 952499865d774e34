using TorchSharp;
using static TorchSharp.torch;

namespace DistGan.Training.Vectors;

/// <summary>Views of one flat tensor made once: leaves whose gradients are views of one flat gradient, and frozen ones.</summary>
internal sealed class LeafViews : IDisposable
{
    public LeafViews(VectorLayout layout, Tensor flat)
    {
        using var scope = NewDisposeScope();
        Flat = flat;
        FlatGradient = zeros_like(flat).DetachFromDisposeScope();
        Frozen = [.. layout.Views(flat).Select(static view => view.DetachFromDisposeScope())];
        Leaves = [.. layout.Views(flat).Zip(layout.Views(FlatGradient), Leaf)];
    }

    public Tensor Flat { get; }

    public Tensor FlatGradient { get; }

    public Tensor[] Leaves { get; }

    public Tensor[] Frozen { get; }

    public void Dispose()
    {
        foreach (var leaf in Leaves)
        {
            leaf.Dispose();
        }

        foreach (var view in Frozen)
        {
            view.Dispose();
        }

        FlatGradient.Dispose();
        Flat.Dispose();
    }

    private static Tensor Leaf(Tensor view, Tensor gradient)
    {
        var leaf = view.detach().requires_grad_(true).DetachFromDisposeScope();
        leaf.grad = gradient;
        return leaf;
    }
}
