using TorchSharp;

namespace DistGan.Training.Arithmetic;

/// <summary>The numbers of formulas over tensors, as scalars that live while native code reads them.</summary>
/// <remarks>
/// The library gives native code the address of a <see cref="Scalar"/> and nothing keeps the object after that, so a garbage
/// collection within the call may free what the call still reads. What <see cref="Of(double)"/> returns lives until its thread has
/// asked for <see cref="Generation"/> other numbers; it must not be disposed or given to another thread (decision 0109).
/// </remarks>
public static class Scalars
{
    /// <summary>A scalar lives at least until its thread has asked for so many others of its kind.</summary>
    internal const int Generation = 512;

    [ThreadStatic]
    private static RecentScalars? _reals;

    [ThreadStatic]
    private static RecentScalars? _integers;

    /// <summary>A float64 scalar: beside a tensor of a floating type it takes the tensor's type.</summary>
    public static Scalar Of(double value)
        => (_reals ??= new RecentScalars(Generation, static bits => BitConverter.Int64BitsToDouble(bits).ToScalar()))
            .Of(BitConverter.DoubleToInt64Bits(value));

    /// <summary>An int64 scalar: beside a tensor of integers it leaves the tensor's type as it is.</summary>
    public static Scalar Of(long value) => (_integers ??= new RecentScalars(Generation, static bits => bits.ToScalar())).Of(value);
}
