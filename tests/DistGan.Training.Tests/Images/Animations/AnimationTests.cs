using DistGan.Recipes;
using DistGan.Training.Images.Animations;

namespace DistGan.Training.Tests.Images.Animations;

public sealed class AnimationTests
{
    public static TheoryData<string> Extensions => new(AnimationFormats.Writers.Keys);

    [Theory]
    [InlineData(".gif", 1)]
    [InlineData(".webp", 1)]
    [InlineData(".webp", 3)]
    public void Write_AnyPictures_KeepsPixelsAndDurations(string extension, int channels)
    {
        var pictures = Enumerable.Range(0, 3).Select(i => Pictures.Random(37, 29, channels, seed: i)).ToArray();

        var frames = Pictures.Decode(Pictures.Write(AnimationFormats.Writers[extension], pictures));

        Assert.Equal([100, 200, 300], frames.Select(static frame => frame.Milliseconds));
        Assert.All(frames.Zip(pictures), static pair => Assert.Equal(Pictures.Rgb(pair.Second), pair.First.Rgb));
    }

    [Theory]
    [MemberData(nameof(Extensions))]
    public void Write_OnePicture_IsAPicture(string extension)
    {
        var picture = Pictures.Of(3, 2, 3, static i => i * 10);

        var frame = Assert.Single(Pictures.Decode(Pictures.Write(AnimationFormats.Writers[extension], picture)));

        Assert.Equal(picture.Bytes, frame.Rgb);
    }

    [Theory]
    [MemberData(nameof(Extensions))]
    public void Write_FramesOfTwoSizes_IsRefused(string extension)
    {
        var error = Assert.Throws<DistGanException>(() => Pictures.Write(
            AnimationFormats.Writers[extension], Pictures.Random(4, 4, 1, 1), Pictures.Random(4, 5, 1, 1)));

        Assert.Contains("Frame 1", error.Message);
        Assert.Contains("4 by 5", error.Message);
    }

    [Theory]
    [MemberData(nameof(Extensions))]
    public void Write_OtherCountThanSaid_IsRefused(string extension)
    {
        using var stream = new MemoryStream();
        var frame = new AnimationFrame(Pictures.Random(4, 4, 1, 1), TimeSpan.FromSeconds(1));

        Assert.Throws<DistGanException>(() => AnimationFormats.Writers[extension](stream, 2, [frame]));
        Assert.Throws<DistGanException>(() => AnimationFormats.Writers[extension](stream, 0, []));
    }

    [Theory]
    [InlineData("walk.PNG")]
    [InlineData("walk.webp")]
    public void Of_KnownExtension_IsFound(string path)
        => Assert.NotNull(AnimationFormats.Of(path));

    [Theory]
    [InlineData("walk.mp4")]
    [InlineData("walk")]
    public void Of_UnknownExtension_NamesThoseThatAre(string path)
    {
        var error = Assert.Throws<DistGanException>(() => AnimationFormats.Of(path));

        Assert.All([path, ".png", ".apng", ".gif", ".webp"], part => Assert.Contains(part, error.Message));
    }
}
