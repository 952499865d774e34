using System.Buffers.Binary;
using System.Text;

namespace DistGan.Client.TensorBoard;

/// <summary>
/// TensorBoard's Event messages in the protocol-buffer wire format (tensorflow/core/util/event.proto and framework/summary.proto), of
/// which four kinds are written here.
/// </summary>
internal static class EventMessage
{
    private const int WallTime = 1;
    private const int Step = 2;
    private const int FileVersion = 3;
    private const int Summary = 5;
    private const int SessionLog = 7;

    /// <summary>The first message of a file.</summary>
    public static byte[] Version(DateTimeOffset time) => [.. Number(WallTime, Seconds(time)), .. Bytes(FileVersion, "brain.Event:2"u8)];

    /// <summary>Says that what other files hold from this step on was done again.</summary>
    public static byte[] Start(DateTimeOffset time, long step) => Event(time, step, SessionLog, Whole(1, 1));

    /// <summary>Values by tag.</summary>
    public static byte[] Scalars(DateTimeOffset time, long step, IEnumerable<KeyValuePair<string, double>> values)
        => Event(time, step, Summary, [.. values.SelectMany(static value => Bytes(1, [.. Bytes(1, Encoding.UTF8.GetBytes(value.Key)), .. Number(2, (float)value.Value)]))]);

    /// <summary>A picture as a PNG file.</summary>
    public static byte[] Image(DateTimeOffset time, long step, string tag, byte[] png, int width, int height, int channels)
    {
        byte[] image = [.. Whole(1, height), .. Whole(2, width), .. Whole(3, channels), .. Bytes(4, png)];
        return Event(time, step, Summary, Bytes(1, [.. Bytes(1, Encoding.UTF8.GetBytes(tag)), .. Bytes(4, image)]));
    }

    private static byte[] Event(DateTimeOffset time, long step, int field, ReadOnlySpan<byte> content)
        => [.. Number(WallTime, Seconds(time)), .. Whole(Step, step), .. Bytes(field, content)];

    private static double Seconds(DateTimeOffset time) => (time - DateTimeOffset.UnixEpoch).TotalSeconds;

    private static byte[] Number(int field, double value)
    {
        var bytes = new byte[1 + sizeof(double)];
        bytes[0] = (byte)((field << 3) | 1);
        BinaryPrimitives.WriteDoubleLittleEndian(bytes.AsSpan(1), value);
        return bytes;
    }

    private static byte[] Number(int field, float value)
    {
        var bytes = new byte[1 + sizeof(float)];
        bytes[0] = (byte)((field << 3) | 5);
        BinaryPrimitives.WriteSingleLittleEndian(bytes.AsSpan(1), value);
        return bytes;
    }

    private static byte[] Whole(int field, long value) => [(byte)(field << 3), .. Varint((ulong)value)];

    private static byte[] Bytes(int field, ReadOnlySpan<byte> content) => [(byte)((field << 3) | 2), .. Varint((ulong)content.Length), .. content];

    private static List<byte> Varint(ulong value)
    {
        var bytes = new List<byte>();
        for (; value >= 0x80; value >>= 7)
        {
            bytes.Add((byte)(value | 0x80));
        }

        bytes.Add((byte)value);
        return bytes;
    }
}
