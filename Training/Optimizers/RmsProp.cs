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
/// RMSProp: v ← αv + (1−α)g², u ← g/(√v + ε), m ← μm + u, θ ← θ − η·m, with m = u where μ is 0
/// (Tieleman and Hinton 2012, lecture 6.5; the momentum as in common libraries), in one pass over the flat vectors on the CPU, as
/// tensor operations elsewhere.
/// </summary>
public sealed class RmsProp : IOptimizer
{
    private readonly RmsPropRecipe _recipe;
    private readonly Tensor _square;
    private readonly Tensor? _momentum;

    /// <param name="recipe">η, α, ε, μ.</param>
    /// <param name="like">A tensor of the length, type and device of θ.</param>
    public RmsProp(RmsPropRecipe recipe, Tensor like)
    {
        _recipe = recipe;
        Rate = recipe.Rate;
        _square = zeros_like(like).DetachFromDisposeScope();
        var state = new Dictionary<string, Tensor> { ["square"] = _square };
        if (recipe.Momentum > 0)
        {
            _momentum = zeros_like(like).DetachFromDisposeScope();
            state.Add("momentum", _momentum);
        }

        State = state;
    }

    public double Rate { get; set; }

    public long Updates { get; set; }

    public IReadOnlyDictionary<string, Tensor> State { get; }

    public void Update(ParameterVector parameters)
    {
        Updates++;
        if (FlatNumbers.Serve(parameters.Values))
        {
            UpdateSpans(
                FlatNumbers.Of(parameters.Values),
                FlatNumbers.Of(parameters.Gradient),
                FlatNumbers.Of(_square),
                _momentum is null ? [] : FlatNumbers.Of(_momentum));
        }
        else
        {
            UpdateTensors(parameters.Values, parameters.Gradient);
        }

        parameters.Refresh();
    }

    public void Dispose()
    {
        _square.Dispose();
        _momentum?.Dispose();
    }

    private void UpdateSpans(Span<float> theta, ReadOnlySpan<float> gradient, Span<float> square, Span<float> momentum)
    {
        float alpha = (float)_recipe.Decay, share = (float)(1 - _recipe.Decay), mu = (float)_recipe.Momentum;
        float epsilon = (float)_recipe.Epsilon, eta = (float)Rate;
        for (var i = UpdateVectors(theta, gradient, square, momentum, (alpha, share, epsilon, mu, eta)); i < theta.Length; i++)
        {
            var g = gradient[i];
            var v = square[i] = MathF.FusedMultiplyAdd(alpha, square[i], share * g * g);
            var move = g / (MathF.Sqrt(v) + epsilon);
            if (momentum.Length > 0)
            {
                move = momentum[i] = MathF.FusedMultiplyAdd(mu, momentum[i], move);
            }

            theta[i] -= eta * move;
        }
    }

    private static int UpdateVectors(
        Span<float> theta,
        ReadOnlySpan<float> gradient,
        Span<float> square,
        Span<float> momentum,
        (float Alpha, float Share, float Epsilon, float Mu, float Eta) k)
    {
        var t = MemoryMarshal.Cast<float, Vector<float>>(theta);
        var gs = MemoryMarshal.Cast<float, Vector<float>>(gradient);
        var vs = MemoryMarshal.Cast<float, Vector<float>>(square);
        var ms = MemoryMarshal.Cast<float, Vector<float>>(momentum);
        Vector<float> alpha = new(k.Alpha), epsilon = new(k.Epsilon), mu = new(k.Mu);
        for (var i = 0; i < t.Length; i++)
        {
            var g = gs[i];
            var v = vs[i] = Vector.FusedMultiplyAdd(alpha, vs[i], k.Share * g * g);
            var move = g / (Vector.SquareRoot(v) + epsilon);
            if (ms.Length > 0)
            {
                move = ms[i] = Vector.FusedMultiplyAdd(mu, ms[i], move);
            }

            t[i] -= k.Eta * move;
        }

        return t.Length * Vector<float>.Count;
    }

    private void UpdateTensors(Tensor theta, Tensor gradient)
    {
        using var noGrad = no_grad();
        using var scope = NewDisposeScope();
        _square.mul_(Of(_recipe.Decay)).addcmul_(gradient, gradient, Of(1 - _recipe.Decay));
        var root = _square.sqrt().AddInPlace(_recipe.Epsilon);
        if (_momentum is null)
        {
            theta.addcdiv_(gradient, root, Of(-Rate));
            return;
        }

        _momentum.mul_(Of(_recipe.Momentum)).addcdiv_(gradient, root, Of(1));
        theta.add_(_momentum, Of(-Rate));
    }
}
