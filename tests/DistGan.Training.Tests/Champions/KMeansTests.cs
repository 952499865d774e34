using DistGan.Recipes;
using DistGan.Training.Champions;
using TorchSharp;
using static TorchSharp.torch;

namespace DistGan.Training.Tests.Champions;

public sealed class KMeansTests
{
    private static readonly double[][] Line = [[0], [1], [2], [10], [12]];

    [Fact]
    public void Refine_HandComputed_EndsAtTheMeansOfBothGroups()
    {
        // From 1 and 2: {0, 1 | 2, 10, 12} → ½ and 8, {0, 1, 2 | 10, 12} → 1 and 11, where nothing moves; squares 1+0+1+1+1 = 4 over 5.
        var clusters = KMeans.Refine(Line, [[1], [2]]);

        Assert.Equal([[1.0], [11.0]], clusters.Centres);
        Assert.Equal(0.8, clusters.Variance, 1e-15);
    }

    [Fact]
    public void Refine_ACentreWithoutVectors_Stays()
        => Assert.Equal([[5.0], [100.0]], KMeans.Refine(Line, [[0], [100]]).Centres);

    [Fact]
    public void Find_ThreeGroups_FindsThemWhateverTheSeed()
    {
        double[][] vectors = [.. from c in new[] { 0.0, 100, 200 } from d in Enumerable.Range(-2, 5) select new[] { c + d, -c }];

        for (var seed = 0; seed < 20; seed++)
        {
            var centres = KMeans.Find(vectors, 3, new SeedSequence(seed, 0).RandomFor("test")).Centres;
            Assert.Equal([0.0, 100, 200], centres.Select(static centre => centre[0]).Order());
        }
    }

    [Fact]
    public void Find_TheSameSeed_GivesTheSameCentres()
    {
        var random = new SeedSequence(3, 0).RandomFor("vectors");
        double[][] vectors = [.. Enumerable.Range(0, 200).Select(_ => new[] { random.NextDouble(), random.NextDouble() })];

        var (one, two) = (KMeans.Find(vectors, 7, new SeedSequence(1, 0).RandomFor("a")), KMeans.Find(vectors, 7, new SeedSequence(1, 0).RandomFor("a")));

        Assert.Equal(one.Centres, two.Centres);
        Assert.Equal(one.Variance, two.Variance);
    }

    [Fact]
    public void Find_FewerDifferentVectorsThanClusters_IsRefused()
    {
        var error = Assert.Throws<DistGanException>(() => KMeans.Find([[1.0], [1.0], [2.0]], 3, new SeedSequence(1, 0).RandomFor("test")));

        Assert.Contains("have 2: give fewer clusters", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Posterior_HandComputed_IsThatOfEqualGaussians()
    {
        using var features = tensor(new[] { 1f, 0f }, [2, 1]);
        using var p = ModeFinder.Posterior(new Clusters([[0.0], [2.0]], 0.5), features);

        // At 0 the squares are 0 and 4, over 2·½: 1 and e⁻⁴.
        Assert.Equal([0.5, 0.5, 1 / (1 + Math.Exp(-4)), Math.Exp(-4) / (1 + Math.Exp(-4))], p.data<double>().ToArray(), static (a, b) => Math.Abs(a - b) < 1e-12);
    }
}
