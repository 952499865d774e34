using System.Collections.Concurrent;
using DistGan.Grains.Interfaces.Parameters;
using DistGan.Grains.Interfaces.Parameters.Wire;
using DistGan.Recipes;
using DistGan.Training.Links;
using DistGan.Worker.Links;
using DistGan.Worker.Tests.Fakes;

namespace DistGan.Worker.Tests.Links;

public sealed class MergeLinkTests
{
    private const int Length = (2 * ParameterLink.ShardLength) + 5;
    private static readonly MergeSettings Rule = new() { Rule = MergeRule.Mean, Replicas = 2, Quorum = 2, Deadline = TimeSpan.FromSeconds(20), MaxStaleRounds = 1 };
    private static readonly LinkSettings Patient = new() { Patience = TimeSpan.FromSeconds(30), CallTimeout = TimeSpan.FromSeconds(30) };
    private readonly ConcurrentDictionary<(MergedVector Vector, int Shard), FakeMergeGrain> _grains = new();

    [Fact]
    public async Task Take_TwoReplicasOfThreeShards_IsTheMeanOfBothInItsPlace()
    {
        await using var zero = Make(0);
        await using var one = Make(1);
        zero.Contribute(Contribution(1, Length, static index => index));
        one.Contribute(Contribution(1, Length, static index => 3 * index));

        using var left = zero.Take(1);
        using var right = one.Take(1);

        Assert.Equal((2, 1L, 1.0), (left!.Members, left.Version, left.Pull));
        var target = left.Vectors[MergedVector.GeneratorParameters].Target;
        Assert.All(new[] { 0, ParameterLink.ShardLength, Length - 1 }, index => Assert.Equal(2f * index, target.Span[index]));
        Assert.Equal(target.ToArray(), right!.Vectors[MergedVector.GeneratorParameters].Target.ToArray());
        Assert.Equal(3f * (Length - 1), right.Vectors[MergedVector.GeneratorParameters].Contributed.Span[^1]);
        Assert.Equal(3, _grains.Keys.Count(static key => key.Vector == MergedVector.GeneratorParameters));
        Assert.DoesNotContain(_grains.Keys, static key => key.Vector == MergedVector.DiscriminatorStatistics);
    }

    [Fact]
    public async Task Take_TheOtherIsSlow_GivesUpAfterPatienceAndTellsUntilItRecovers()
    {
        var events = new EventLog();
        await using var zero = Make(0, Patient with { Patience = TimeSpan.Zero }, events);
        await using var one = Make(1);
        zero.Contribute(Contribution(1, 3, static _ => 1));

        Assert.Null(zero.Take(1));
        Assert.Equal([EventKinds.MergesStale], events.Kinds);
        one.Contribute(Contribution(1, 3, static _ => 3));
        one.Take(1)!.Dispose();

        // Both pass the same round: what zero asked for is here by now, or comes as the newest older one.
        zero.Contribute(Contribution(2, 3, static _ => 1));
        one.Contribute(Contribution(2, 3, static _ => 3));
        one.Take(2)!.Dispose();
        Assert.True(SpinWait.SpinUntil(() => zero.Take(2) is not null, TimeSpan.FromSeconds(30)), "Nothing came of round 2.");
        Assert.Contains(EventKinds.MergesRecovered, events.Kinds);
    }

    [Fact]
    public async Task Contribute_GrainsLostTheirState_TheNextOneOpensThemAgain()
    {
        await using var zero = Make(0);
        await using var one = Make(1);
        zero.Contribute(Contribution(1, 3, static _ => 1));
        one.Contribute(Contribution(1, 3, static _ => 3));
        zero.Take(1)!.Dispose();
        one.Take(1)!.Dispose();
        Assert.All(_grains.Values, static grain => grain.LoseState());

        zero.Contribute(Contribution(2, 3, static _ => 5));
        Assert.Null(zero.Take(2));
        one.Contribute(Contribution(2, 3, static _ => 5));
        Assert.Null(one.Take(2));
        zero.Contribute(Contribution(3, 3, static _ => 5));
        one.Contribute(Contribution(3, 3, static _ => 7));

        Assert.True(SpinWait.SpinUntil(() => _grains.Values.All(static grain => grain.CaptureAsync().Result is { Version: 1 }), TimeSpan.FromSeconds(30)), "The grains were not opened again.");
    }

    [Fact]
    public async Task Take_OneWasLeftBehind_GoesAllTheWayToTheCentre()
    {
        await using var zero = Make(0);
        await using var one = Make(1);
        for (var boundary = 1; boundary <= 2; boundary++)
        {
            zero.Contribute(Contribution(boundary, 3, static _ => 1, version: boundary - 1));
            one.Contribute(Contribution(boundary, 3, static _ => 3, version: boundary - 1));
            zero.Take(boundary)!.Dispose();
            one.Take(boundary)!.Dispose();
        }

        zero.Contribute(Contribution(3, 3, static _ => 100, version: 0));
        one.Contribute(Contribution(3, 3, static _ => 4, version: 2));
        using var behind = zero.Take(3);
        using var alone = one.Take(3);

        Assert.Equal((0, 2L, 1.0), (behind!.Members, behind.Version, behind.Pull));
        Assert.Equal(2f, behind.Vectors[MergedVector.GeneratorParameters].Target.Span[0]);
        Assert.Empty(alone!.Vectors);
    }

    [Fact]
    public async Task Take_NumbersNotFinite_StaysWhereItIs()
    {
        await using var zero = Make(0);
        await using var one = Make(1);
        zero.Contribute(Contribution(1, 3, static index => index == 1 ? float.NaN : 1));
        one.Contribute(Contribution(1, 3, static _ => 3));

        using var refused = zero.Take(1);
        using var alone = one.Take(1);

        Assert.Empty(refused!.Vectors);
        Assert.Equal((0, 0), (refused.Members, alone!.Members));
    }

    [Fact]
    public async Task CaptureAsync_ThenStartElsewhere_TheMergeGoesOn()
    {
        await using var zero = Make(0);
        await using var one = Make(1);
        zero.Contribute(Contribution(1, Length, static index => index));
        one.Contribute(Contribution(1, Length, static index => 3 * index));
        zero.Take(1)!.Dispose();
        Assert.Null(await new MergeLinkTests().Make(0).CaptureAsync());
        var states = MergeStates.FromArrays([.. (await zero.CaptureAsync())!.ToArrays()]);

        var elsewhere = new MergeLinkTests();
        await using var resumed = elsewhere.Make(0);
        await resumed.StartAsync(states);
        using var current = await resumed.CurrentAsync(4);

        Assert.Equal((1L, 4L), (current!.Version, current.Boundary));
        Assert.Equal(2f * (Length - 1), current.Vectors[MergedVector.GeneratorParameters].Target.Span[^1]);
    }

    [Theory]
    [InlineData(WireFormat.BFloat16, 1e-3)]
    [InlineData(WireFormat.Int8, 4e-3)]
    public async Task Contribute_InFewerBytes_WhatRoundingLosesComesLater(WireFormat format, double tolerance)
    {
        await using var zero = Make(0, rule: Rule with { Wire = format });
        await using var one = Make(1, rule: Rule with { Wire = format });
        var (left, right, version) = (new float[3], new float[3], 0L);
        const int Rounds = 100;
        for (var boundary = 1; boundary <= Rounds; boundary++)
        {
            // The first number moves by 1 a round, so that steps of int8 are 1/127: the others would be rounded away each time.
            Move(left, 1, 0.001f, 0.003f);
            Move(right, 1, 0.003f, -0.003f);
            zero.Contribute(Contribution(boundary, [.. left], version));
            one.Contribute(Contribution(boundary, [.. right], version));
            using var ofZero = zero.Take(boundary)!;
            using var ofOne = one.Take(boundary)!;
            version = ofZero.Version;
            Assert.Equal(ofZero.Vectors[MergedVector.GeneratorParameters].Target.ToArray(), ofOne.Vectors[MergedVector.GeneratorParameters].Target.ToArray());
            ofZero.Vectors[MergedVector.GeneratorParameters].Target.CopyTo(left);
            ofOne.Vectors[MergedVector.GeneratorParameters].Target.CopyTo(right);
        }

        Assert.Equal(Rounds, version);
        Assert.Equal(Rounds, left[0], tolerance * Rounds);
        Assert.Equal(0.002 * Rounds, left[1], 2 * tolerance);
        Assert.Equal(0, left[2], 2 * tolerance);

        static void Move(float[] numbers, params ReadOnlySpan<float> by)
        {
            for (var i = 0; i < numbers.Length; i++)
            {
                numbers[i] += by[i];
            }
        }
    }

    [Fact]
    public async Task Contribute_InFewerBytes_OnlyAfterBothSidesHaveAnOutcome()
    {
        await using var zero = Make(0, rule: Rule with { Wire = WireFormat.Int8 });
        await using var one = Make(1, rule: Rule with { Wire = WireFormat.Int8 });
        foreach (var (boundary, version) in new[] { (1, 0L), (2, 1L), (3, 2L) })
        {
            zero.Contribute(Contribution(boundary, 300, static index => index, version));
            one.Contribute(Contribution(boundary, 300, static index => index, version: boundary == 3 ? 1 : version));
            zero.Take(boundary)!.Dispose();
            one.Take(boundary)!.Dispose();
        }

        // One said that it had missed the second merge, so it was whole for the third.
        var grain = _grains[(MergedVector.GeneratorParameters, 0)];
        Assert.Equal([false, true, true], grain.Offers.Where(static offer => offer.Replica == 0).Select(static offer => offer.Difference is not null));
        Assert.Equal([false, true, false], grain.Offers.Where(static offer => offer.Replica == 1).Select(static offer => offer.Difference is not null));
        Assert.Equal(6, grain.Answers.Count);
        Assert.All(grain.Answers, static answer => Assert.Equal(answer.Round > 1, answer.Difference is not null));
    }

    [Fact]
    public async Task StartAsync_WithTheResidualsOfASnapshot_SendsThemWithTheFirstContribution()
    {
        await using var zero = Make(0, rule: Rule with { Wire = WireFormat.Int8 });
        await using var one = Make(1, rule: Rule with { Wire = WireFormat.Int8 });
        for (var boundary = 1; boundary <= 2; boundary++)
        {
            // Against an outcome of 0, 127 makes steps of 1: of 0.25, all is lost.
            var numbers = boundary == 1 ? new float[2] : [127, 0.25f];
            zero.Contribute(Contribution(boundary, numbers, boundary - 1));
            one.Contribute(Contribution(boundary, numbers, boundary - 1));
            zero.Take(boundary)!.Dispose();
            one.Take(boundary)!.Dispose();
        }

        var states = MergeStates.FromArrays([.. (await zero.CaptureAsync(withCentres: false))!.ToArrays()])!;
        Assert.Equal([0f, 0.25f], Assert.Single(states.Residuals).Values);
        Assert.Empty(states.Shards);
        var elsewhere = new MergeLinkTests();
        await using var resumed = elsewhere.Make(0, rule: Rule with { Wire = WireFormat.Int8 });
        await resumed.StartAsync(states);
        resumed.Contribute(Contribution(3, [127, 1], 2));
        await using var other = elsewhere.Make(1, rule: Rule with { Wire = WireFormat.Int8 });
        other.Contribute(Contribution(3, [127, 1], 2));
        using var merged = resumed.Take(3)!;

        Assert.Equal([127f, 1.125f], merged.Vectors[MergedVector.GeneratorParameters].Target.ToArray());
    }

    private MergeLink Make(int replica, LinkSettings? settings = null, EventLog? events = null, MergeSettings? rule = null) => new(
        (vector, shard) => _grains.GetOrAdd((vector, shard), static _ => new FakeMergeGrain()), () => rule ?? Rule, (replica, 1), settings ?? Patient, events ?? new EventLog(), TimeProvider.System);

    private static MergeContribution Contribution(long boundary, int length, Func<int, float> value, long version = 0)
        => Contribution(boundary, Enumerable.Range(0, length).Select(value).ToArray(), version);

    private static MergeContribution Contribution(long boundary, float[] numbers, long version) => new(
        boundary,
        version,
        16,
        new Dictionary<MergedVector, ReadOnlyMemory<float>>
        {
            [MergedVector.DiscriminatorStatistics] = ReadOnlyMemory<float>.Empty,
            [MergedVector.GeneratorParameters] = numbers,
        });
}
