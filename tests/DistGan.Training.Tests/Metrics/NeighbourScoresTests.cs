using DistGan.Recipes;
using DistGan.Training.Metrics;
using static TorchSharp.torch;

namespace DistGan.Training.Tests.Metrics;

public sealed class NeighbourScoresTests
{
    [Fact]
    public void Of_PointsOnALine_IsTheValueByHand()
    {
        // k = 1. Radii of 0, 1, 3, 10: 1, 1, 2, 7. Radii of 1, 5, 50: 4, 4, 45.
        using var real = Numbers.Of([4, 1], 0, 1, 3, 10);
        using var generated = Numbers.Of([3, 1], 1, 5, 50);

        var scores = NeighbourScores.Of(real, generated, k: 1);

        // 1 lies in the balls of 0 (at its edge), of 1 and of 3 (at its edge), 5 in those of 3 (edge) and of 10; 50 in none.
        Assert.Equal(2 / 3.0, scores.Precision, 1e-12);
        Assert.Equal(5 / 3.0, scores.Density, 1e-12);
        Assert.Equal(1, scores.Coverage, 1e-12);
        // Balls of 1 and 5 reach from −3 to 9, that of 50 from 5 to 95: 10 lies in the last.
        Assert.Equal(1, scores.Recall, 1e-12);
    }

    [Theory]
    [InlineData(40, 30, 3, 5)]
    [InlineData(12, 20, 30, 3)]
    public void Of_RandomSets_IsThatOfTheLoops(int n, int m, int width, int k)
    {
        using var real = Numbers.Normal(1, ScalarType.Float64, n, width);
        using var generated = Numbers.Normal(2, ScalarType.Float64, m, width) * 0.9 + 0.2;
        var expected = Loops(Rows(real), Rows(generated), k);

        AssertEqual(expected, NeighbourScores.Of(real, generated, k));
        AssertEqual(expected, NeighbourScores.Of(real, generated, k, mostDistances: n + 1));
        AssertEqual(expected, NeighbourScores.Of(real.flip(0), generated.flip(0), k));
    }

    [Fact]
    public void Of_TheSameSet_IsOne()
    {
        using var set = Numbers.Normal(1, ScalarType.Float32, 50, 4);

        var scores = NeighbourScores.Of(set, set);

        Assert.Equal((1, 1, 1), (scores.Precision, scores.Recall, scores.Coverage));
        Assert.True(scores.Density >= 1);
    }

    [Fact]
    public void Of_SetsFarApart_IsZero()
    {
        using var real = Numbers.Normal(1, ScalarType.Float64, 50, 4);
        using var generated = real + 100;

        AssertEqual(new(0, 0, 0, 0), NeighbourScores.Of(real, generated));
    }

    [Fact]
    public void Of_OneVectorManyTimesInBoth_IsPrecise()
    {
        using var set = full([9, 3], 0.1);

        // Every radius is 0 and every distance too: the edge counts. Each ball holds all nine.
        AssertEqual(new(1, 1, 9.0 / 5, 1), NeighbourScores.Of(set, set));
    }

    [Fact]
    public void Of_CollapseOntoARealVector_IsPreciseAndCoversLittle()
    {
        using var real = Numbers.Normal(1, ScalarType.Float64, 200, 4);
        using var generated = real.narrow(0, 0, 1).expand(100, -1).contiguous();

        var scores = NeighbourScores.Of(real, generated);

        Assert.Equal(1, scores.Precision);
        Assert.InRange(scores.Coverage, 1.0 / 200, 0.1);
        Assert.Equal(1.0 / 200, scores.Recall);
    }

    [Fact]
    public void Of_NaN_IsNaN()
    {
        using var real = full([9, 3], double.NaN);
        using var generated = zeros(9, 3);

        AssertEqual(new(double.NaN, double.NaN, double.NaN, double.NaN), NeighbourScores.Of(real, generated));
    }

    [Fact]
    public void Of_NoMoreThanKVectors_IsRefused()
    {
        using var real = zeros(5, 3);
        using var generated = zeros(9, 3);

        Assert.Contains("at least 6", Assert.Throws<DistGanException>(() => NeighbourScores.Of(real, generated)).Message);
    }

    private static NeighbourScores Loops(double[][] x, double[][] y, int k)
    {
        double D(double[] a, double[] b) => Math.Sqrt(a.Zip(b, static (p, q) => (p - q) * (p - q)).Sum());
        double[] Radii(double[][] set) => [.. set.Select((a, i) => set.Where((_, j) => j != i).Select(b => D(a, b)).Order().ElementAt(k - 1))];
        var (real, generated) = (Radii(x), Radii(y));
        var inReal = y.Select(b => x.Where((a, i) => D(a, b) <= real[i]).Count()).ToArray();
        return new(
            inReal.Count(static balls => balls > 0) / (double)y.Length,
            x.Count(a => y.Where((b, j) => D(a, b) <= generated[j]).Any()) / (double)x.Length,
            inReal.Sum() / (double)(k * y.Length),
            x.Where((a, i) => y.Any(b => D(a, b) <= real[i])).Count() / (double)x.Length);
    }

    private static void AssertEqual(NeighbourScores expected, NeighbourScores actual)
    {
        Assert.Equal(expected.Precision, actual.Precision, 1e-12);
        Assert.Equal(expected.Recall, actual.Recall, 1e-12);
        Assert.Equal(expected.Density, actual.Density, 1e-12);
        Assert.Equal(expected.Coverage, actual.Coverage, 1e-12);
    }

    private static double[][] Rows(Tensor tensor) => [.. Numbers.Doubles(tensor).Chunk((int)tensor.shape[1])];
}
