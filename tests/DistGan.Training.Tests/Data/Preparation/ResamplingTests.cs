using CsCheck;
using DistGan.Training.Data;
using DistGan.Training.Data.Preparation;

namespace DistGan.Training.Tests.Data.Preparation;

public sealed class ResamplingTests
{
    [Fact]
    public void ResampleAxis_AnySizes_HasWeightsThatSumToOneWithinTheInputs()
        => Gen.Select(Gen.Int[1, 300], Gen.Int[1, 80]).Sample((from, to) =>
        {
            var axis = new ResampleAxis(from, to);
            for (var o = 0; o < to; o++)
            {
                var weights = axis.WeightsOf(o).ToArray();
                Assert.Equal(1, weights.Sum(), 1e-5);
                Assert.All(weights, static weight => Assert.InRange(weight, 0, 1.000001f));
                Assert.InRange(axis.StartOf(o), 0, from - weights.Length);
            }
        });

    [Fact]
    public void ResampleAxis_FiveToTwo_SharesTheMiddle()
    {
        var axis = new ResampleAxis(5, 2);

        Assert.Equal([0.4f, 0.4f, 0.2f], axis.WeightsOf(0).ToArray());
        Assert.Equal([0.2f, 0.4f, 0.4f], axis.WeightsOf(1).ToArray());
        Assert.Equal((0, 1), axis.OutputsOf(2));
    }

    [Fact]
    public void Apply_SixteenToEight_AveragesEachSquareOfFour()
    {
        var stored = new byte[16 * 16];
        new Random(5).NextBytes(stored);
        var result = new byte[64];

        new ImagePreparation(new SampleShape(1, 16, 16), 8, null).Apply(stored, result);

        for (var i = 0; i < 64; i++)
        {
            var (y, x) = (2 * (i / 8), 2 * (i % 8));
            var mean = (stored[16 * y + x] + stored[16 * y + x + 1] + stored[16 * y + 16 + x] + stored[16 * y + 17 + x]) / 4.0;
            Assert.InRange(result[i] - mean, -0.51, 0.51);
        }
    }

    [Fact]
    public void Apply_StripesShrunkFourTimes_DoNotAlias()
    {
        var stored = new byte[64 * 64];
        for (var i = 0; i < stored.Length; i++)
        {
            stored[i] = (byte)(i % 2 * 255);
        }

        var result = new byte[16 * 16];
        new ImagePreparation(new SampleShape(1, 64, 64), 16, null).Apply(stored, result);

        Assert.All(result, static value => Assert.InRange(value, 127, 128));
    }

    [Fact]
    public void Apply_GreyToColours_RepeatsThePlaneAndBackGivesTheSame()
    {
        var stored = new byte[81];
        new Random(5).NextBytes(stored);
        var (colours, grey) = (new byte[3 * 100], new byte[100]);

        new ImagePreparation(new SampleShape(1, 9, 9), 10, 3).Apply(stored, colours);
        new ImagePreparation(new SampleShape(3, 10, 10), 10, 1).Apply(colours, grey);

        Assert.Equal(colours[..100], colours[200..]);
        Assert.Equal(colours[..100], grey);
    }
}
