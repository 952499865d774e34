using DistGan.Recipes;

namespace DistGan.Recipes.Tests.Topology;

public sealed class GossipRuleTests
{
    private static readonly GossipRule Half = new(0.5, 4);

    [Theory]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(7)]
    public void Partners_OfAnyNumberOfReplicas_AreAllOthersAndEachIsFirstAsOften(int replicas)
    {
        const int Boundaries = 6000;
        var first = new int[replicas];
        for (var boundary = 1; boundary <= Boundaries; boundary++)
        {
            var partners = GossipRule.Partners(new SeedSequence(3, 1), boundary, replicas);
            Assert.Equal(Enumerable.Range(0, replicas).Where(static replica => replica != 1), partners.Order());
            first[partners[0]]++;
        }

        // Four standard deviations of a fair draw.
        var fair = (double)Boundaries / (replicas - 1);
        Assert.All(first.Where((_, replica) => replica != 1), count => Assert.Equal(fair, count, 4 * Math.Sqrt(fair)));
    }

    [Fact]
    public void Partners_OfOneReplicaAndBoundary_AreAFunctionOfTheSeed()
    {
        Assert.Equal(Draws(3, 1), Draws(3, 1));
        Assert.NotEqual(Draws(3, 1), Draws(4, 1));
        Assert.NotEqual(Draws(3, 5), Draws(3, 6));
        Assert.Equal([0, 1, 2], GossipRule.Partners(new SeedSequence(3, 9), 1, 3).Order());
        Assert.Empty(GossipRule.Partners(new SeedSequence(3, 0), 1, 1));

        static int[] Draws(long seed, int replica) => [.. Enumerable.Range(1, 20).Select(boundary => GossipRule.Partners(new SeedSequence(seed, replica), boundary, 5)[0])];
    }

    [Theory]
    [InlineData(10, 10, 0.5, 10)]
    [InlineData(10, 6, 0.5, 10)]
    [InlineData(10, 13, 0.5, 12)]
    [InlineData(10, 14, 0.5, 12)]
    [InlineData(10, 15, 1.0, 15)]
    public void Towards_PartnerWithinReach_IsTheShareOrAllOfTheWayOfOneLeftBehind(long own, long partner, double pull, long rounds)
        => Assert.Equal((pull, rounds), Half.Towards(own, partner));

    [Fact]
    public void Towards_PartnerTooFarBehind_IsNothing() => Assert.Null(Half.Towards(10, 5));

    [Fact]
    public void Towards_PartnerThatHasDied_IsLetGoOfAfterTheRoundsThatMayLieBetween()
    {
        var (own, moves) = (10L, 0);
        for (var round = 0; round < 20; round++)
        {
            own++;
            if (Half.Towards(own, 10) is var (_, rounds))
            {
                (own, moves) = (rounds, moves + 1);
            }
        }

        Assert.Equal((30L, 4), (own, moves));
    }

    [Fact]
    public void Towards_ReplicaOfAThirdOfTheSpeed_StaysInReachOfTheOther()
    {
        var (fast, slow) = (0L, 0L);
        for (var round = 1; round <= 300; round++)
        {
            fast++;
            if (round % 3 == 0)
            {
                slow = Half.Towards(slow + 1, fast)!.Value.Rounds;
            }

            Assert.NotNull(Half.Towards(fast, slow));
        }

        Assert.Equal(300, fast);
    }
}
