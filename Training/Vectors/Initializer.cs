using TorchSharp;
using static DistGan.Training.Arithmetic.Scalars;
using static TorchSharp.torch;

namespace DistGan.Training.Vectors;

/// <summary>How an entry of a vector gets its first value.</summary>
/// <param name="Mean">Mean of the normal distribution, or centre of the uniform one.</param>
/// <param name="Spread">Standard deviation of the normal distribution, or half-width of the uniform one; 0 for a constant.</param>
/// <param name="IsUniform">Uniform instead of normal.</param>
public readonly record struct Initializer(double Mean, double Spread, bool IsUniform)
{
    public static Initializer Zero => Constant(0);

    public static Initializer Constant(double value) => new(value, 0, false);

    /// <summary>N(mean, std²), as DCGAN uses (Radford et al. 2016, section 4: std 0.02).</summary>
    public static Initializer Normal(double mean, double std) => new(mean, std, false);

    /// <summary>N(0, 2/fanIn) for layers followed by a rectifier (He et al. 2015, equation 10).</summary>
    public static Initializer He(long fanIn) => new(0, Math.Sqrt(2.0 / fanIn), false);

    /// <summary>U(−√(6/(fanIn+fanOut)), √(6/(fanIn+fanOut))) (Glorot and Bengio 2010, equation 16).</summary>
    public static Initializer Glorot(long fanIn, long fanOut) => new(0, Math.Sqrt(6.0 / (fanIn + fanOut)), true);

    /// <summary>U(−halfWidth, halfWidth).</summary>
    public static Initializer Uniform(double halfWidth) => new(0, halfWidth, true);

    /// <summary>Fills <paramref name="values"/> in place.</summary>
    public void Fill(Tensor values, Generator generator)
    {
        if (Spread == 0)
        {
            values.fill_(Of(Mean));
        }
        else if (IsUniform)
        {
            values.uniform_(Mean - Spread, Mean + Spread, generator);
        }
        else
        {
            values.normal_(Mean, Spread, generator);
        }
    }
}
