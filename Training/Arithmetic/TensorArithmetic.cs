using System.Runtime.CompilerServices;
using TorchSharp;
using static TorchSharp.torch;

namespace DistGan.Training.Arithmetic;

/// <summary>
/// Arithmetic whose scalars live while native code reads them, in place of members of the library that make one of their own and let
/// go of it: same kernels, same derivatives, same bits. With <see cref="Scalars.Of(double)"/> the library's <c>*</c>, <c>/</c> and
/// <c>x − a</c> are as good (decision 0109).
/// </summary>
public static class TensorArithmetic
{
    /// <summary>softplus(x) = log(1 + eˣ), and x itself above this.</summary>
    private const double SoftplusIsLinearAbove = 20;

    /// <summary>x + y, with the shapes broadcast; for <c>x + y</c>, which multiplies y by a scalar 1 of its own.</summary>
    public static Tensor Plus(this Tensor x, Tensor y) => x.add(y, Scalars.Of(1));

    /// <summary>x + a.</summary>
    public static Tensor Plus(this Tensor x, double a) => x.add(Scalars.Of(a), Scalars.Of(1));

    /// <summary>x + a; a tensor of integers stays one.</summary>
    public static Tensor Plus(this Tensor x, long a) => x.add(Scalars.Of(a), Scalars.Of(1));

    /// <summary>x ← x + y, in place.</summary>
    /// <returns>x.</returns>
    public static Tensor AddInPlace(this Tensor x, Tensor y) => x.add_(y, Scalars.Of(1));

    /// <summary>x ← x + a, in place.</summary>
    /// <returns>x.</returns>
    public static Tensor AddInPlace(this Tensor x, double a) => x.add_(Scalars.Of(a), Scalars.Of(1));

    /// <summary>a − x.</summary>
    /// <param name="a">From <see cref="Scalars"/>.</param>
    /// <param name="x">Any shape.</param>
    public static Tensor Minus(this Scalar a, Tensor x) => x.negative().add(a, Scalars.Of(1));

    /// <summary>x².</summary>
    public static Tensor Squared(this Tensor x) => x.pow(Scalars.Of(2));

    /// <summary>log(1 + eˣ), elementwise, finite for every finite x.</summary>
    public static Tensor Softplus(this Tensor x) => Softplus(x, Scalars.Of(1.0), Scalars.Of(SoftplusIsLinearAbove));

    /// <summary>0, 1, …, count − 1 as int64 [count].</summary>
    public static Tensor Indices(long count, Device device)
        => arange(Scalars.Of(0), Scalars.Of(count), Scalars.Of(1), ScalarType.Int64, device);

    /// <summary>The library's own softplus with scalars: its public one makes two that nothing keeps.</summary>
    [UnsafeAccessor(UnsafeAccessorKind.Method, Name = "softplus1")]
    private static extern Tensor Softplus(Tensor x, Scalar beta, Scalar threshold);
}
