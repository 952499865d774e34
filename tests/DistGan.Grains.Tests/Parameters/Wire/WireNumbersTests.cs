using DistGan.Grains.Interfaces.Parameters.Wire;

namespace DistGan.Grains.Tests.Parameters.Wire;

public sealed class WireNumbersTests
{
    public static TheoryData<WireFormat> Formats => [.. Enum.GetValues<WireFormat>()];

    [Fact]
    public void BFloat16_OfNumbersBetweenTwo_TakesTheNearestAndTheEvenOne()
    {
        // Between 1 and 1 + 2⁻⁷ lie no others: 1 + 2⁻⁸ is a tie, whose even neighbour is 1; 1 + 3·2⁻⁸ is one, whose even neighbour is 1 + 2⁻⁶.
        float[] numbers = [1f + (1f / 256), 1f + (3f / 256), 1f + (1f / 256) + (1f / 65536), -2.5f, 0];

        Assert.Equal([1f, 1f + (1f / 64), 1f + (1f / 128), -2.5f, 0f], WireNumbers.Of(WireFormat.BFloat16, numbers).Read());
    }

    [Fact]
    public void Int8_OfABlock_HasStepsOfItsLargestNumberOver127()
    {
        float[] numbers = [-127, 0.4f, 0.6f, 126.5f, 2.5f];

        Assert.Equal([-127f, 0f, 1f, 126f, 2f], WireNumbers.Of(WireFormat.Int8, numbers).Read());
    }

    [Fact]
    public void Int8_OfTwoBlocks_EachHasItsScale()
    {
        var numbers = new float[WireCodec.Block + 1];
        numbers[0] = 127;
        numbers[^1] = 1e-3f;

        var read = WireNumbers.Of(WireFormat.Int8, numbers).Read();

        Assert.Equal(1e-3f, read[^1], 1e-9f);
        Assert.Equal(0f, read[1]);
    }

    [Theory]
    [InlineData(WireFormat.Float32, 0)]
    [InlineData(WireFormat.BFloat16, 1.0 / 256)]
    [InlineData(WireFormat.Int8, 1.0 / 254)]
    public void Read_OfManyNumbers_IsWithinTheErrorOfTheFormat(WireFormat format, double share)
    {
        var random = new Random(1);
        float[] numbers = [.. Enumerable.Range(0, 1000).Select(_ => (float)((random.NextDouble() - 0.5) * Math.Pow(10, random.Next(-6, 6))))];

        var read = WireNumbers.Of(format, numbers).Read();

        Assert.All(Enumerable.Range(0, numbers.Length), i =>
        {
            var block = numbers.Skip(i / WireCodec.Block * WireCodec.Block).Take(WireCodec.Block);
            var size = format == WireFormat.Int8 ? block.Max(Math.Abs) : Math.Abs(numbers[i]);
            Assert.InRange(Math.Abs(read[i] - numbers[i]), 0, share * size * 1.0001);
        });
    }

    [Theory]
    [InlineData(WireFormat.Float32, 1200)]
    [InlineData(WireFormat.BFloat16, 600)]
    [InlineData(WireFormat.Int8, 308)]
    public void Bytes_OfThreeHundredNumbers_AreSoMany(WireFormat format, int bytes) => Assert.Equal(bytes, WireNumbers.Of(format, new float[300]).Bytes.Length);

    [Theory]
    [MemberData(nameof(Formats))]
    public void Read_OfNumbersThatAreNotFinite_IsNotFinite(WireFormat format)
    {
        Assert.False(float.IsFinite(WireNumbers.Of(format, [1, float.NaN, 2]).Read()[1]));
        Assert.False(float.IsFinite(WireNumbers.Of(format, [1, float.NegativeInfinity, 2]).Read()[1]));
    }

    [Theory]
    [MemberData(nameof(Formats))]
    public void AddTo_ADifference_IsTheSumInOrder(WireFormat format)
    {
        var numbers = WireNumbers.Of(format, [127, -64, 0]);

        Assert.Equal([128f, -62f, 3f], numbers.AddTo([1, 2, 3]));
        Assert.Equal("A difference of 3 numbers does not fit 2.", Assert.Throws<InvalidDataException>(() => numbers.AddTo([1, 2])).Message);
    }

    [Fact]
    public void Read_TooFewBytes_IsRefused()
    {
        var torn = WireNumbers.Of(WireFormat.Int8, new float[300]) with { Bytes = new byte[300] };

        Assert.Equal("300 numbers in Int8 are 308 bytes, not 300.", Assert.Throws<InvalidDataException>(torn.Read).Message);
    }
}
