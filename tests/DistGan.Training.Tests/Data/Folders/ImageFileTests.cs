using DistGan.Training.Data.Folders;
using SkiaSharp;

namespace DistGan.Training.Tests.Data.Folders;

public sealed class ImageFileTests
{
    [Fact]
    public void Decode_PngOfTheSize_KeepsEveryValueAsPlanes()
    {
        var content = PictureFolder.Encode(8, 8, static (x, y) => new SKColor((byte)(10 * x), (byte)(20 * y), (byte)(x + y)));

        var image = ImageFile.Decode(content, 8, 3);

        for (var i = 0; i < 64; i++)
        {
            Assert.Equal((10 * (i % 8), 20 * (i / 8), i % 8 + i / 8), (image[i], image[64 + i], image[128 + i]));
        }
    }

    [Fact]
    public void Decode_WideImage_KeepsTheCentralSquare()
    {
        var content = PictureFolder.Encode(16, 8, static (x, _) => PictureFolder.Grey(x is >= 4 and < 12 ? 200 : 0));

        Assert.All(ImageFile.Decode(content, 8, 1), static value => Assert.Equal(200, value));
    }

    [Theory]
    [InlineData(SKEncodedImageFormat.Png)]
    [InlineData(SKEncodedImageFormat.Jpeg)]
    public void Decode_ShrunkFourTimes_AveragesAFineCheckerboardToGrey(SKEncodedImageFormat format)
    {
        // Taking every fourth pixel would give all black or all white.
        var content = PictureFolder.Encode(32, 32, static (x, y) => PictureFolder.Grey((x + y) % 2 * 255), format);

        Assert.All(ImageFile.Decode(content, 8, 1), static value => Assert.InRange(value, 122, 134));
    }

    [Fact]
    public void Decode_SmallImage_IsEnlargedBetweenItsValues()
    {
        var content = PictureFolder.Encode(4, 4, static (x, _) => PictureFolder.Grey(80 * x));

        var row = ImageFile.Decode(content, 16, 1)[..16];

        Assert.Equal(row.Order(), row);
        Assert.Equal((0, 240), (row[0], row[15]));
        Assert.Equal(14, row.Distinct().Count()); // beyond the outer centres nothing is invented
    }

    [Fact]
    public void Decode_TransparentPixels_LieOnWhite()
    {
        var content = PictureFolder.Encode(8, 8, static (x, _) => new SKColor(0, 0, 0, (byte)(x < 4 ? 0 : 51)));

        var image = ImageFile.Decode(content, 8, 3);

        Assert.Equal(255, image[0]);
        Assert.Equal(204, image[7]);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Decode_SixteenBitGrey_TakesTheHighByte(bool isInterlaced)
    {
        var content = PngBytes.Grey16(8, 8, static (x, y) => 0x1234 + 0x100 * (x + y), isInterlaced);

        var image = ImageFile.Decode(content, 8, 1);

        Assert.Equal(0x12, image[0]);
        Assert.Equal(0x12 + 14, image[63]);
        Assert.Equal(0x12 + 6, image[8 * 5 + 1]);
    }

    [Fact]
    public void Decode_ColourAsGrey_WeighsTheChannels()
        => Assert.All(ImageFile.Decode(PictureFolder.EncodePlain(8, 8, new SKColor(255, 0, 0), SKEncodedImageFormat.Png), 8, 1), static value => Assert.Equal(76, value));

    [Theory]
    [InlineData(SKEncodedImageFormat.Png)]
    [InlineData(SKEncodedImageFormat.Jpeg)]
    public void Decode_CutShort_SaysSo(SKEncodedImageFormat format)
    {
        var content = PictureFolder.Encode(64, 64, static (x, y) => PictureFolder.Grey(x * y * 7 % 256), format);

        var error = Assert.Throws<UnreadableImageException>(() => ImageFile.Decode(content[..(content.Length / 2)], 16, 3));

        Assert.Contains("cut short", error.Message);
    }

    [Fact]
    public void Decode_FlippedByteInPng_IsRefused()
    {
        var content = PictureFolder.Encode(64, 64, static (x, y) => PictureFolder.Grey(x * y * 7 % 256));
        content[content.Length / 2] ^= 0x55;

        Assert.Throws<UnreadableImageException>(() => ImageFile.Decode(content, 16, 3));
    }

    [Fact]
    public void Decode_NoImage_SaysSo()
        => Assert.Contains("no PNG or JPEG", Assert.Throws<UnreadableImageException>(() => ImageFile.Decode("hello"u8.ToArray(), 8, 1)).Message);

    [Theory]
    [InlineData(SKEncodedImageFormat.Png)]
    [InlineData(SKEncodedImageFormat.Jpeg)]
    public void Decode_HugePicture_NeedsNoMemoryForItsPixels(SKEncodedImageFormat format)
    {
        var content = PictureFolder.EncodePlain(6000, 4000, new SKColor(200, 100, 50), format);
        var before = GC.GetAllocatedBytesForCurrentThread();

        var image = ImageFile.Decode(content, 32, 3);

        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 1, 17 << 20); // its pixels are 96 MB
        Assert.Equal((200, 100, 50), (image[0], image[1024], image[2048]));
    }

    [Fact]
    public void Decode_PngOfSeveralStrips_IsTheSameAsItsRowsSay()
    {
        // A strip has 4,194,304 pixels: these are 1,024 rows and 76.
        var content = PictureFolder.EncodeRows(4096, 1100, static y => PictureFolder.Grey(y / 5));

        var image = ImageFile.Decode(content, 1100, 1);

        for (var y = 0; y < 1100; y++)
        {
            Assert.Equal((y / 5, y / 5), (image[y * 1100], image[y * 1100 + 1099]));
        }
    }

    [Fact]
    public void Decode_PhotographTakenSideways_IsTurnedUpright()
    {
        var stored = PictureFolder.Encode(16, 16, static (x, y) => PictureFolder.Grey(y < 8 ? 250 : 5), SKEncodedImageFormat.Jpeg);
        // EXIF, big-endian, one entry: orientation (0x0112), one short, 6: the first row is shown on the right.
        byte[] exif = [0xFF, 0xE1, 0, 34, .. "Exif"u8, 0, 0, .. "MM"u8, 0, 42, 0, 0, 0, 8, 0, 1, 1, 0x12, 0, 3, 0, 0, 0, 1, 0, 6, 0, 0, 0, 0, 0, 0];

        var image = ImageFile.Decode([.. stored[..2], .. exif, .. stored[2..]], 8, 1);

        Assert.InRange(image[7], 230, 255);
        Assert.InRange(image[63], 230, 255);
        Assert.InRange(image[0], 0, 25);
        Assert.InRange(image[56], 0, 25);
    }

    [Theory]
    [InlineData(SKEncodedOrigin.TopLeft, "abcd")]
    [InlineData(SKEncodedOrigin.TopRight, "badc")]
    [InlineData(SKEncodedOrigin.BottomRight, "dcba")]
    [InlineData(SKEncodedOrigin.BottomLeft, "cdab")]
    [InlineData(SKEncodedOrigin.LeftTop, "acbd")]
    [InlineData(SKEncodedOrigin.RightTop, "cadb")]
    [InlineData(SKEncodedOrigin.RightBottom, "dbca")]
    [InlineData(SKEncodedOrigin.LeftBottom, "bdac")]
    public void Apply_EveryOrientation_TurnsThePicture(SKEncodedOrigin origin, string expected)
    {
        var plane = "abcd"u8.ToArray();

        Orientation.Apply(origin, plane, 2);

        Assert.Equal(expected, System.Text.Encoding.ASCII.GetString(plane));
    }
}
