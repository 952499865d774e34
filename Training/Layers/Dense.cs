using DistGan.Training.Vectors;
using TorchSharp;

namespace DistGan.Training.Layers;

/// <summary>y = x·Wᵀ + b. Input [N, in], weight [units, in], output [N, units].</summary>
/// <param name="Units">Outputs.</param>
/// <param name="Bias">Whether there is a b.</param>
/// <param name="Initial">How W starts; null is Glorot uniform.</param>
/// <param name="SpreadBias">
/// Whether b starts as U(−1/√in, 1/√in) instead of 0. Without a bias, layers of an odd function such as tanh are odd together, and an odd D has the
/// same mean over any two sets that are symmetric about 0: it cannot begin to tell them apart.
/// </param>
public sealed record Dense(long Units, bool Bias = true, Initializer? Initial = null, bool SpreadBias = false) : ILayer
{
    public BuiltLayer Build(LayoutBuilder layout, long[] input)
    {
        LayerShapes.Require(input.Length == 1, nameof(Dense), "[features]", input);
        var weight = layout.Weight("weight", [Units, input[0]], Initial ?? Initializer.Glorot(input[0], Units));
        if (!Bias)
        {
            return new([Units], (pass, x) => torch.nn.functional.linear(x, pass[weight], null!));
        }

        var bias = layout.Weight("bias", [Units], SpreadBias ? Initializer.Uniform(1 / Math.Sqrt(input[0])) : Initializer.Zero);
        return new([Units], (pass, x) => torch.nn.functional.linear(x, pass[weight], pass[bias]));
    }
}
