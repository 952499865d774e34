using DistGan.Recipes;
using DistGan.Training.Data;
using DistGan.Training.Steps;
using DistGan.Training.Techniques;
using DistGan.Training.Techniques.Replay;
using DistGan.Training.Tests.Steps;
using DistGan.Training.Vectors;
using static TorchSharp.torch;

namespace DistGan.Training.Tests.Techniques;

public sealed class ExperienceReplayTests
{
    [Theory]
    [InlineData("parallel", 0.5, 8, 4)]
    [InlineData("half", 0.5, 4, 4)]
    [InlineData("half", 0.25, 6, 2)]
    public void Show_WithHistory_HasTheSizesOfItsMode(string mode, double share, int fresh, int replayed)
    {
        using var scope = NewDisposeScope();
        using var on = Make(mode, share);
        Warm(on);

        var shown = Show(on, seed: 50, step: 7);

        Assert.Equal([(fresh, false), (replayed, true)], shown.Select(static group => ((int)group.Samples.shape[0], group.IsReplayed)));
        Numbers.AssertSameBytes(Attached<ExperienceReplay>.Images(50).narrow(0, 0, fresh), shown[0].Samples);
    }

    [Theory]
    [InlineData("parallel")]
    [InlineData("half")]
    public void Show_WithoutHistory_IsTheWholeFreshBatch(string mode)
    {
        using var scope = NewDisposeScope();
        using var on = Make(mode);

        var shown = Assert.Single(Show(on, seed: 1, step: 1));

        Assert.False(shown.IsReplayed);
        Assert.Equal(8, shown.Samples.shape[0]);
    }

    [Fact]
    public void Show_Replayed_IsExactlyWhatTheSourceReturnedTwoRoundsLater()
    {
        using var scope = NewDisposeScope();
        using var on = Make("parallel");
        Warm(on);
        using var answer = on.Shared.Take(1)!;

        for (var draw = 0; draw < answer.Draws; draw++)
        {
            var size = 4 * TinyRecipes.Shape.ItemBytes;
            var expected = answer.Images.Span.Slice(draw * size, size);
            var replayed = Show(on, seed: 60 + draw, step: 7 + draw)[1].Samples;

            Assert.Equal(VectorBytes.Copy(SampleCodec.Decode(expected, TinyRecipes.Shape, 4, CPU)), VectorBytes.Copy(replayed));
        }
    }

    [Theory]
    [InlineData("parallel")]
    [InlineData("half")]
    public void ShowAhead_WithHistory_IsWhatShowGivesNextAndLeavesTheState(string mode)
    {
        using var scope = NewDisposeScope();
        using var on = Make(mode);
        Warm(on);
        var fresh = Attached<ExperienceReplay>.Images(50).requires_grad_(true);
        var before = State(on);

        var ahead = Enumerable.Range(0, 2).Select(k => on.Technique.ShowAhead([new FakeGroup(fresh, IsReplayed: false)], 7, -1 - k, k)).ToList();

        Assert.Equal(before, State(on));
        Assert.Equal(before.Length > 0, ahead.TrueForAll(static shown => shown[0].Samples.requires_grad && !shown[1].Samples.requires_grad));
        foreach (var expected in ahead)
        {
            var shown = Show(on, seed: 50, step: 7);
            Assert.Equal(shown.Select(static group => group.IsReplayed), expected.Select(static group => group.IsReplayed));
            Assert.All(shown.Zip(expected), static pair => Numbers.AssertSameBytes(pair.First.Samples, pair.Second.Samples.detach()));
        }
    }

    [Fact]
    public void ShowAhead_WithoutHistory_IsTheWholeFreshBatch()
    {
        using var scope = NewDisposeScope();
        using var on = Make("half");

        Assert.Equal(8, Assert.Single(on.Technique.ShowAhead([new FakeGroup(Attached<ExperienceReplay>.Images(1), IsReplayed: false)], 1, -1, 0)).Samples.shape[0]);
    }

    [Fact]
    public void AtBoundary_Offer_IsWhatWasShownFreshWithItsSteps()
    {
        using var scope = NewDisposeScope();
        using var on = Make("half");
        Warm(on);
        var shown = Enumerable.Range(7, 3).Select(step => Show(on, seed: step, step)[0].Samples).ToList();

        on.Technique.AtBoundary(3, 9);

        var offer = on.Shared.Offers[^1];
        Assert.Equal(3, offer.Boundary);
        Assert.Equal([(7L, 4), (8L, 4), (9L, 4)], offer.Groups.Select(static group => (group.Step, group.Count)));
        Assert.Equal(shown.SelectMany(Encoded), offer.Images);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void AtBoundary_Request_IsGroupedWhereTheDiscriminatorCouplesSamples(bool coupled)
    {
        using var scope = NewDisposeScope();
        using var on = Make("parallel", coupled: coupled, discriminatorUpdates: 2);
        Warm(on);

        var request = on.Shared.Offers[0].Request;
        Assert.Equal(coupled, request.Grouped);
        Assert.Equal((6, 4), (request.Draws, request.ImagesPerDraw));
        Assert.Distinct(on.Shared.Offers.Select(static offer => offer.Request.Seed));
    }

    [Fact]
    public void Report_AfterReplay_IsTheMeanAgeSinceTheLastReport()
    {
        using var scope = NewDisposeScope();
        using var on = Make("parallel");
        Warm(on);
        using var answer = on.Shared.Take(1)!;
        _ = Show(on, 60, step: 7);
        _ = Show(on, 61, step: 8);

        var ages = answer.Steps.Take(4).Select(static step => 7 - step).Concat(answer.Steps.Skip(4).Take(4).Select(static step => 8 - step));
        Assert.Equal(ages.Average(static age => (double)age), on.Report(8)[MetricNames.ReplayAgeSteps], 1e-12);
        Assert.DoesNotContain(MetricNames.ReplayAgeSteps, on.Report(9).Keys);
    }

    [Fact]
    public void Show_SourceStops_RepeatsTheLastDrawsAndStalenessGrows()
    {
        using var scope = NewDisposeScope();
        using var on = Make("parallel");
        Warm(on);
        on.Shared.IsStopped = true;
        List<byte[]> rounds = [];
        for (var round = 3; round <= 4; round++)
        {
            List<byte> bytes = [];
            for (var step = round * 3 - 2; step <= round * 3; step++)
            {
                bytes.AddRange(VectorBytes.Copy(Show(on, step, step)[1].Samples));
            }

            rounds.Add([.. bytes]);
            on.Technique.AtBoundary(round, round * 3);
            Assert.Equal(round * 3 - 3, on.Report(round * 3)[MetricNames.ReplayStalenessSteps]);
        }

        Assert.Equal(rounds[0], rounds[1]);
    }

    [Fact]
    public void Show_UnderALimitOfSamplesPerInsert_ShowsNoDrawTwice()
    {
        using var scope = NewDisposeScope();
        using var on = new Attached<ExperienceReplay>(new ExperienceReplay(new ExperienceReplayRecipe { SamplesPerInsert = 5 }));
        Warm(on);
        on.Shared.IsStopped = true;

        // Three batches were drawn for the three updates of a round; the fourth update finds none and the source gives no more.
        Assert.Equal([2, 2, 2, 1], Enumerable.Range(7, 4).Select(step => Show(on, step, step).Count));
    }

    [Fact]
    public void Report_FreshAnswers_IsOneRoundStale()
    {
        using var scope = NewDisposeScope();
        using var on = Make("parallel");
        Warm(on);

        Assert.Equal(3, on.Report(6)[MetricNames.ReplayStalenessSteps]);
        Assert.InRange(on.Report(6)[MetricNames.ReplayFill], 0.1, 1);
    }

    [Fact]
    public void Report_SeveralShards_SaysHowManyGaveNothingAlsoAfterARestore()
    {
        using var scope = NewDisposeScope();
        using var on = Make("parallel");
        Assert.DoesNotContain(MetricNames.ReplayShardsMissed, on.Report(0).Keys);
        on.Shared.ShardsMissed = 2;
        Warm(on);
        var state = new StateBuilder();
        on.Technique.Capture(state);
        using var other = Make("parallel");
        other.Technique.Restore(new StateView(state.Build(6, 6)));

        Assert.Equal(2, on.Report(6)[MetricNames.ReplayShardsMissed]);
        Assert.Equal(2, other.Report(6)[MetricNames.ReplayShardsMissed]);
    }

    [Theory]
    [InlineData(0, null)] // alone, and nobody else made any
    [InlineData(1, 1.0)] // the job was scaled up since
    public void Report_OneReplicaOfItsRecipe_NamesTheShareOfOthersOnceThereAreSome(int maker, double? expected)
    {
        using var scope = NewDisposeScope();
        using var on = Make("parallel");
        on.Shared.Maker = maker;
        Warm(on);
        _ = Show(on, 60, step: 7);

        Assert.Equal(expected, on.Report(7).TryGetValue(MetricNames.ReplayOthersShare, out var share) ? share : null);
    }

    private static Attached<ExperienceReplay> Make(string mode, double share = 0.5, bool coupled = false, int discriminatorUpdates = 1)
        => new(new ExperienceReplay(new ExperienceReplayRecipe { Mode = mode, Share = share }), coupled: coupled, discriminatorUpdates: discriminatorUpdates);

    /// <summary>Two rounds of three steps, after which the answer to the first is in use.</summary>
    private static void Warm(Attached<ExperienceReplay> on)
    {
        for (var step = 1; step <= 6; step++)
        {
            _ = Show(on, step, step);
            if (step % 3 == 0)
            {
                on.Technique.AtBoundary(step / 3, step);
            }
        }
    }

    private static IReadOnlyList<FakeGroup> Show(Attached<ExperienceReplay> on, long seed, long step)
        => on.Technique.Show([new FakeGroup(Attached<ExperienceReplay>.Images(seed), IsReplayed: false)], step, 0);

    private static string State(Attached<ExperienceReplay> on)
    {
        var state = new StateBuilder();
        on.Technique.Capture(state);
        return state.Counters.ToJsonString() + string.Join(' ', state.Build(1, 1).Files.SelectMany(static file => file.Value).Select(static array => Convert.ToHexString(array.Bytes.Span)));
    }

    private static byte[] Encoded(Tensor samples)
    {
        var bytes = new byte[samples.shape[0] * TinyRecipes.Shape.ItemBytes];
        SampleCodec.Encode(samples, bytes);
        return bytes;
    }
}
