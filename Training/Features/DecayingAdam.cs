using DistGan.Training.Arithmetic;
using TorchSharp;
using TorchSharp.Modules;
using static DistGan.Training.Arithmetic.Scalars;
using static TorchSharp.torch;

namespace DistGan.Training.Features;

/// <summary>
/// AdamW over the parameters of a module: θ ← (1 − ηλ)·θ, then Adam's step with β₁ = 0.9, β₂ = 0.999, ε = 1e-8 (Loshchilov and
/// Hutter 2019, algorithm 2). The library's own makes scalars that nothing keeps.
/// </summary>
/// <param name="parameters">θ, each with its gradient; not owned.</param>
/// <param name="decay">λ.</param>
internal sealed class DecayingAdam(IEnumerable<Parameter> parameters, double decay) : IDisposable
{
    private const double Beta1 = 0.9;
    private const double Beta2 = 0.999;
    private const double Epsilon = 1e-8;

    private readonly List<(Parameter Theta, Tensor First, Tensor Second)> _moments =
        [.. parameters.Select(static theta => (theta, zeros_like(theta).DetachFromDisposeScope(), zeros_like(theta).DetachFromDisposeScope()))];

    private long _updates;

    /// <summary>η.</summary>
    public double Rate { get; set; }

    /// <summary>One update; parameters without a gradient stay.</summary>
    public void Update()
    {
        using var noGrad = no_grad();
        using var scope = NewDisposeScope();
        _updates++;
        var step = Rate / (1 - Math.Pow(Beta1, _updates));
        var root = Math.Sqrt(1 - Math.Pow(Beta2, _updates));
        foreach (var (theta, first, second) in _moments)
        {
            if (theta.grad is { } gradient)
            {
                theta.mul_(Of(1 - Rate * decay));
                first.mul_(Of(Beta1)).add_(gradient, Of(1 - Beta1));
                second.mul_(Of(Beta2)).addcmul_(gradient, gradient, Of(1 - Beta2));
                theta.addcdiv_(first, (second.sqrt() / Of(root)).AddInPlace(Epsilon), Of(-step));
            }
        }
    }

    public void Dispose()
    {
        foreach (var (_, first, second) in _moments)
        {
            first.Dispose();
            second.Dispose();
        }
    }
}
