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
/// Adam: m ← β₁m + (1−β₁)g, v ← β₂v + (1−β₂)g², θ ← θ − η·(m/(1−β₁ᵗ)) / (√(v/(1−β₂ᵗ)) + ε)
/// (Kingma and Ba 2015, algorithm 1), in one pass over the flat vectors on the CPU, as tensor operations elsewhere.
/// </summary>
public sealed class Adam : IOptimizer
{
    private readonly AdamRecipe _recipe;
    private readonly Tensor _first;
    private readonly Tensor _second;

    /// <param name="recipe">η, β₁, β₂, ε.</param>
    /// <param name="like">A tensor of the length, type and device of θ.</param>
    public Adam(AdamRecipe recipe, Tensor like)
    {
        _recipe = recipe;
        Rate = recipe.Rate;
        _first = zeros_like(like).DetachFromDisposeScope();
        _second = zeros_like(like).DetachFromDisposeScope();
        State = new Dictionary<string, Tensor> { ["first"] = _first, ["second"] = _second };
    }

    public double Rate { get; set; }

    public long Updates { get; set; }

    public IReadOnlyDictionary<string, Tensor> State { get; }

    public void Update(ParameterVector parameters)
    {
        Updates++;
        if (FlatNumbers.Serve(parameters.Values))
        {
            UpdateSpans(FlatNumbers.Of(parameters.Values), FlatNumbers.Of(parameters.Gradient), FlatNumbers.Of(_first), FlatNumbers.Of(_second));
        }
        else
        {
            UpdateTensors(parameters.Values, parameters.Gradient);
        }

        parameters.Refresh();
    }

    public void Dispose()
    {
        _first.Dispose();
        _second.Dispose();
    }

    private (double Step, double Root) Corrections()
        => (Rate / (1 - Math.Pow(_recipe.Beta1, Updates)), 1 / Math.Sqrt(1 - Math.Pow(_recipe.Beta2, Updates)));

    private void UpdateSpans(Span<float> theta, ReadOnlySpan<float> gradient, Span<float> first, Span<float> second)
    {
        var (step, root) = Corrections();
        float b1 = (float)_recipe.Beta1, b2 = (float)_recipe.Beta2, c1 = (float)(1 - _recipe.Beta1), c2 = (float)(1 - _recipe.Beta2);
        float epsilon = (float)_recipe.Epsilon, eta = (float)step, scale = (float)root;
        var done = UpdateVectors(theta, gradient, first, second, (b1, c1, b2, c2, eta, scale, epsilon));
        for (var i = done; i < theta.Length; i++)
        {
            var g = gradient[i];
            var m = first[i] = MathF.FusedMultiplyAdd(b1, first[i], c1 * g);
            var v = second[i] = MathF.FusedMultiplyAdd(b2, second[i], c2 * g * g);
            theta[i] -= eta * m / MathF.FusedMultiplyAdd(MathF.Sqrt(v), scale, epsilon);
        }
    }

    private static int UpdateVectors(
        Span<float> theta,
        ReadOnlySpan<float> gradient,
        Span<float> first,
        Span<float> second,
        (float B1, float C1, float B2, float C2, float Eta, float Scale, float Epsilon) k)
    {
        var t = MemoryMarshal.Cast<float, Vector<float>>(theta);
        var gs = MemoryMarshal.Cast<float, Vector<float>>(gradient);
        var ms = MemoryMarshal.Cast<float, Vector<float>>(first);
        var vs = MemoryMarshal.Cast<float, Vector<float>>(second);
        Vector<float> b1 = new(k.B1), b2 = new(k.B2), scale = new(k.Scale), epsilon = new(k.Epsilon);
        for (var i = 0; i < t.Length; i++)
        {
            var g = gs[i];
            var m = ms[i] = Vector.FusedMultiplyAdd(b1, ms[i], k.C1 * g);
            var v = vs[i] = Vector.FusedMultiplyAdd(b2, vs[i], k.C2 * g * g);
            t[i] -= k.Eta * m / Vector.FusedMultiplyAdd(Vector.SquareRoot(v), scale, epsilon);
        }

        return t.Length * Vector<float>.Count;
    }

    private void UpdateTensors(Tensor theta, Tensor gradient)
    {
        using var noGrad = no_grad();
        using var scope = NewDisposeScope();
        var (step, root) = Corrections();
        _first.mul_(Of(_recipe.Beta1)).add_(gradient, Of(1 - _recipe.Beta1));
        _second.mul_(Of(_recipe.Beta2)).addcmul_(gradient, gradient, Of(1 - _recipe.Beta2));
        theta.addcdiv_(_first, _second.sqrt().mul_(Of(root)).AddInPlace(_recipe.Epsilon), Of(-step));
    }
}
