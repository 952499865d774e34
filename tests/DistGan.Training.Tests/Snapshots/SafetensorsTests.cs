using System.Text;
using CsCheck;
using DistGan.Recipes;
using DistGan.Training.Snapshots;

namespace DistGan.Training.Tests.Snapshots;

public sealed class SafetensorsTests
{
    private static readonly Gen<NamedArray> AnyArray =
        from type in Gen.Int[0, 4].Select(static i => new[] { ("F32", 4), ("F64", 8), ("BF16", 2), ("I64", 8), ("U8", 1) }[i])
        from shape in Gen.Long[0, 4].Array[0, 3]
        from name in Gen.String[Gen.Char[' ', 'ÿ'], 1, 12]
        from bytes in Gen.Byte.Array[(int)shape.Aggregate(1L, static (a, b) => a * b) * type.Item2]
        select new NamedArray(name, type.Item1, shape, bytes);

    [Fact]
    public void Read_WhatWasWritten_GivesTheSameArraysByName()
        => AnyArray.Array[0, 6].Sample(
            arrays =>
            {
                var distinct = arrays.DistinctBy(static a => a.Name).ToArray();
                var metadata = new Dictionary<string, string> { ["step"] = "12", ["note"] = "quoted \" ü" };

                var read = Safetensors.Read(new MemoryStream(Write(distinct, metadata)), "test", out var texts);

                Assert.Equal(metadata, texts);
                Assert.Equal(distinct.Length, read.Count);
                foreach (var array in distinct)
                {
                    var same = Assert.Single(read, other => other.Name == array.Name);
                    Assert.Equal((array.Type, string.Join(',', array.Shape)), (same.Type, string.Join(',', same.Shape)));
                    Assert.Equal(array.Bytes.ToArray(), same.Bytes.ToArray());
                }
            },
            iter: 300);

    [Fact]
    public void Write_SameArraysInAnotherOrder_GivesTheSameBytes()
        => AnyArray.Array[1, 6].Sample(
            static arrays =>
            {
                var distinct = arrays.DistinctBy(static a => a.Name).ToArray();
                Assert.Equal(Write(distinct), Write([.. distinct.Reverse()]));
            },
            iter: 100);

    [Fact]
    public void Write_TwoArrays_GivesTheBytesOfTheFormat()
    {
        var bytes = Write(
            [new("b", "U8", [3], new byte[] { 7, 8, 9 }), new("a", "F32", [1, 2], new byte[] { 0, 0, 128, 63, 0, 0, 0, 64 })],
            new Dictionary<string, string> { ["format"] = "pt" });

        const string Header = """{"__metadata__":{"format":"pt"},"a":{"dtype":"F32","shape":[1,2],"data_offsets":[0,8]},"b":{"dtype":"U8","shape":[3],"data_offsets":[8,11]}}""";
        var padded = Header.PadRight((Header.Length + 7) / 8 * 8);
        byte[] expected = [(byte)padded.Length, 0, 0, 0, 0, 0, 0, 0, .. Encoding.UTF8.GetBytes(padded), 0, 0, 128, 63, 0, 0, 0, 64, 7, 8, 9];
        Assert.Equal(expected, bytes);
    }

    [Fact]
    public void Read_CutAnywhere_IsRefused()
    {
        var bytes = Write([new("weights", "F32", [2], new byte[8])]);
        for (var length = 0; length < bytes.Length; length++)
        {
            var (whole, seekable) = (bytes[..length], new MemoryStream(bytes[..length]));

            Assert.Contains("run.safetensors", Assert.Throws<DistGanException>(() => Safetensors.Read(seekable, "run.safetensors")).Message);
            Assert.Throws<DistGanException>(() => Safetensors.Read(new Forward(whole), "run.safetensors"));
        }
    }

    [Fact]
    public void Read_MoreThanTheArrays_IsRefused()
    {
        byte[] bytes = [.. Write([new("weights", "F32", [2], new byte[8])]), 1];

        Assert.Throws<DistGanException>(() => Safetensors.Read(new MemoryStream(bytes)));
        Assert.Throws<DistGanException>(() => Safetensors.Read(new Forward(bytes)));
    }

    [Theory]
    [InlineData("""[]""", "JSON")]
    [InlineData("""{"a":1}""", "JSON")]
    [InlineData("""{"a":{"dtype":"F32","shape":[2]}}""", "JSON")]
    [InlineData("""{"a":{"dtype":"F32","shape":[2],"data_offsets":[0]}}""", "JSON")]
    [InlineData("""{"a":{"dtype":"F32","shape":[1.5],"data_offsets":[0,8]}}""", "JSON")]
    [InlineData("""{"a":{"dtype":"F99","shape":[2],"data_offsets":[0,8]}}""", "F99")]
    [InlineData("""{"a":{"dtype":"F32","shape":[3],"data_offsets":[0,8]}}""", "'a'")]
    [InlineData("""{"a":{"dtype":"F32","shape":[-2,-1],"data_offsets":[0,8]}}""", "'a'")]
    [InlineData("""{"a":{"dtype":"U8","shape":[4],"data_offsets":[4,8]}}""", "'a'")]
    [InlineData("""{"a":{"dtype":"F32","shape":[9223372036854775807,9223372036854775807],"data_offsets":[0,8]}}""", "'a'")]
    [InlineData("""{"a":{"dtype":"U8","shape":[8],"data_offsets":[0,8]},"a":{"dtype":"U8","shape":[8],"data_offsets":[0,8]}}""", "JSON")]
    [InlineData("""{"a":{"dtype":"U8","shape":[8],"data_offsets":[0,8]},"b":{"dtype":"U8","shape":[4],"data_offsets":[4,8]}}""", "'b'")]
    public void Read_HeaderThatDoesNotFit_SaysWhat(string header, string expected)
    {
        byte[] bytes = [(byte)header.Length, 0, 0, 0, 0, 0, 0, 0, .. Encoding.UTF8.GetBytes(header), 1, 2, 3, 4, 5, 6, 7, 8];

        var error = Assert.Throws<DistGanException>(() => Safetensors.Read(new MemoryStream(bytes), "x"));

        Assert.Contains(expected, error.Message);
    }

    [Theory]
    [InlineData("F32", 4, 12)]
    [InlineData("F31", 4, 16)]
    public void Write_BytesThatDoNotFit_IsRefused(string type, long count, int bytes)
        => Assert.Contains("'a'", Assert.Throws<DistGanException>(() => Write([new("a", type, [count], new byte[bytes])])).Message);

    [Fact]
    public void Write_OneNameTwice_IsRefused()
        => Assert.Throws<DistGanException>(() => Write([new("a", "U8", [1], new byte[1]), new("a", "U8", [1], new byte[1])]));

    private static byte[] Write(IEnumerable<NamedArray> arrays, Dictionary<string, string>? metadata = null)
    {
        using var stream = new MemoryStream();
        Safetensors.Write(stream, arrays, metadata);
        return stream.ToArray();
    }

    /// <summary>Cannot tell its length, as a network stream.</summary>
    private sealed class Forward(byte[] bytes) : MemoryStream(bytes)
    {
        public override bool CanSeek => false;

        public override long Length => throw new NotSupportedException();

        public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }
    }
}
