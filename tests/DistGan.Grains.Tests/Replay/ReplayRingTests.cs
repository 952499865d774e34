using System.Runtime.InteropServices;
using CsCheck;
using DistGan.Grains.Interfaces.Replay;
using DistGan.Grains.Interfaces.Replay.Rings;
using DistGan.Recipes;

namespace DistGan.Grains.Tests.Replay;

public sealed class ReplayRingTests
{
    private const int ItemBytes = 3;

    // (replica, step, count) of each group; its images hold the step and the place.
    private static readonly Gen<(int Replica, int Step, int Count)[]> Groups =
        Gen.Select(Gen.Int[0, 3], Gen.Int[0, 250], Gen.Int[0, 9]).Array[0, 40];

    [Fact]
    public void Push_AnyGroups_KeepsTheNewestThatFitAndNeverMore()
        => Gen.Select(Groups, Gen.Int[1, 20]).Sample((groups, capacity) =>
        {
            var ring = Ring(capacity);
            foreach (var group in groups)
            {
                ring.Push(Chunk(group));
                Assert.InRange(ring.StoredBytes, 0, capacity * ItemBytes);
            }

            var expected = new Stack<(int, long, int)>();
            var left = capacity;
            foreach (var group in groups.Reverse().Where(group => group.Count > 0))
            {
                var count = Math.Min(group.Count, capacity);
                if ((left -= count) < 0)
                {
                    break;
                }

                expected.Push((group.Replica, group.Step, count));
            }

            Assert.Equal(expected, ring.Capture().Select(group => (group.Replica, group.Step, group.Count)));
            Assert.Equal(expected.Sum(group => (long)group.Item3), ring.Count);
        });

    [Fact]
    public void Draw_RestoredFromACapture_EqualsTheOriginalNowAndLater()
        => Gen.Select(Groups, Groups, Gen.Int[1, 30], Gen.Bool, Gen.Long).Sample((before, after, capacity, grouped, seed) =>
        {
            var ring = Ring(capacity);
            ring.Push(Chunk(before));
            var restored = Ring(capacity);
            var capture = new CapturedReplay(ring.Capture());
            for (var i = 0; i < capture.Chunks; i++)
            {
                restored.Push(capture.Read(i)!);
            }

            AssertSame(Draw(ring, 3, 5, grouped, seed), Draw(restored, 3, 5, grouped, seed));
            ring.Push(Chunk(after));
            restored.Push(Chunk(after));
            AssertSame(Draw(ring, 4, 2, grouped, seed), Draw(restored, 4, 2, grouped, seed));
        });

    [Fact]
    public void Draw_Grouped_IsARunInOneGroupThatWrapsAround()
        => Gen.Select(Groups, Gen.Int[1, 25], Gen.Long).Sample((groups, imagesPerDraw, seed) =>
        {
            var ring = Ring(1000);
            ring.Push(Chunk(groups));
            var answer = Draw(ring, 4, imagesPerDraw, grouped: true, seed);

            Assert.Equal(ring.Count == 0 ? 0 : 4, answer.Draws);
            for (var draw = 0; draw < answer.Draws; draw++)
            {
                var images = Enumerable.Range(draw * imagesPerDraw, imagesPerDraw)
                    .Select(i => answer.Images.Slice(i * ItemBytes, ItemBytes).ToArray()).ToList();
                Assert.Single(images.Select(image => image[2]).Distinct());
                var group = groups[images[0][2]];
                Assert.All(images.Select((image, i) => (image, i)), pair => Assert.Equal((images[0][1] + pair.i) % group.Count, pair.image[1]));
                Assert.All(Enumerable.Range(draw * imagesPerDraw, imagesPerDraw), i => Assert.Equal((group.Step, group.Replica), (answer.Steps[i], answer.Replicas[i])));
            }
        });

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Draw_ManyTimes_TakesEachImageAlikeOften(bool grouped)
    {
        var ring = Ring(10);
        ring.Push(Chunk((0, 1, 4), (0, 2, 1), (1, 3, 5)));
        const int draws = 20_000;

        var answer = Draw(ring, draws, 1, grouped, seed: 5);

        // Binomial with p = 1/10: five standard deviations.
        var deviation = 5 * Math.Sqrt(draws * 0.1 * 0.9);
        var counts = Enumerable.Range(0, draws).CountBy(i => (answer.Images.Span[(i * ItemBytes) + 2], answer.Images.Span[(i * ItemBytes) + 1])).ToList();
        Assert.Equal(10, counts.Count);
        Assert.All(counts, count => Assert.InRange(count.Value, (draws / 10) - deviation, (draws / 10) + deviation));
    }

    [Fact]
    public void Draw_KnownSeed_GivesTheSameImagesWithEveryBuild()
    {
        var ring = Ring(100);
        ring.Push(Chunk((0, 1, 10), (0, 2, 10), (0, 3, 10)));

        Assert.Equal([3L, 1, 1, 2, 1, 3, 1, 3], Draw(ring, 1, 8, grouped: false, seed: 42).Steps);
    }

    [Fact]
    public void Draw_TooLargeForAMessage_IsRefused()
    {
        var ring = Ring(10);
        ring.Push(Chunk((0, 1, 4)));

        Assert.Throws<DistGanException>(() => Draw(ring, int.MaxValue, 1000, grouped: false, 1));
    }

    [Fact]
    public void Capture_PushesAfterwards_DoNotChangeIt()
    {
        var ring = Ring(4);
        ring.Push(Chunk((0, 1, 4)));
        var capture = new CapturedReplay(ring.Capture());
        var before = capture.Read(0)!.Images.ToArray();

        ring.Push(Chunk((0, 2, 4)));

        Assert.Equal(before, capture.Read(0)!.Images.ToArray());
        Assert.Null(capture.Read(1));
    }

    [Fact]
    public void Capture_ManyGroups_IsCutIntoChunksOfWholeGroupsOfAboutAMebibyte()
    {
        var ring = new ReplayRing(new ReplaySettings { ItemBytes = 1000, BudgetBytes = 10_000_000 });
        for (var step = 0; step < 8; step++)
        {
            ring.Push(new ReplayChunk { Groups = [new ReplayGroupHeader(0, step, 400)], Images = new byte[400_000] });
        }

        ring.Push(new ReplayChunk { Groups = [new ReplayGroupHeader(0, 8, 1500)], Images = new byte[1_500_000] });
        var capture = new CapturedReplay(ring.Capture());

        Assert.Equal([2, 2, 2, 2, 1], Enumerable.Range(0, capture.Chunks).Select(i => capture.Read(i)!.Groups.Count));
    }

    [Fact]
    public void Push_PartOfALargerArray_IsCopied()
    {
        var ring = Ring(4);
        var memory = new byte[] { 1, 2, 3, 4 };
        ring.Push(new ReplayChunk { Groups = [new ReplayGroupHeader(0, 1, 1)], Images = memory.AsMemory(0, 3) });
        memory[0] = 9;

        Assert.Equal([1, 2, 3], Draw(ring, 1, 1, grouped: false, 1).Images.ToArray());
    }

    [Fact]
    public void Push_ArrayOfItsOwn_IsKeptAsItIs()
    {
        var ring = Ring(4);
        var memory = new byte[] { 1, 2, 3 };
        ring.Push(new ReplayChunk { Groups = [new ReplayGroupHeader(0, 1, 1)], Images = memory });

        Assert.True(MemoryMarshal.TryGetArray(Assert.Single(ring.Capture()).Images, out var kept));
        Assert.Same(memory, kept.Array);
    }

    [Theory]
    [InlineData(2, 3)]
    [InlineData(1, 4)]
    [InlineData(-1, 0)]
    public void Push_HeadersDoNotFitTheBytes_IsRefusedWhole(int count, int bytes)
    {
        var ring = Ring(4);

        Assert.Throws<DistGanException>(() => ring.Push(new ReplayChunk { Groups = [new ReplayGroupHeader(0, 1, count)], Images = new byte[bytes] }));
        Assert.Equal(0, ring.Count);
    }

    [Fact]
    public void New_BudgetBelowOneImage_IsRefused()
        => Assert.Throws<DistGanException>(() => new ReplayRing(new ReplaySettings { ItemBytes = 4, BudgetBytes = 3 }));

    private static ReplayAnswer Draw(ReplayRing ring, int draws, int imagesPerDraw, bool grouped, long seed)
        => ring.Draw(new ReplayExchange { Push = new ReplayChunk { Groups = [], Images = default }, Draws = draws, ImagesPerDraw = imagesPerDraw, Grouped = grouped, Seed = seed });

    private static ReplayRing Ring(int capacity) => new(new ReplaySettings { ItemBytes = ItemBytes, BudgetBytes = (capacity * ItemBytes) + 1 });

    private static ReplayChunk Chunk(params (int Replica, int Step, int Count)[] groups) => new()
    {
        Groups = [.. groups.Select(group => new ReplayGroupHeader(group.Replica, group.Step, group.Count))],
        Images = groups.SelectMany((group, index) => Enumerable.Range(0, group.Count).SelectMany(i => new[] { (byte)group.Step, (byte)i, (byte)index })).ToArray(),
    };

    private static void AssertSame(ReplayAnswer one, ReplayAnswer other)
    {
        Assert.Equal(one.Draws, other.Draws);
        Assert.Equal(one.Images.ToArray(), other.Images.ToArray());
        Assert.Equal(one.Steps, other.Steps);
        Assert.Equal(one.Replicas, other.Replicas);
        Assert.Equal(one.StoredBytes, other.StoredBytes);
    }
}
