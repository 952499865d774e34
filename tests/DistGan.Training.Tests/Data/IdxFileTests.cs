using DistGan.Recipes;
using DistGan.Training.Data;

namespace DistGan.Training.Tests.Data;

public sealed class IdxFileTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void ReadImages_WholeFile_GivesSizesAndBytes(bool gzip)
    {
        var values = IdxBytes.Noise(5 * 4 * 3);
        var bytes = IdxBytes.Of(values, 5, 4, 3);

        var array = IdxFile.ReadImages(_folder.Write("images", gzip ? IdxBytes.Gzip(bytes) : bytes));

        Assert.Equal([5, 4, 3], array.Dimensions);
        Assert.Equal(values, array.Values);
    }

    [Fact]
    public void ReadImages_MoreThanOneReadingStep_GivesAllBytes()
    {
        var values = IdxBytes.Noise(3000 * 28 * 28);

        Assert.Equal(values, IdxFile.ReadImages(_folder.Write("images.gz", IdxBytes.Gzip(IdxBytes.Of(values, 3000, 28, 28)))).Values);
    }

    [Theory]
    [InlineData(0, "byte 0")]
    [InlineData(3, "byte 3")]
    [InlineData(10, "byte 10")]
    [InlineData(40, "byte 40")]
    public void ReadImages_CutShort_NamesFileOffsetAndWhatIsThere(int length, string where)
    {
        var path = _folder.Write("cut", IdxBytes.Of(IdxBytes.Noise(60), 5, 4, 3)[..length]);

        var error = Assert.Throws<DistGanException>(() => IdxFile.ReadImages(path));

        Assert.Contains(path, error.Message);
        Assert.Contains(where, error.Message);
        Assert.Contains("expected", error.Message);
        Assert.Contains("found", error.Message);
    }

    [Fact]
    public void ReadImages_GzipCutAnywhere_IsRefused()
    {
        var whole = IdxBytes.Gzip(IdxBytes.Of(IdxBytes.Noise(600), 50, 4, 3));
        for (var length = 0; length < whole.Length - 8; length += 13)
        {
            var path = _folder.Write("cut.gz", whole[..length]);

            Assert.Contains(path, Assert.Throws<DistGanException>(() => IdxFile.ReadImages(path)).Message);
        }
    }

    [Fact]
    public void ReadImages_GzipWithAFlippedByte_IsRefused()
    {
        var bytes = IdxBytes.Gzip(IdxBytes.Of(IdxBytes.Noise(6000), 500, 4, 3));
        bytes[bytes.Length / 2] ^= 0x55;
        var path = _folder.Write("flipped.gz", bytes);

        Assert.Contains(path, Assert.Throws<DistGanException>(() => IdxFile.ReadImages(path)).Message);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void ReadImages_TooLong_IsRefused(bool gzip)
    {
        byte[] bytes = [.. IdxBytes.Of(IdxBytes.Noise(60), 5, 4, 3), 7];

        var error = Assert.Throws<DistGanException>(() => IdxFile.ReadImages(_folder.Write("long", gzip ? IdxBytes.Gzip(bytes) : bytes)));

        Assert.Contains("byte 76", error.Message);
    }

    [Fact]
    public void ReadImages_LabelFile_SaysWhatItFound()
    {
        var error = Assert.Throws<DistGanException>(() => IdxFile.ReadImages(_folder.Write("labels", IdxBytes.Of([1, 2, 3], 3))));

        Assert.Contains("00000803", error.Message);
        Assert.Contains("00000801", error.Message);
    }

    [Fact]
    public void ReadImages_HugeHeader_IsRefusedWithoutTheMemory()
    {
        var bytes = IdxBytes.Gzip(IdxBytes.Of([1, 2, 3], 2_000_000, 32, 32));
        var before = GC.GetAllocatedBytesForCurrentThread();

        Assert.Throws<DistGanException>(() => IdxFile.ReadImages(_folder.Write("huge.gz", bytes)));

        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 8_000_000);
    }

    [Fact]
    public void ReadImages_NegativeSize_NamesTheDimension()
    {
        var error = Assert.Throws<DistGanException>(() => IdxFile.ReadImages(_folder.Write("negative", IdxBytes.Of([], 1, -1, 3))));

        Assert.Contains("dimension 1", error.Message);
        Assert.Contains("byte 8", error.Message);
    }

    [Fact]
    public void ReadImages_NoFile_SaysSo()
    {
        var path = Path.Combine(_folder.Path, "nothing");

        Assert.Contains(path, Assert.Throws<MachineException>(() => IdxFile.ReadImages(path)).Message);
    }
}
