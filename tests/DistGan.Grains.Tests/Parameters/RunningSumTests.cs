using CsCheck;
using DistGan.Grains.Interfaces.Parameters;
using DistGan.Grains.Parameters;
using DistGan.Recipes;

namespace DistGan.Grains.Tests.Parameters;

public sealed class RunningSumTests
{
    [Fact]
    public void Mean_TwoContributions_IsTheSumOverTheCount()
    {
        var sum = new RunningSum();

        Assert.True(sum.Add([3, -6], 3));
        Assert.True(sum.Add([1, 2], 1));

        Assert.Equal([1f, -1f], sum.Mean());
        Assert.Equal(4, sum.Count);
    }

    [Fact]
    public void Mean_AnyLength_EqualsTheScalarFormula()
        => Gen.Select(Gen.Float[-1e6f, 1e6f].Array[1, 100], Gen.Int[1, 9], Gen.Int[1, 5]).Sample((values, count, times) =>
        {
            var sum = new RunningSum();
            for (var i = 0; i < times; i++)
            {
                sum.Add(values, count);
            }

            Assert.Equal(values.Select(value => (float)(Enumerable.Repeat((double)value, times).Sum() / ((long)count * times))), sum.Mean());
        });

    [Fact]
    public void Add_SmallBesideLarge_IsNotLost()
    {
        var sum = new RunningSum();
        sum.Add([1e8f], 1);
        for (var i = 0; i < 100; i++)
        {
            sum.Add([1f], 1);
        }

        Assert.Equal(1e8 + 100, sum.Capture().Sum.Span[0]);
    }

    [Fact]
    public void Add_NotFinite_IsRefusedCountedAndChangesNothing()
        => Gen.Select(Gen.Int[1, 40], Gen.Int[0, 39], Gen.Int[0, 2].Select(i => new[] { float.NaN, float.PositiveInfinity, float.NegativeInfinity }[i])).Sample((length, place, bad) =>
        {
            var sum = new RunningSum();
            sum.Add(new float[length], 2);
            var values = new float[length];
            values[place % length] = bad;

            Assert.False(sum.Add(values, 1));
            Assert.Equal((2, 1), (sum.Count, sum.Refused));
            Assert.Equal(new float[length], sum.Mean());
        });

    [Fact]
    public void Add_OtherLengthOrNoUpdates_IsAnError()
    {
        var sum = new RunningSum();
        sum.Add([1, 2], 1);

        Assert.Throws<DistGanException>(() => sum.Add([1], 1));
        Assert.Throws<DistGanException>(() => sum.Add([1, 2], 0));
    }

    [Fact]
    public void Restore_Captured_GoesOnWithTheSameBytes()
        => Gen.Float[-1e3f, 1e3f].Array[17].Array[1, 6].Sample(contributions =>
        {
            var sum = new RunningSum();
            foreach (var values in contributions)
            {
                sum.Add(values, 3);
            }

            var restored = new RunningSum();
            restored.Restore(sum.Capture());
            sum.Add(contributions[0], 1);
            restored.Add(contributions[0], 1);

            Assert.Equal(sum.Capture().Sum.ToArray(), restored.Capture().Sum.ToArray());
            Assert.Equal(sum.Mean(), restored.Mean());
        });

    [Fact]
    public void Restore_Null_Empties()
    {
        var sum = new RunningSum();
        sum.Add([1, 2], 1);

        sum.Restore(null);

        Assert.Empty(sum.Mean());
        Assert.True(sum.Add([1], 1));
        Assert.Throws<DistGanException>(() => sum.Restore(new ParameterTotals { Count = 0, Sum = new double[1] }));
    }
}
