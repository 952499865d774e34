using DistGan.Recipes;
using DistGan.Training.Data;
using DistGan.Training.Data.Preparation;

namespace DistGan.Training.Tests.Data.Preparation;

public sealed class AugmentationTests
{
    private static readonly SampleShape Shape = new(2, 16, 16);

    [Fact]
    public void Draw_ManyPositions_MirrorsHalfAndShiftsEvenlyUpToAnEighth()
    {
        var augmentation = Augmentation.Create("flip-shift", Shape, new SeedSequence(1, 0))!;

        var draws = Enumerable.Range(0, 10_000).Select(i => augmentation.Draw(i)).ToArray();

        // Five standard deviations of a count: √(n·p·(1−p)).
        Assert.InRange(draws.Count(static draw => draw.Flip), 4750, 5250);
        foreach (var shift in Enumerable.Range(-2, 5))
        {
            Assert.InRange(draws.Count(draw => draw.Dx == shift), 1800, 2200);
            Assert.InRange(draws.Count(draw => draw.Dy == shift), 1800, 2200);
        }

        Assert.All(draws, static draw => Assert.True(Math.Abs(draw.Dx) <= 2 && Math.Abs(draw.Dy) <= 2));
    }

    [Theory]
    [InlineData("flip")]
    [InlineData("shift")]
    [InlineData("flip-shift")]
    public void Apply_EveryPosition_IsTheMirroredAndShiftedImageWithRepeatedEdges(string kind)
    {
        var augmentation = Augmentation.Create(kind, Shape, new SeedSequence(3, 1))!;
        var image = new byte[Shape.ItemBytes];
        new Random(2).NextBytes(image);
        for (var position = 0; position < 50; position++)
        {
            var (flip, dx, dy) = augmentation.Draw(position);
            var changed = image.ToArray();
            augmentation.Apply(changed, position);

            for (var i = 0; i < image.Length; i++)
            {
                var (plane, y, x) = (i / 256, Math.Clamp(i % 256 / 16 - dy, 0, 15), Math.Clamp(i % 16 - dx, 0, 15));
                Assert.Equal(image[256 * plane + 16 * y + (flip ? 15 - x : x)], changed[i]);
            }
        }
    }

    [Fact]
    public void Create_None_ChangesNothing() => Assert.Null(Augmentation.Create("none", Shape, new SeedSequence(1, 0)));

    [Fact]
    public void Create_Points_IsRefused()
        => Assert.Contains("data.augment", Assert.Throws<DistGanException>(() => Augmentation.Create("flip", SampleShape.Point(2), new SeedSequence(1, 0))).Message);

    [Fact]
    public void Next_SeekWithAugmentation_GivesTheSameBytesAsWithoutAStop()
    {
        using var data = DataCatalog.Open(new DataRecipe(), seed: 1);
        using var straight = new DataFeed(data, 4000, 7, 0, "flip-shift");
        using var plain = new DataFeed(data, 4000, 7, 0);
        var batches = Enumerable.Range(0, 5).Select(_ => straight.Next().ToArray()).ToArray();

        using var resumed = new DataFeed(data, 4000, 7, 0, "flip-shift");
        resumed.Seek(3);

        Assert.Equal(batches[3], resumed.Next().ToArray());
        Assert.Equal(batches[4], resumed.Next().ToArray());
        Assert.NotEqual(batches[0], plain.Next().ToArray());
        Assert.NotEqual(batches[0], batches[2]);
    }
}
