namespace DistGan.Training.Layers;

/// <summary>Elementwise functions: max(x, 0); max(x, 0.2x); tanh x.</summary>
public enum ActivationKind
{
    Relu,
    LeakyRelu,
    Tanh,
}
