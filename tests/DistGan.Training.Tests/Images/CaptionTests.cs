using DistGan.Recipes;
using DistGan.Training.Images;

namespace DistGan.Training.Tests.Images;

public sealed class CaptionTests
{
    [Fact]
    public void Below_Text_KeepsThePictureAndDrawsTheDigitUnderIt()
    {
        var picture = new PixelGrid(30, 2, 1, [.. Enumerable.Repeat((byte)100, 60)]);

        var all = Caption.Below(picture, "1");

        Assert.Equal((30, 2 + Caption.Height, 1), (all.Width, all.Height, all.Channels));
        Assert.Equal(picture.Bytes, all.Bytes[..60]);
        var rows = Enumerable.Range(0, 7).Select(row => string.Concat(Enumerable.Range(0, 5).Select(column => all.Bytes[(2 + 4 + 2 * row) * 30 + 4 + 2 * column] == 0 ? '#' : '.')));
        Assert.Equal(["..#..", ".##..", "..#..", "..#..", "..#..", "..#..", ".###."], rows);
    }

    [Fact]
    public void Below_TextThatIsTooWide_IsCutOffWithinThePicture()
    {
        var all = Caption.Below(new PixelGrid(10, 1, 3, new byte[30]), "step 8888");

        Assert.All(all.Bytes.Skip(30).Chunk(30), static row => Assert.All([.. row[..12], .. row[18..]], static value => Assert.Equal(255, value)));
    }

    [Fact]
    public void Of_Scale_RepeatsPixelsInBothDirections()
        => Assert.Equal([1, 1, 2, 2, 1, 1, 2, 2], Enlargement.Of(new PixelGrid(2, 1, 1, [1, 2]), 2).Bytes);

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public void Read_WrittenPicture_GivesItBack(int channels)
    {
        var picture = Animations.Pictures.Random(9, 4, channels, seed: 1);

        var file = PngWriter.Encode(picture);

        Assert.Equal((9, 4, channels), PngReader.ReadSize(file, "picture"));
        Assert.Equal(picture.Bytes, PngReader.Read(file, "picture").Bytes);
    }

    [Fact]
    public void Read_DamagedPicture_IsRefusedByName()
    {
        var file = PngWriter.Encode(Animations.Pictures.Random(9, 40, 1, seed: 1));

        Assert.Contains("half.png", Assert.Throws<DistGanException>(() => PngReader.Read(file[..(file.Length / 2)], "half.png")).Message);
        Assert.Contains("text.png", Assert.Throws<DistGanException>(() => PngReader.Read("no picture"u8.ToArray(), "text.png")).Message);
    }
}
