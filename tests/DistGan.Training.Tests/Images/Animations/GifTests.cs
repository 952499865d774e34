using DistGan.Recipes;
using DistGan.Training.Images;
using DistGan.Training.Images.Animations;

namespace DistGan.Training.Tests.Images.Animations;

public sealed class GifTests
{
    [Fact]
    public void Write_MoreCodesThanTheTableHolds_KeepsEveryPixel()
    {
        // Noise makes nearly a code a pixel: the table of 4096 fills and starts again many times.
        var picture = Pictures.Random(300, 200, 1, seed: 7);

        var frame = Assert.Single(Pictures.Decode(Pictures.Write(GifWriter.Write, picture)));

        Assert.Equal(Pictures.Rgb(picture), frame.Rgb);
    }

    /// <summary>Lengths around those at which the codes grow.</summary>
    [Fact]
    public void Write_AnyNumberOfPixels_KeepsEveryPixel()
    {
        foreach (var width in Enumerable.Range(1, 20).Concat(Enumerable.Range(250, 12)).Concat(Enumerable.Range(1020, 10)).Concat(Enumerable.Range(3830, 20)))
        {
            var noise = Pictures.Random(width, 1, 1, seed: width);
            var plain = Pictures.Of(width, 1, 1, static _ => 9);

            Assert.Equal(Pictures.Rgb(noise), Pictures.Decode(Pictures.Write(GifWriter.Write, noise))[0].Rgb);
            Assert.Equal(Pictures.Rgb(plain), Pictures.Decode(Pictures.Write(GifWriter.Write, plain))[0].Rgb);
        }
    }

    [Fact]
    public void Write_EqualPixels_CompressesThem()
        => Assert.True(Pictures.Write(GifWriter.Write, Pictures.Of(256, 256, 1, static _ => 200)).Length < 2000);

    [Fact]
    public void Write_FewColours_KeepsEveryPixel()
    {
        var picture = Pictures.Of(16, 16, 3, static i => i / 3 % 256 * (i % 3 + 1));

        Assert.Equal(picture.Bytes, Pictures.Decode(Pictures.Write(GifWriter.Write, picture))[0].Rgb);
    }

    [Fact]
    public void Write_ManyColours_StaysNearThem()
    {
        // 64 by 64 colours of a plane; 256 boxes of 16 colours, 4 steps wide.
        var picture = Pictures.Of(64, 64, 3, static i => (i % 3) switch { 0 => i / 3 % 64 * 4, 1 => i / 3 / 64 * 4, _ => 30 });

        var rgb = Pictures.Decode(Pictures.Write(GifWriter.Write, picture))[0].Rgb;

        Assert.InRange(picture.Bytes.Zip(rgb).Average(static pair => Math.Abs(pair.First - pair.Second)), 0, 4);
        Assert.Equal(256, rgb.Chunk(3).Select(static pixel => (pixel[0], pixel[1], pixel[2])).Distinct().Count());
    }

    [Fact]
    public void Write_TooLargeAPicture_IsRefused()
        => Assert.Contains("65535", Assert.Throws<DistGanException>(() => Pictures.Write(GifWriter.Write, new PixelGrid(65536, 1, 1, new byte[65536]))).Message);

    [Fact]
    public void Write_Repetition_IsEndless()
        => Assert.NotEqual(-1, Pictures.Write(GifWriter.Write, Pictures.Random(3, 3, 1, 1)).AsSpan().IndexOf((ReadOnlySpan<byte>)[.. "NETSCAPE2.0"u8, 3, 1, 0, 0, 0]));
}
