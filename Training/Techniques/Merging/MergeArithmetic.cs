using System.Runtime.InteropServices;
using DistGan.Recipes;
using DistGan.Training.Arithmetic;
using DistGan.Training.Links;
using DistGan.Training.Vectors;
using TorchSharp;
using static DistGan.Training.Arithmetic.Scalars;
using static TorchSharp.torch;

namespace DistGan.Training.Techniques.Merging;

/// <summary>How a merge changes a vector that was trained on since it was contributed.</summary>
public static class MergeArithmetic
{
    /// <summary>
    /// θ ← θ + p·(m − c), computed in double precision and rounded once: where nothing was trained since the contribution (θ = c)
    /// and p = 1, θ becomes m itself, so replicas of one merge are equal.
    /// </summary>
    /// <param name="values">θ, float32, 1-D; changed in place.</param>
    /// <param name="target">m and c.</param>
    /// <param name="pull">p.</param>
    /// <exception cref="DistGanException">The lengths differ.</exception>
    public static void Move(Tensor values, MergeTarget target, double pull)
    {
        using var scope = NewDisposeScope();
        using var noGrad = no_grad();
        var (m, c) = (Load(values, target.Target), Load(values, target.Contributed));
        values.copy_(Moved(values, m, c, pull));
    }

    /// <summary>
    /// As <see cref="Move"/> for running statistics β, and then into the interval of the three: min(β, m, c) ≤ β' ≤ max(β, m, c). They
    /// forget their past within a round, so a whole difference could make a variance negative.
    /// </summary>
    public static void MoveStatistics(Tensor values, MergeTarget target, double pull)
    {
        using var scope = NewDisposeScope();
        using var noGrad = no_grad();
        var (m, c) = (Load(values, target.Target), Load(values, target.Contributed));
        var (low, high) = (minimum(values, minimum(m, c)), maximum(values, maximum(m, c)));
        values.copy_(minimum(maximum(Moved(values, m, c, pull), low), high));
    }

    /// <summary>θ ← m.</summary>
    public static void Replace(Tensor values, ReadOnlyMemory<float> target)
    {
        Check(values, target);
        VectorBytes.Load(values, MemoryMarshal.AsBytes(target.Span));
    }

    private static Tensor Moved(Tensor values, Tensor m, Tensor c, double pull)
        => m.to_type(ScalarType.Float64).sub_(c).mul_(Of(pull)).AddInPlace(values).to_type(ScalarType.Float32);

    private static Tensor Load(Tensor values, ReadOnlyMemory<float> numbers)
    {
        Check(values, numbers);
        var loaded = empty_like(values);
        VectorBytes.Load(loaded, MemoryMarshal.AsBytes(numbers.Span));
        return loaded;
    }

    private static void Check(Tensor values, ReadOnlyMemory<float> numbers)
    {
        if (values.numel() != numbers.Length)
        {
            throw new DistGanException($"A merge of {numbers.Length} numbers does not fit a vector of {values.numel()}: all replicas of a job must have the same networks.");
        }
    }
}
