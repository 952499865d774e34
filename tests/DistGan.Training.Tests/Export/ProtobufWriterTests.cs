using DistGan.Training.Export;

namespace DistGan.Training.Tests.Export;

public sealed class ProtobufWriterTests
{
    [Theory]
    [InlineData(1, 150, new byte[] { 0x08, 0x96, 0x01 })]
    [InlineData(20, 2, new byte[] { 0xA0, 0x01, 0x02 })]
    [InlineData(1, -1, new byte[] { 0x08, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0x01 })]
    [InlineData(1, 127, new byte[] { 0x08, 0x7F })]
    [InlineData(1, 128, new byte[] { 0x08, 0x80, 0x01 })]
    public void Integer_OfAField_IsItsTagAndSevenBitsAByte(int field, long value, byte[] expected)
    {
        var writer = new ProtobufWriter();

        writer.Integer(field, value);

        Assert.Equal(expected, writer.Written.ToArray());
    }

    [Fact]
    public void Message_OfTextAndNumber_IsLengthPrefixed()
    {
        var writer = new ProtobufWriter();

        writer.Message(3, static inner =>
        {
            inner.Text(2, "hé");
            inner.Single(4, 1);
        });

        Assert.Equal([0x1A, 10, 0x12, 3, (byte)'h', 0xC3, 0xA9, 0x25, 0, 0, 0x80, 0x3F], writer.Written.ToArray());
    }
}
