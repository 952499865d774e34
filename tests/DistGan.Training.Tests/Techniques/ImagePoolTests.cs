using DistGan.Recipes;
using DistGan.Training.Data;
using DistGan.Training.Steps;
using DistGan.Training.Techniques;
using DistGan.Training.Techniques.Replay;
using DistGan.Training.Tests.Steps;
using DistGan.Training.Vectors;
using static TorchSharp.torch;

namespace DistGan.Training.Tests.Techniques;

public sealed class ImagePoolTests
{
    private const int PoolSize = 20;

    [Fact]
    public void Show_UntilThePoolIsFull_ShowsTheFreshImages()
    {
        using var scope = NewDisposeScope();
        using var on = Make();
        for (var step = 1; step <= 2; step++)
        {
            var fresh = Attached<ImagePool>.Images(step);
            Numbers.AssertSameBytes(fresh, Assert.Single(Show(on, fresh, step)).Samples);
            Assert.Equal(step * 8 / 20.0, on.Report(step)[MetricNames.ReplayFill]);
        }
    }

    [Fact]
    public void Show_FullPool_SwapsAboutHalfAndKeepsEveryImageOnce()
    {
        using var scope = NewDisposeScope();
        using var on = Make();
        HashSet<string> seen = [];
        Dictionary<string, int> given = [];
        var (swapped, offered) = (0, 0);
        for (var step = 1; step <= 150; step++)
        {
            using var inner = NewDisposeScope();
            var fresh = Attached<ImagePool>.Images(step);
            var shown = Assert.Single(Show(on, fresh, step)).Samples;
            var (before, after) = (Encoded(fresh), Encoded(shown));
            seen.UnionWith(before);
            foreach (var image in after)
            {
                given[image] = given.GetValueOrDefault(image) + 1;
            }

            Assert.Subset(seen, after.ToHashSet());
            if (step > 3)
            {
                offered += 8;
                swapped += before.Zip(after).Count(static pair => pair.First != pair.Second);
                Assert.Equal(1, on.Report(step)[MetricNames.ReplayFill]);
            }
        }

        // Binomial(1176, 1/2): five standard deviations are 86.
        Assert.InRange(swapped, offered / 2 - 86, offered / 2 + 86);

        // Only the first, which filled the pool while they were shown, come up twice.
        Assert.All(given, pair => Assert.InRange(pair.Value, 1, 2));
        Assert.InRange(given.Values.Count(static times => times == 2), 1, PoolSize);
        Assert.InRange(on.Report(150)[MetricNames.ReplayAgeSteps], 0.1, 30);
    }

    [Fact]
    public void ShowAhead_FullPool_ShowsStoredImagesBesideFreshOnesAndLeavesThePool()
    {
        using var scope = NewDisposeScope();
        using var on = Make();
        for (var step = 1; step <= 3; step++)
        {
            _ = Show(on, Attached<ImagePool>.Images(step), step);
        }

        var stored = Enumerable.Range(1, 3).SelectMany(static step => Encoded(Attached<ImagePool>.Images(step))).ToHashSet();
        var fresh = Attached<ImagePool>.Images(4).requires_grad_(true);
        var before = on.Report(4);
        var (swapped, offered) = (0, 0);
        for (var k = 0; k < 30; k++)
        {
            var shown = Assert.Single(on.Technique.ShowAhead([new FakeGroup(fresh, IsReplayed: false)], 4, -1 - k, k)).Samples;
            var kept = DistGan.Training.Vectors.Gradients.Of(shown.sum(), fresh, createGraph: false).flatten(1).mean([1]);
            var images = Encoded(shown.detach());
            Assert.All(images.Zip(Encoded(fresh.detach())), pair => Assert.True(pair.First == pair.Second || stored.Contains(pair.First)));
            offered += 8;
            swapped += 8 - (int)kept.sum().item<float>();
        }

        Assert.InRange(swapped, offered / 4, 3 * offered / 4);
        Assert.Equal(before, on.Report(4));
        using var other = Make();
        for (var step = 1; step <= 3; step++)
        {
            _ = Show(other, Attached<ImagePool>.Images(step), step);
        }

        Numbers.AssertSameBytes(Show(other, Attached<ImagePool>.Images(4), 4)[0].Samples, Show(on, Attached<ImagePool>.Images(4), 4)[0].Samples);
    }

    [Fact]
    public void Restore_OfCapture_GoesOnAlike()
    {
        using var scope = NewDisposeScope();
        using var on = Make();
        using var other = Make();
        for (var step = 1; step <= 5; step++)
        {
            _ = Show(on, Attached<ImagePool>.Images(step), step);
        }

        var builder = new StateBuilder();
        on.Technique.Capture(builder);
        other.Technique.Restore(new StateView(builder.Build(5, 40)));

        var fresh = Attached<ImagePool>.Images(6);
        Numbers.AssertSameBytes(Show(on, fresh, 6)[0].Samples, Show(other, fresh, 6)[0].Samples);
        Assert.Equal(on.Report(6), other.Report(6));
    }

    [Fact]
    public void Attach_PoolThatNoArrayHolds_IsRefused()
    {
        var recipe = TinyRecipes.Of();
        using var pool = new ImagePool(new ExperienceReplayRecipe { Mode = "pool", PoolSize = 1 << 28 });

        Assert.StartsWith("A pool of 268435456 images of 1×8×8 does not fit in memory: ", Assert.Throws<DistGanException>(() => new Attached<ImagePool>(pool, recipe)).Message, StringComparison.Ordinal);
    }

    private static Attached<ImagePool> Make() => new(new ImagePool(new ExperienceReplayRecipe { Mode = "pool", PoolSize = PoolSize }));

    private static IReadOnlyList<FakeGroup> Show(Attached<ImagePool> on, Tensor fresh, long step)
        => on.Technique.Show([new FakeGroup(fresh, IsReplayed: false)], step, 0);

    private static List<string> Encoded(Tensor samples)
    {
        var bytes = new byte[samples.shape[0] * TinyRecipes.Shape.ItemBytes];
        SampleCodec.Encode(samples, bytes);
        return [.. bytes.Chunk(TinyRecipes.Shape.ItemBytes).Select(Convert.ToHexString)];
    }
}
