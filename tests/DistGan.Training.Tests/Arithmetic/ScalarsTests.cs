using DistGan.Training.Arithmetic;
using TorchSharp;
using static TorchSharp.torch;

namespace DistGan.Training.Tests.Arithmetic;

public sealed class ScalarsTests
{
    [Fact]
    public void Of_WholeAndRealNumbers_HaveTheTypesOfTheirKind()
    {
        Assert.Equal(ScalarType.Int64, Scalars.Of(2).Type);
        Assert.Equal(ScalarType.Int64, Scalars.Of(2L).Type);
        Assert.Equal(ScalarType.Float64, Scalars.Of(2.0).Type);
        Assert.Equal(ScalarType.Float64, Scalars.Of(2f).Type);
    }

    [Fact]
    public void Of_ARealNumber_HasItsBits()
        => Assert.All(
            [0.0, -0.0, 0.1, double.Epsilon, double.MaxValue, double.NegativeInfinity, double.NaN],
            static value => Assert.Equal(BitConverter.DoubleToInt64Bits(value), BitConverter.DoubleToInt64Bits(Scalars.Of(value).ToDouble())));

    [Fact]
    public void Of_NumbersWithEqualBits_AreNotMixedUp()
    {
        var one = BitConverter.DoubleToInt64Bits(1.0);

        Assert.Equal(1.0, Scalars.Of(1.0).ToDouble());
        Assert.Equal(one, Scalars.Of(one).ToInt64());
    }

    [Fact]
    public void Of_OnTwoThreads_AreTwoObjects()
    {
        Scalar? other = null;
        var thread = new Thread(() => other = Scalars.Of(0.25));
        thread.Start();
        thread.Join();

        Assert.NotSame(other, Scalars.Of(0.25));
    }
}
