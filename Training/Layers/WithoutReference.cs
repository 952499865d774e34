namespace DistGan.Training.Layers;

/// <summary>Takes the first Count examples away again, which <see cref="ReferenceBatch"/> put there. Input [Count + N, …], output [N, …].</summary>
/// <param name="Count">Examples of the reference batch.</param>
public sealed record WithoutReference(long Count) : ILayer
{
    public BuiltLayer Build(LayoutBuilder layout, long[] input) => new(input, (_, x) => x.narrow(0, Count, x.shape[0] - Count));
}
