using DistGan.Training.Arithmetic;
using TorchSharp;

namespace DistGan.Training.Tests.Arithmetic;

public sealed class RecentScalarsTests
{
    private const int Generation = 8;

    [Fact]
    public void Of_TheSameNumber_IsTheSameObject()
    {
        var scalars = new RecentScalars(Generation, static bits => bits.ToScalar());

        Assert.Same(scalars.Of(3), scalars.Of(3));
        Assert.NotSame(scalars.Of(3), scalars.Of(4));
    }

    [Fact]
    public void Of_AsManyOtherNumbersAsAGeneration_KeepsTheFirst()
    {
        // Wherever in its generation the number is asked for first.
        for (var before = 0; before < 2 * Generation; before++)
        {
            var scalars = new RecentScalars(Generation, static bits => bits.ToScalar());
            Ask(scalars, -before, before);
            var first = scalars.Of(1000);

            Ask(scalars, 1, Generation);

            Assert.Same(first, scalars.Of(1000));
        }
    }

    [Fact]
    public void Of_NumbersThatPassBetweenConstants_KeepsTheConstants()
    {
        var scalars = new RecentScalars(Generation, static bits => bits.ToScalar());
        Scalar[] constants = [scalars.Of(1), scalars.Of(2)];

        for (var step = 0; step < 100; step++)
        {
            _ = scalars.Of(1000 + step);
            Assert.Equal(constants, [scalars.Of(1), scalars.Of(2)]);
        }
    }

    [Fact]
    public void Of_ManyNumbers_IsBounded()
    {
        var scalars = new RecentScalars(Generation, static bits => bits.ToScalar());

        Ask(scalars, 0, 1000);

        Assert.InRange(scalars.Count, Generation, 2 * Generation);
    }

    private static void Ask(RecentScalars scalars, int from, int count)
    {
        for (var i = 0; i < count; i++)
        {
            _ = scalars.Of(from + i);
        }
    }
}
