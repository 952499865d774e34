using DistGan.Recipes;
using DistGan.Training.Metrics;
using static TorchSharp.torch;

namespace DistGan.Training.Tests.Metrics;

public sealed class KernelDistanceTests
{
    private static readonly SeedSequence Seeds = new(1, 0);

    [Fact]
    public void Between_TwoVectorsOfOneNumber_IsTheValueByHand()
    {
        // k(x, y) = (xy + 1)³: k(0,1) = 1, k(2,3) = 343, cross: k(0,2) = 1, k(0,3) = 1, k(1,2) = 27, k(1,3) = 64.
        using var one = Numbers.Of([2, 1], 0, 1);
        using var two = Numbers.Of([2, 1], 2, 3);

        var distance = KernelDistance.Between(one, two, Seeds);

        Assert.Equal(1 + 343 - 2 * (1 + 1 + 27 + 64) / 4.0, distance.Mean, 1e-12);
        Assert.Equal((double.NaN, 2), (distance.StandardError, distance.SubsetSize));
    }

    [Theory]
    [InlineData(7, 7, 3)]
    [InlineData(5, 5, 20)]
    public void Between_WholeSets_IsThatOfTheLoops(int m, int n, int width)
    {
        using var one = Numbers.Normal(1, ScalarType.Float64, m, width);
        using var two = Numbers.Normal(2, ScalarType.Float64, n, width) + 0.5;

        Assert.Equal(Loops(Rows(one), Rows(two)), KernelDistance.Between(one, two, Seeds).Mean, 1e-10);
        Assert.Equal(Loops(Rows(one), Rows(two)), KernelDistance.Between(one.flip(0), two.flip(0), Seeds).Mean, 1e-10);
    }

    [Fact]
    public void Between_SetsOfUnequalSize_TakesSubsetsOfTheSmallerFromEach()
    {
        using var few = Numbers.Normal(1, ScalarType.Float64, 6, 3);
        using var many = Numbers.Normal(2, ScalarType.Float64, 40, 3);

        var distance = KernelDistance.Between(few, many, Seeds);
        var swapped = KernelDistance.Between(many, few, Seeds);

        Assert.Equal((6, 6), (distance.SubsetSize, swapped.SubsetSize));
        Assert.True(distance.StandardError > 0);
        Assert.Equal(distance.Mean, swapped.Mean, 5 * (distance.StandardError + swapped.StandardError));
    }

    [Fact]
    public void Between_DrawsOfOneDistribution_IsZeroWithinItsError()
    {
        using var one = Numbers.Normal(1, ScalarType.Float64, 600, 4);
        using var two = Numbers.Normal(2, ScalarType.Float64, 600, 4);
        using var far = two + 1;

        Assert.InRange(KernelDistance.Between(one, two, Seeds, 100).Mean, -0.1, 0.1);
        Assert.True(KernelDistance.Between(one, far, Seeds, 100).Mean > 1);
    }

    [Fact]
    public void Between_TheSameSeed_IsTheSameAndAnotherSeedDiffersLittle()
    {
        using var one = Numbers.Normal(1, ScalarType.Float64, 300, 4);
        using var two = Numbers.Normal(2, ScalarType.Float64, 200, 4) + 1;

        var first = KernelDistance.Between(one, two, Seeds, 50);
        var other = KernelDistance.Between(one, two, new SeedSequence(2, 0), 50);

        Assert.Equal(first, KernelDistance.Between(one, two, Seeds, 50));
        Assert.NotEqual(first.Mean, other.Mean);
        Assert.Equal(first.Mean, other.Mean, 6 * first.StandardError);
        // Another order draws other subsets of the same sets.
        Assert.Equal(first.Mean, KernelDistance.Between(one.flip(0), two.flip(0), Seeds, 50).Mean, 6 * first.StandardError);
    }

    [Fact]
    public void Between_NaN_IsNaN()
    {
        using var one = full([3, 2], double.NaN);
        using var two = zeros(3, 2);

        Assert.Equal(double.NaN, KernelDistance.Between(one, two, Seeds).Mean);
    }

    [Theory]
    [InlineData(1, 3, 3)]
    [InlineData(3, 3, 4)]
    public void Between_SetsThatDoNotFit_AreRefused(int m, int width, int otherWidth)
    {
        using var one = zeros(m, width);
        using var two = zeros(3, otherWidth);

        Assert.Throws<DistGanException>(() => KernelDistance.Between(one, two, Seeds));
    }

    private static double Loops(double[][] x, double[][] y)
    {
        double K(double[] a, double[] b) => Math.Pow(a.Zip(b, static (p, q) => p * q).Sum() / a.Length + 1, 3);
        double Inner(double[][] set) => set.SelectMany((a, i) => set.Where((_, j) => j != i).Select(b => K(a, b))).Average();
        return Inner(x) + Inner(y) - 2 * x.SelectMany(a => y.Select(b => K(a, b))).Average();
    }

    private static double[][] Rows(Tensor tensor) => [.. Numbers.Doubles(tensor).Chunk((int)tensor.shape[1])];
}
