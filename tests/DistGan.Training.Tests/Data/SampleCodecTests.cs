using System.Runtime.InteropServices;
using DistGan.Recipes;
using DistGan.Training.Data;
using TorchSharp;
using static TorchSharp.torch;

namespace DistGan.Training.Tests.Data;

public sealed class SampleCodecTests
{
    private static readonly SampleShape AllBytes = new(1, 16, 17);

    [Fact]
    public void Decode_EveryByte_IsExactlyByteOverHalfRangeMinusOne()
    {
        var bytes = Ramp();

        using var decoded = SampleCodec.Decode(bytes, AllBytes, 1);

        Assert.Equal([1, 1, 16, 17], decoded.shape);
        Assert.Equal(bytes.Select(static v => v / 127.5f - 1f), decoded.data<float>().ToArray());
    }

    [Fact]
    public void Encode_OfDecodedBytes_GivesTheSameBytes()
    {
        var bytes = Ramp();
        using var decoded = SampleCodec.Decode(bytes, AllBytes, 1);
        var encoded = new byte[bytes.Length];

        SampleCodec.Encode(decoded, encoded);

        Assert.Equal(bytes, encoded);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(100)]
    public void Encode_OutsideOfTheRange_IsClamped(int repeats)
    {
        // Once in the scalar tail, a hundred times through the vector path.
        float[] values = [-1, -1.5f, 1, 7, 0, 0.00392f, float.NaN, float.PositiveInfinity, float.NegativeInfinity, 1e20f];
        byte[] expected = [0, 0, 255, 255, 128, 128, 0, 255, 0, 255];
        using var samples = tensor(Enumerable.Repeat(values, repeats).SelectMany(static v => v).ToArray()).view(repeats, 1, 2, 5);
        var encoded = new byte[values.Length * repeats];

        SampleCodec.Encode(samples, encoded);

        Assert.Equal(Enumerable.Repeat(expected, repeats).SelectMany(static v => v), encoded);
    }

    [Fact]
    public void Encode_BFloat16_IsEncodedAsItsFloatValue()
    {
        using var samples = linspace(-1, 1, 64).view(1, 1, 8, 8);
        using var half = samples.to(ScalarType.BFloat16);
        using var back = half.to(ScalarType.Float32);
        var (one, two) = (new byte[64], new byte[64]);

        SampleCodec.Encode(half, one);
        SampleCodec.Encode(back, two);

        Assert.Equal(two, one);
    }

    [Fact]
    public void DecodeInto_Points_KeepsTheirBits()
    {
        float[] values = [1.5f, -2.25f, float.Epsilon, 4f];
        using var destination = zeros(2, 2);
        var encoded = MemoryMarshal.AsBytes(values.AsSpan()).ToArray();

        SampleCodec.DecodeInto(encoded, destination);

        Assert.Equal(values, destination.data<float>().ToArray());
        var again = new byte[encoded.Length];
        SampleCodec.Encode(destination, again);
        Assert.Equal(encoded, again);
    }

    [Fact]
    public void DecodeInto_KeptTensor_AllocatesNoTensor()
    {
        using var destination = empty(4, 1, 28, 28);
        var bytes = IdxBytes.Noise(4 * 28 * 28);
        var before = DisposeScopeManager.Statistics.ThreadTotalLiveCount;

        SampleCodec.DecodeInto(bytes, destination);

        Assert.Equal(before, DisposeScopeManager.Statistics.ThreadTotalLiveCount);
        Assert.Equal(bytes[^1] / 127.5f - 1, destination.data<float>().ToArray()[^1]);
    }

    [Fact]
    public void DecodeInto_AnotherLength_IsRefused()
    {
        using var destination = empty(4, 1, 28, 28);

        var error = Assert.Throws<DistGanException>(() => SampleCodec.DecodeInto(new byte[100], destination));

        Assert.Contains("100", error.Message);
        Assert.Contains("3136", error.Message);
    }

    private static byte[] Ramp() => [.. Enumerable.Range(0, AllBytes.ItemBytes).Select(static i => (byte)i)];
}
