using DistGan.Training.Vectors;
using static TorchSharp.torch;

namespace DistGan.Training.Tests.Vectors;

public sealed class InitializerTests
{
    private const int Count = 20_000;

    public static TheoryData<string, double, double> Moments => new()
    {
        { "normal", 1, 0.02 },
        { "he", 0, Math.Sqrt(2.0 / 50) },
        { "glorot", 0, Math.Sqrt(6.0 / 80) / Math.Sqrt(3) },
        { "constant", 3, 0 },
    };

    [Theory]
    [MemberData(nameof(Moments))]
    public void Fill_EachKind_HasItsMeanAndStandardDeviation(string kind, double mean, double deviation)
    {
        using var scope = NewDisposeScope();
        var values = Filled(Of(kind), seed: 1);

        // Five standard errors.
        Assert.Equal(mean, values.mean().item<double>(), 5 * deviation / Math.Sqrt(Count) + 1e-12);
        Assert.Equal(deviation, values.std().item<double>(), 5 * deviation / Math.Sqrt(2 * Count) + 1e-12);
    }

    [Fact]
    public void Fill_Glorot_StaysWithinItsBound()
    {
        using var scope = NewDisposeScope();

        Assert.InRange(Filled(Of("glorot"), 1).abs().max().item<double>(), 0.99 * Math.Sqrt(6.0 / 80), Math.Sqrt(6.0 / 80));
    }

    [Fact]
    public void Fill_SameSeed_GivesTheSameBytes()
    {
        using var scope = NewDisposeScope();

        Numbers.AssertSameBytes(Filled(Of("he"), 5), Filled(Of("he"), 5));
        Assert.NotEqual(VectorBytes.Copy(Filled(Of("he"), 5)), VectorBytes.Copy(Filled(Of("he"), 6)));
    }

    private static Initializer Of(string kind) => kind switch
    {
        "normal" => Initializer.Normal(1, 0.02),
        "he" => Initializer.He(50),
        "glorot" => Initializer.Glorot(50, 30),
        _ => Initializer.Constant(3),
    };

    private static Tensor Filled(Initializer initializer, long seed)
    {
        using var generator = new Generator();
        generator.manual_seed(seed);
        var values = zeros(Count, ScalarType.Float64);
        initializer.Fill(values, generator);
        return values;
    }
}
