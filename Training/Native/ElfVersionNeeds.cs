using System.Buffers.Binary;
using System.Text;

namespace DistGan.Training.Native;

/// <summary>
/// Marks a symbol version that a 64-bit little-endian ELF library needs as weak, so that a loader which lacks that version
/// goes on. Sound only where no relocation uses a symbol of that version.
/// </summary>
internal static class ElfVersionNeeds
{
    private const uint SectionTypeVersionNeeds = 0x6ffffffe;
    private const ushort FlagWeak = 0x2;

    /// <summary>Sets the weak flag on every need named <paramref name="version"/>; false where the image has none, is cut short or is no such library.</summary>
    public static bool MakeWeak(Span<byte> image, string version)
    {
        // 0x7f 'E' 'L' 'F', then class 2 (64-bit) and data 1 (little-endian).
        if (image.Length < 64 || BinaryPrimitives.ReadUInt32BigEndian(image) != 0x7f454c46 || image[4] != 2 || image[5] != 1)
        {
            return false;
        }

        try
        {
            return MarkIn(image, version);
        }
        catch (Exception damage) when (damage is ArgumentOutOfRangeException or IndexOutOfRangeException)
        {
            return false;
        }
    }

    private static bool MarkIn(Span<byte> image, string version)
    {
        var sections = (int)BinaryPrimitives.ReadInt64LittleEndian(image[0x28..]);
        int size = BinaryPrimitives.ReadUInt16LittleEndian(image[0x3a..]);
        int count = BinaryPrimitives.ReadUInt16LittleEndian(image[0x3c..]);
        for (var i = 0; i < count; i++)
        {
            var header = image[(sections + i * size)..];
            if (BinaryPrimitives.ReadUInt32LittleEndian(header[4..]) == SectionTypeVersionNeeds)
            {
                var strings = BinaryPrimitives.ReadInt32LittleEndian(header[0x28..]);
                var names = (int)BinaryPrimitives.ReadInt64LittleEndian(image[(sections + strings * size + 0x18)..]);
                var offset = (int)BinaryPrimitives.ReadInt64LittleEndian(header[0x18..]);
                return MarkIn(image, offset, names, version);
            }
        }

        return false;
    }

    private static bool MarkIn(Span<byte> image, int need, int names, string version)
    {
        var found = false;
        while (true)
        {
            int entries = BinaryPrimitives.ReadUInt16LittleEndian(image[(need + 2)..]);
            var entry = need + BinaryPrimitives.ReadInt32LittleEndian(image[(need + 8)..]);
            for (var i = 0; i < entries; i++)
            {
                var name = names + BinaryPrimitives.ReadInt32LittleEndian(image[(entry + 8)..]);
                if (NameAt(image, name) == version)
                {
                    BinaryPrimitives.WriteUInt16LittleEndian(image[(entry + 4)..], FlagWeak);
                    found = true;
                }

                entry += BinaryPrimitives.ReadInt32LittleEndian(image[(entry + 12)..]);
            }

            var next = BinaryPrimitives.ReadInt32LittleEndian(image[(need + 12)..]);
            if (next <= 0)
            {
                return found;
            }

            need += next;
        }
    }

    private static string NameAt(ReadOnlySpan<byte> image, int offset)
    {
        var tail = image[offset..];
        return Encoding.ASCII.GetString(tail[..tail.IndexOf((byte)0)]);
    }
}
