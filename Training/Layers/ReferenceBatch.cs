using DistGan.Training.Vectors;
using static TorchSharp.torch;

namespace DistGan.Training.Layers;

/// <summary>y = (r; x): puts a fixed batch r before the given one, so that both go through what follows together. Input [N, …], output [Count + N, …].</summary>
/// <param name="Count">Examples in r, which lies in β and is never changed.</param>
/// <param name="Values">How r is drawn.</param>
public sealed record ReferenceBatch(long Count, Initializer Values) : ILayer
{
    public BuiltLayer Build(LayoutBuilder layout, long[] input)
    {
        var reference = layout.Buffer("reference", [Count, .. input], Values);
        return new(input, (pass, x) => cat([pass[reference].to_type(x.dtype), x], 0));
    }
}
