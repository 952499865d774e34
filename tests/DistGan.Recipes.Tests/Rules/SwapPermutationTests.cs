using DistGan.Recipes;

namespace DistGan.Recipes.Tests.Rules;

public sealed class SwapPermutationTests
{
    [Theory]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(5)]
    [InlineData(7)]
    [InlineData(64)]
    public void Of_AnyNumberOfPlaces_IsOneCycleThroughAll(int places)
    {
        for (var swap = 1; swap <= 50; swap++)
        {
            var targets = SwapPermutation.Of(1, swap, places);

            var (at, visited) = (0, new HashSet<int>());
            while (visited.Add(at))
            {
                Assert.NotEqual(at, targets[at]);
                at = targets[at];
            }

            Assert.Equal((0, places), (at, visited.Count));
        }
    }

    [Fact]
    public void Of_SeedAndNumber_DecideAlone()
    {
        Assert.Equal(SwapPermutation.Of(3, 4, 7), SwapPermutation.Of(3, 4, 7));
        Assert.NotEqual(SwapPermutation.Of(3, 4, 7), SwapPermutation.Of(3, 5, 7));
        Assert.NotEqual(SwapPermutation.Of(3, 4, 7), SwapPermutation.Of(4, 4, 7));
    }

    [Fact]
    public void Of_ManySwapsOfThree_DrawsBothCyclesEquallyOften()
    {
        var first = Enumerable.Range(1, 2000).Count(static swap => SwapPermutation.Of(1, swap, 3)[0] == 1);

        Assert.InRange(first, 900, 1100);
    }

    [Fact]
    public void Of_OnePlace_IsRefused() => Assert.Throws<ArgumentOutOfRangeException>(() => SwapPermutation.Of(1, 1, 1));
}
