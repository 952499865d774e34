using TorchSharp;
using static TorchSharp.torch;

namespace DistGan.Training.Vectors;

/// <summary>β: what a network remembers beside its parameters (running statistics), in one contiguous float32 vector.</summary>
public sealed class BufferVector : IDisposable
{
    /// <param name="layout">Names and shapes.</param>
    /// <param name="values">1-D, contiguous; owned from now on.</param>
    public BufferVector(VectorLayout layout, Tensor values)
    {
        Layout = layout;
        Values = values.DetachFromDisposeScope();
        using var scope = NewDisposeScope();
        Views = [.. layout.Views(Values).Select(static view => Alone(view).DetachFromDisposeScope())];
    }

    public VectorLayout Layout { get; }

    public Tensor Values { get; }

    /// <summary>The entries, sharing storage with <see cref="Values"/>.</summary>
    public Tensor[] Views { get; }

    /// <summary>
    /// The same memory as a tensor that counts its changes alone. Plain views count together, so that a layer that writes its buffer
    /// would spoil what backward needs of the others'.
    /// </summary>
    private static Tensor Alone(Tensor view) => empty(0, view.dtype, view.device).set_(view);

    public void Dispose()
    {
        foreach (var view in Views)
        {
            view.Dispose();
        }

        Values.Dispose();
    }
}
