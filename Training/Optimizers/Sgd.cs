using System.Numerics;
using System.Runtime.InteropServices;
using DistGan.Recipes;
using DistGan.Training.Arithmetic;
using DistGan.Training.Vectors;
using TorchSharp;
using static DistGan.Training.Arithmetic.Scalars;
using static TorchSharp.torch;

namespace DistGan.Training.Optimizers;

/// <summary>
/// Gradient descent: v ← μv + g, θ ← θ − η·v, or θ ← θ − η·(g + μv) with Nesterov's momentum, and θ ← θ − η·g where μ is 0
/// (Polyak 1964; Sutskever et al. 2013, in the form of common libraries, where η scales the whole of v), in one pass over the flat
/// vectors on the CPU, as tensor operations elsewhere.
/// </summary>
public sealed class Sgd : IOptimizer
{
    private readonly SgdRecipe _recipe;
    private readonly Tensor? _velocity;

    /// <param name="recipe">η, μ, and whether the momentum is Nesterov's.</param>
    /// <param name="like">A tensor of the length, type and device of θ.</param>
    public Sgd(SgdRecipe recipe, Tensor like)
    {
        _recipe = recipe;
        Rate = recipe.Rate;
        var state = new Dictionary<string, Tensor>();
        if (recipe.Momentum > 0)
        {
            _velocity = zeros_like(like).DetachFromDisposeScope();
            state.Add("velocity", _velocity);
        }

        State = state;
    }

    public double Rate { get; set; }

    public long Updates { get; set; }

    public IReadOnlyDictionary<string, Tensor> State { get; }

    public void Update(ParameterVector parameters)
    {
        Updates++;
        if (_velocity is null || !FlatNumbers.Serve(parameters.Values))
        {
            UpdateTensors(parameters.Values, parameters.Gradient);
        }
        else
        {
            UpdateSpans(FlatNumbers.Of(parameters.Values), FlatNumbers.Of(parameters.Gradient), FlatNumbers.Of(_velocity));
        }

        parameters.Refresh();
    }

    public void Dispose() => _velocity?.Dispose();

    /// <summary>Both momenta are θ ← θ − η·(a·g + b·v): a = 0, b = 1, or with Nesterov's a = 1, b = μ.</summary>
    private void UpdateSpans(Span<float> theta, ReadOnlySpan<float> gradient, Span<float> velocity)
    {
        float mu = (float)_recipe.Momentum, eta = (float)Rate;
        var (a, b) = _recipe.Nesterov ? (1f, mu) : (0f, 1f);
        for (var i = UpdateVectors(theta, gradient, velocity, (mu, a, b, eta)); i < theta.Length; i++)
        {
            var v = velocity[i] = MathF.FusedMultiplyAdd(mu, velocity[i], gradient[i]);
            theta[i] -= eta * MathF.FusedMultiplyAdd(b, v, a * gradient[i]);
        }
    }

    private static int UpdateVectors(
        Span<float> theta, ReadOnlySpan<float> gradient, Span<float> velocity, (float Mu, float A, float B, float Eta) k)
    {
        var t = MemoryMarshal.Cast<float, Vector<float>>(theta);
        var gs = MemoryMarshal.Cast<float, Vector<float>>(gradient);
        var vs = MemoryMarshal.Cast<float, Vector<float>>(velocity);
        Vector<float> mu = new(k.Mu), b = new(k.B);
        for (var i = 0; i < t.Length; i++)
        {
            var v = vs[i] = Vector.FusedMultiplyAdd(mu, vs[i], gs[i]);
            t[i] -= k.Eta * Vector.FusedMultiplyAdd(b, v, k.A * gs[i]);
        }

        return t.Length * Vector<float>.Count;
    }

    private void UpdateTensors(Tensor theta, Tensor gradient)
    {
        using var noGrad = no_grad();
        if (_velocity is null)
        {
            theta.add_(gradient, Of(-Rate));
            return;
        }

        _velocity.mul_(Of(_recipe.Momentum)).AddInPlace(gradient);
        if (_recipe.Nesterov)
        {
            theta.add_(gradient, Of(-Rate));
        }

        theta.add_(_velocity, Of(_recipe.Nesterov ? -Rate * _recipe.Momentum : -Rate));
    }
}
