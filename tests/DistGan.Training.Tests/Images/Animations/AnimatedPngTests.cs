using System.Buffers.Binary;
using System.IO.Compression;
using System.IO.Hashing;
using System.Text;
using DistGan.Training.Images.Animations;

namespace DistGan.Training.Tests.Images.Animations;

public sealed class AnimatedPngTests
{
    private const int SignatureBytes = 8;

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public void Write_Frames_KeepsTheirPixels(int channels)
    {
        var pictures = Enumerable.Range(0, 3).Select(i => Pictures.Random(7, 5, channels, seed: i)).ToArray();

        var file = Pictures.Write(AnimatedPngWriter.Write, pictures);

        Assert.Equal(Pictures.Rgb(pictures[0]), Pictures.Decode(file)[0].Rgb);
        var chunks = Chunks(file);
        byte[][] streams = [chunks.Single(static chunk => chunk.Type == "IDAT").Content, .. chunks.Where(static chunk => chunk.Type == "fdAT").Select(static chunk => chunk.Content[4..])];
        Assert.Equal(pictures.Select(static picture => picture.Bytes), streams.Select(stream => Unfilter(stream, 7 * channels)));
    }

    [Fact]
    public void Write_Frames_PutsChunksAndSequenceNumbersInOrder()
    {
        var chunks = Chunks(Pictures.Write(AnimatedPngWriter.Write, Pictures.Random(7, 5, 1, 1), Pictures.Random(7, 5, 1, 2), Pictures.Random(7, 5, 1, 3)));

        Assert.Equal(["IHDR", "acTL", "fcTL", "IDAT", "fcTL", "fdAT", "fcTL", "fdAT", "IEND"], chunks.Select(static chunk => chunk.Type));
        Assert.Equal([3u, 0u], new[] { Number(chunks[1].Content), Number(chunks[1].Content.AsSpan(4)) });
        Assert.Equal([0u, 1, 2, 3, 4], chunks.Where(static chunk => chunk.Type is "fcTL" or "fdAT").Select(static chunk => Number(chunk.Content)));
        var control = chunks[4].Content;
        Assert.Equal((7u, 5u, 0u, 0u), (Number(control.AsSpan(4)), Number(control.AsSpan(8)), Number(control.AsSpan(12)), Number(control.AsSpan(16))));
        Assert.Equal(0.2, BinaryPrimitives.ReadUInt16BigEndian(control.AsSpan(20)) / (double)BinaryPrimitives.ReadUInt16BigEndian(control.AsSpan(22)));
    }

    /// <summary>All chunks, each with a right checksum, and nothing behind the last.</summary>
    private static List<(string Type, byte[] Content)> Chunks(byte[] file)
    {
        Assert.Equal([0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A], file[..SignatureBytes]);
        var chunks = new List<(string, byte[])>();
        for (var at = SignatureBytes; at < file.Length;)
        {
            var length = (int)Number(file.AsSpan(at));
            Assert.Equal(Crc32.HashToUInt32(file.AsSpan(at + 4, 4 + length)), Number(file.AsSpan(at + 8 + length)));
            chunks.Add((Encoding.ASCII.GetString(file, at + 4, 4), file[(at + 8)..(at + 8 + length)]));
            at += 12 + length;
        }

        return chunks;
    }

    private static byte[] Unfilter(byte[] stream, int stride)
    {
        using var zlib = new ZLibStream(new MemoryStream(stream), CompressionMode.Decompress);
        using var rows = new MemoryStream();
        zlib.CopyTo(rows);
        return [.. rows.ToArray().Chunk(stride + 1).SelectMany(static row =>
        {
            Assert.Equal(0, row[0]);
            return row[1..];
        })];
    }

    private static uint Number(ReadOnlySpan<byte> bytes) => BinaryPrimitives.ReadUInt32BigEndian(bytes);
}
