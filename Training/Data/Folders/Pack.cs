using System.Runtime.InteropServices;
using System.Text.Json;
using DistGan.Training.Data.Storage;

namespace DistGan.Training.Data.Folders;

/// <summary>
/// A file of decoded images: the images, uint8 [C, S, S] one after another; their labels, int32 little-endian; a JSON text that
/// describes them; its length, int32 little-endian; eight bytes that end a complete file.
/// </summary>
internal sealed record Pack
{
    private static readonly byte[] End = "DGPACK01"u8.ToArray();

    public required SampleShape Shape { get; init; }

    public required int Count { get; init; }

    public required IReadOnlyList<string> ClassNames { get; init; }

    /// <summary>Files that are left out.</summary>
    public required IReadOnlyList<UnreadableFile> Unreadable { get; init; }

    public required string Fingerprint { get; init; }

    /// <summary>Ends a stream to which the images were written.</summary>
    public void WriteEnd(Stream stream, ReadOnlySpan<int> labels)
    {
        stream.Write(MemoryMarshal.AsBytes(labels));
        var text = JsonSerializer.SerializeToUtf8Bytes(this);
        stream.Write(text);
        stream.Write(BitConverter.GetBytes(text.Length));
        stream.Write(End);
    }

    /// <summary>What a file describes, with the labels; null where it is no complete pack.</summary>
    public static (Pack Pack, int[] Labels)? Read(string path)
    {
        using var file = File.OpenRead(path);
        Span<byte> tail = stackalloc byte[sizeof(int) + End.Length];
        if (file.Length < tail.Length)
        {
            return null;
        }

        file.Position = file.Length - tail.Length;
        file.ReadExactly(tail);
        var length = BitConverter.ToInt32(tail);
        if (!tail[sizeof(int)..].SequenceEqual(End) || length <= 0 || length > file.Length - tail.Length)
        {
            return null;
        }

        var text = new byte[length];
        file.Position = file.Length - tail.Length - length;
        file.ReadExactly(text);
        var pack = Parse(text);
        if (pack is null || file.Length != (long)pack.Count * (pack.Shape.ItemBytes + sizeof(int)) + length + tail.Length)
        {
            return null;
        }

        var labels = new int[pack.Count];
        file.Position = (long)pack.Count * pack.Shape.ItemBytes;
        file.ReadExactly(MemoryMarshal.AsBytes(labels.AsSpan()));
        return (pack, labels);
    }

    /// <summary>The images of a file that this describes; in memory up to a number of bytes.</summary>
    public ItemStore Open(UnpackedFile file, long memoryBytes)
    {
        var bytes = (long)Count * Shape.ItemBytes;
        if (bytes > Math.Min(memoryBytes, Array.MaxLength))
        {
            return new FileItems([file.Path], new ItemLayout(0, Shape.ItemBytes, long.MaxValue), file.IsTemporary);
        }

        var images = new byte[bytes];
        using (var stream = File.OpenRead(file.Path))
        {
            stream.ReadExactly(images);
        }

        file.Release();
        return new MemoryItems(images);
    }

    private static Pack? Parse(byte[] text)
    {
        try
        {
            return JsonSerializer.Deserialize<Pack>(text) is { Shape.Elements: > 0, Count: >= 0 } pack ? pack : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
