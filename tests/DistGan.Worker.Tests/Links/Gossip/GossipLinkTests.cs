using DistGan.Grains.Interfaces.Parameters.Gossip;
using DistGan.Recipes;
using DistGan.Training.Links;
using DistGan.Worker.Links;
using DistGan.Worker.Links.Gossip;
using DistGan.Worker.Tests.Fakes;

namespace DistGan.Worker.Tests.Links.Gossip;

public sealed class GossipLinkTests
{
    private const int Length = (2 * ParameterLink.ShardLength) + 5;
    private static readonly LinkSettings Patient = new() { Patience = TimeSpan.FromSeconds(30), CallTimeout = TimeSpan.FromSeconds(30) };
    private readonly FakeMailboxes _mailboxes = new();

    [Fact]
    public async Task Take_AnotherHasOffered_IsHalfOfTheWayToItsNewestNumbers()
    {
        await using var zero = Make(0, 2);
        await using var one = Make(1, 2);
        using var alone = Exchange(one, Contribution(1, Length, static index => index));
        Exchange(one, Contribution(2, Length, static index => 3 * index)).Dispose();

        using var taken = Exchange(zero, Contribution(2, Length, static index => -index));

        Assert.Equal((0, 1, 0), (alone.Members, alone.Skipped, alone.Vectors.Count));
        Assert.Equal((2, 0, 2L, 0.5), (taken.Members, taken.Skipped, taken.Boundary, taken.Pull));
        Assert.Equal([MergedVector.DiscriminatorParameters, MergedVector.GeneratorParameters], taken.Vectors.Keys.Order());
        var target = taken.Vectors[MergedVector.GeneratorParameters];
        Assert.All(new[] { 0, ParameterLink.ShardLength, Length - 1 }, index => Assert.Equal((-index, 3f * index), (target.Contributed.Span[index], target.Target.Span[index])));
        Assert.Equal(2 * 3, _mailboxes.Keys.Count(static key => key.Vector == MergedVector.GeneratorParameters));
    }

    [Fact]
    public async Task Take_OthersAreTooFarBehindOrGone_ArePassedOverAndCounted()
    {
        await using var zero = Make(0, 4);
        await using var one = Make(1, 4);
        await using var two = Make(2, 4);
        Exchange(one, Contribution(1, 3, static _ => 1)).Dispose();
        _mailboxes.Gone.Add(2);
        for (var boundary = 2; boundary <= 5; boundary++)
        {
            using var near = Exchange(zero, Contribution(boundary, 3, static _ => 5));
            Assert.Equal(2, near.Members);
        }

        // Four rounds may lie between: the one of round 1 is too old, one does not answer, one never offered.
        using var far = Exchange(zero, Contribution(6, 3, static _ => 5));
        Assert.Equal((0, 3, 0), (far.Members, far.Skipped, far.Vectors.Count));

        _mailboxes.Gone.Clear();
        Exchange(two, Contribution(6, 3, static _ => 7)).Dispose();
        using var back = Exchange(zero, Contribution(7, 3, static _ => 5));
        Assert.Equal((2, 7f), (back.Members, back.Vectors[MergedVector.GeneratorParameters].Target.Span[0]));
    }

    [Fact]
    public async Task Take_OneWasLeftBehind_GoesAllTheWayAndIsAsFarAsTheOther()
    {
        await using var zero = Make(0, 2);
        await using var one = Make(1, 2);
        Exchange(one, Contribution(9, 3, static _ => 7)).Dispose();

        using var taken = Exchange(zero, Contribution(2, 3, static _ => 1));
        using var next = Exchange(zero, Contribution(3, 3, static _ => 7, version: taken.Version));

        Assert.Equal((1.0, 7L), (taken.Pull, taken.Version));
        Assert.Equal((0.5, 7L), (next.Pull, next.Version));
    }

    [Fact]
    public async Task Take_NumbersNotFinite_StaysWhereItIsAndNobodySeesThem()
    {
        await using var zero = Make(0, 2);
        await using var one = Make(1, 2);
        Exchange(one, Contribution(1, Length, static _ => 1)).Dispose();

        // Not finite in its last shard, with which the first is not offered either.
        using var refused = Exchange(one, Contribution(2, Length, static index => index == Length - 1 ? float.NaN : 2));
        using var taken = Exchange(zero, Contribution(1, Length, static _ => 3));

        Assert.Equal((0, 0), (refused.Members, refused.Vectors.Count));
        Assert.Equal(1f, taken.Vectors[MergedVector.GeneratorParameters].Target.Span[0]);
        Assert.Equal(1f, taken.Vectors[MergedVector.GeneratorParameters].Target.Span[Length - 1]);
    }

    [Fact]
    public async Task Take_TheOtherIsJustOffering_IsTheWholeOfItsOfferBefore()
    {
        await using var zero = Make(0, 2);
        await using var one = Make(1, 2);
        Exchange(one, Contribution(1, Length, static _ => 1)).Dispose();
        var next = (await _mailboxes.Of(1, MergedVector.DiscriminatorParameters, 0).NewestAsync(1))! with { Sequence = 2, Rounds = 2 };
        await _mailboxes.Of(1, MergedVector.GeneratorParameters, 1).OfferAsync(new GossipOffer { Header = next, Values = new float[ParameterLink.ShardLength] });

        using var taken = Exchange(zero, Contribution(1, Length, static _ => 3));

        Assert.Equal(Enumerable.Repeat(1f, Length), taken.Vectors[MergedVector.GeneratorParameters].Target.ToArray());
    }

    [Fact]
    public async Task CurrentAsync_SeveralHaveOffered_IsTheOneThatIsFurthest()
    {
        await using var zero = Make(0, 5);
        Assert.Null(await zero.CurrentAsync(0));
        for (var replica = 1; replica <= 3; replica++)
        {
            await using var other = Make(replica, 5);
            Exchange(other, Contribution(replica == 2 ? 40 : 30 + replica, 3, _ => replica)).Dispose();
        }

        _mailboxes.Gone.Add(3);
        using var current = await zero.CurrentAsync(10);

        Assert.Equal((10L, 30L), (current!.Boundary, current.Version));
        Assert.Equal(2f, current.Vectors[MergedVector.GeneratorParameters].Target.Span[0]);
    }

    [Fact]
    public async Task Take_OffersOfAnEarlierStart_AreNotSeen()
    {
        await using var before = Make(1, 2);
        Exchange(before, Contribution(1, 3, static _ => 1)).Dispose();
        await using var zero = Make(0, 2, start: 2);

        using var taken = Exchange(zero, Contribution(1, 3, static _ => 3));

        Assert.Equal((0, 1), (taken.Members, taken.Skipped));
        Assert.Null(await zero.CurrentAsync(1));
    }

    [Theory]
    [InlineData(2)]
    [InlineData(5)]
    public async Task Contribute_ReplicasThatTrainNothing_ComeTogether(int replicas)
    {
        var links = Enumerable.Range(0, replicas).Select(replica => Make(replica, replicas)).ToArray();
        var (numbers, versions) = (Enumerable.Range(0, replicas).Select(static replica => new float[] { replica }).ToArray(), new long[replicas]);
        for (var boundary = 1; boundary <= 60; boundary++)
        {
            for (var replica = 0; replica < replicas; replica++)
            {
                using var taken = Exchange(links[replica], Contribution(boundary, numbers[replica], versions[replica]));
                versions[replica] = taken.Version;
                foreach (var (c, m) in taken.Vectors.Values.Where(static target => target.Target.Length == 1).Select(static target => (target.Contributed.Span[0], target.Target.Span[0])))
                {
                    numbers[replica] = [(float)(numbers[replica][0] + (taken.Pull * (m - c)))];
                }
            }
        }

        foreach (var link in links)
        {
            await link.DisposeAsync();
        }

        Assert.InRange(numbers.Max(static values => values[0]) - numbers.Min(static values => values[0]), 0, 1e-3);
        Assert.InRange(numbers[0][0], 0.05, replicas - 1.05);
    }

    private static MergedParameters Exchange(GossipLink link, MergeContribution contribution)
    {
        link.Contribute(contribution);
        return link.Take(contribution.Boundary) ?? throw new TimeoutException($"Nothing came of boundary {contribution.Boundary}.");
    }

    private GossipLink Make(int replica, int replicas, long start = 1) => new(
        new Mailboxes(_mailboxes.Of, Patient.CallTimeout, TimeProvider.System), new GossipRule(0.5, 4), () => replicas, new GossipOwner(new SeedSequence(1, replica), start, 1), Patient, new EventLog(), TimeProvider.System);

    private static MergeContribution Contribution(long boundary, int length, Func<int, float> value, long version = 0)
        => Contribution(boundary, Enumerable.Range(0, length).Select(value).ToArray(), version);

    private static MergeContribution Contribution(long boundary, float[] numbers, long version) => new(boundary, version, 16, new Dictionary<MergedVector, ReadOnlyMemory<float>>
    {
        [MergedVector.DiscriminatorParameters] = new float[2],
        [MergedVector.DiscriminatorStatistics] = ReadOnlyMemory<float>.Empty,
        [MergedVector.GeneratorParameters] = numbers,
    });
}
