using TorchSharp;

namespace DistGan.Training.Layers;

/// <summary>An elementwise function.</summary>
/// <param name="Kind">Which one.</param>
public sealed record Activation(ActivationKind Kind) : ILayer
{
    /// <summary>Slope of the leaky rectifier below 0 (Radford et al. 2016).</summary>
    public const double LeakySlope = 0.2;

    public BuiltLayer Build(LayoutBuilder layout, long[] input) => new(input, Kind switch
    {
        ActivationKind.Relu => static (_, x) => torch.nn.functional.relu(x),
        ActivationKind.LeakyRelu => static (_, x) => torch.nn.functional.leaky_relu(x, LeakySlope),
        ActivationKind.Tanh => static (_, x) => torch.tanh(x),
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
