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
        Views = [.. layout.Views(Values).Select(static view => view.DetachFromDisposeScope())];
    }

    public VectorLayout Layout { get; }

    public Tensor Values { get; }

    /// <summary>The entries, sharing storage with <see cref="Values"/>.</summary>
    public Tensor[] Views { get; }

    public void Dispose()
    {
        foreach (var view in Views)
        {
            view.Dispose();
        }

        Values.Dispose();
    }
}
