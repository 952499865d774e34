using DistGan.Training.Vectors;
using TorchSharp;

namespace DistGan.Training.Layers;

/// <summary>y = x·Wᵀ + b. Input [N, in], weight [units, in], output [N, units].</summary>
/// <param name="Units">Outputs.</param>
/// <param name="Bias">Whether there is a b.</param>
/// <param name="Initial">How W starts; null is Glorot uniform.</param>
public sealed record Dense(long Units, bool Bias = true, Initializer? Initial = null) : ILayer
{
    public BuiltLayer Build(LayoutBuilder layout, long[] input)
    {
        LayerShapes.Require(input.Length == 1, nameof(Dense), "[features]", input);
        var weight = layout.Weight("weight", [Units, input[0]], Initial ?? Initializer.Glorot(input[0], Units));
        if (!Bias)
        {
            return new([Units], (pass, x) => torch.nn.functional.linear(x, pass[weight], null!));
        }

        var bias = layout.Weight("bias", [Units], Initializer.Zero);
        return new([Units], (pass, x) => torch.nn.functional.linear(x, pass[weight], pass[bias]));
    }
}
