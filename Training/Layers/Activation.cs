using TorchSharp;
using static DistGan.Training.Arithmetic.Scalars;

namespace DistGan.Training.Layers;

/// <summary>An elementwise function.</summary>
/// <param name="Kind">Which one.</param>
/// <param name="InPlace">
/// Writes over its input, which saves a pass through memory: only after a layer that makes a new tensor and whose derivative does
/// not need it (dense, convolution, batch normalisation).
/// </param>
public sealed record Activation(ActivationKind Kind, bool InPlace = false) : ILayer
{
    /// <summary>Slope of the leaky rectifier below 0 (Radford et al. 2016).</summary>
    public const double LeakySlope = 0.2;

    public BuiltLayer Build(LayoutBuilder layout, long[] input) => new(input, (Kind, InPlace) switch
    {
        (ActivationKind.Relu, false) => static (_, x) => x.relu(),
        (ActivationKind.Relu, true) => static (_, x) => x.relu_(),
        (ActivationKind.LeakyRelu, false) => static (_, x) => x.leaky_relu(Of(LeakySlope)),
        (ActivationKind.LeakyRelu, true) => static (_, x) => x.leaky_relu_(Of(LeakySlope)),
        (ActivationKind.Tanh, false) => static (_, x) => x.tanh(),
        (ActivationKind.Tanh, true) => static (_, x) => x.tanh_(),
        _ => throw new ArgumentOutOfRangeException(nameof(input), Kind, "Unknown activation."),
    });

    /// <summary>The kind with a recipe's name.</summary>
    public static ActivationKind Parse(string name) => name switch
    {
        "relu" => ActivationKind.Relu,
        "leaky-relu" => ActivationKind.LeakyRelu,
        "tanh" => ActivationKind.Tanh,
        _ => throw new ArgumentOutOfRangeException(nameof(name), name, "Unknown activation."),
    };
}
