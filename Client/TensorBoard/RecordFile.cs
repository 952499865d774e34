using System.Buffers.Binary;
using System.Numerics;

namespace DistGan.Client.TensorBoard;

/// <summary>
/// The TFRecord format: for each record its length (uint64), the masked CRC-32C of the length, the bytes, and their masked CRC-32C,
/// all little-endian. Each record is written through, so that a reader beside sees it.
/// </summary>
internal sealed class RecordFile(string path) : IDisposable
{
    private const uint MaskDelta = 0xa282ead8;

    private readonly FileStream _file = new(path, FileMode.CreateNew, FileAccess.Write, FileShare.Read);

    public void Write(byte[] record)
    {
        Span<byte> head = stackalloc byte[sizeof(ulong) + sizeof(uint)];
        BinaryPrimitives.WriteUInt64LittleEndian(head, (ulong)record.Length);
        BinaryPrimitives.WriteUInt32LittleEndian(head[sizeof(ulong)..], MaskedChecksum(head[..sizeof(ulong)]));
        Span<byte> tail = stackalloc byte[sizeof(uint)];
        BinaryPrimitives.WriteUInt32LittleEndian(tail, MaskedChecksum(record));
        _file.Write(head);
        _file.Write(record);
        _file.Write(tail);
        _file.Flush();
    }

    public void Dispose() => _file.Dispose();

    private static uint MaskedChecksum(ReadOnlySpan<byte> bytes)
    {
        var checksum = uint.MaxValue;
        foreach (var value in bytes)
        {
            checksum = BitOperations.Crc32C(checksum, value);
        }

        return unchecked(BitOperations.RotateRight(~checksum, 15) + MaskDelta);
    }
}
