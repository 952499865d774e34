using System.Buffers.Binary;
using DistGan.Recipes;

namespace DistGan.Training.Snapshots;

/// <summary>
/// The safetensors file format: a little-endian uint64 header length, a JSON header padded with spaces to a multiple of 8, then
/// the arrays without gaps. As the Python library does, arrays stand by descending element type and then by name, so each lies
/// at a multiple of its element size, and the same arrays always give the same bytes.
/// </summary>
public static class Safetensors
{
    private const int LengthBytes = sizeof(ulong);
    private const int MaxHeaderBytes = 100_000_000;

    /// <summary>Element types in ascending order, with bytes an element.</summary>
    private static readonly string[] Types =
        ["BOOL", "U8", "I8", "F8_E5M2", "F8_E4M3", "I16", "U16", "F16", "BF16", "I32", "U32", "F32", "F64", "I64", "U64"];

    private static readonly int[] TypeBytes = [1, 1, 1, 1, 1, 2, 2, 2, 2, 4, 4, 4, 8, 8, 8];

    /// <summary>Writes arrays and, where given, metadata (sorted by key).</summary>
    /// <exception cref="DistGanException">A name occurs twice or is reserved, a type is unknown, or bytes do not match type and shape.</exception>
    public static void Write(Stream stream, IEnumerable<NamedArray> arrays, IReadOnlyDictionary<string, string>? metadata = null)
    {
        ArgumentNullException.ThrowIfNull(stream);
        var ordered = arrays.OrderByDescending(static array => Array.IndexOf(Types, array.Type)).ThenBy(static array => array.Name, StringComparer.Ordinal).ToArray();
        Check(ordered);
        var header = Header(ordered, metadata);
        Span<byte> length = stackalloc byte[LengthBytes];
        BinaryPrimitives.WriteUInt64LittleEndian(length, (ulong)header.Length);
        stream.Write(length);
        stream.Write(header);
        foreach (var array in ordered)
        {
            stream.Write(array.Bytes.Span);
        }
    }

    /// <summary>Reads all arrays, in the order of their bytes.</summary>
    /// <param name="stream">Positioned at the start; read to its end.</param>
    /// <param name="source">What errors call it, such as a file name.</param>
    /// <exception cref="DistGanException">It is damaged, cut short, too long, or no safetensors file.</exception>
    public static IReadOnlyList<NamedArray> Read(Stream stream, string source = "the safetensors stream") => Read(stream, source, out _);

    /// <summary>As <see cref="Read(Stream, string)"/>, with the metadata (empty where there is none).</summary>
    public static IReadOnlyList<NamedArray> Read(Stream stream, string source, out IReadOnlyDictionary<string, string> metadata)
    {
        ArgumentNullException.ThrowIfNull(stream);
        var header = ReadHeader(stream, source);
        var entries = SafetensorsHeader.Parse(header, source, ElementBytes, out metadata);
        var end = entries.Count == 0 ? 0 : entries[^1].End;
        if (stream.CanSeek && stream.Length - stream.Position != end)
        {
            throw new DistGanException($"{source} is damaged: expected {end} bytes of arrays after the header, found {stream.Length - stream.Position}; take another copy.");
        }

        var arrays = entries.Select(entry => new NamedArray(entry.Name, entry.Type, entry.Shape, Fill(stream, new byte[entry.End - entry.Begin], source, entry.Name))).ToArray();
        return stream.ReadByte() < 0
            ? arrays
            : throw new DistGanException($"{source} is damaged: expected its end after {end} bytes of arrays, found more; take another copy.");
    }

    /// <summary>Bytes of one element, or 0 where the type is unknown.</summary>
    internal static int ElementBytes(string type) => Array.IndexOf(Types, type) is >= 0 and var index ? TypeBytes[index] : 0;

    private static void Check(NamedArray[] arrays)
    {
        var names = new HashSet<string>();
        foreach (var array in arrays)
        {
            if (array.Name == SafetensorsHeader.MetadataKey || !names.Add(array.Name))
            {
                throw new DistGanException($"Array '{array.Name}' cannot be written to a safetensors file: its name occurs twice or is reserved.");
            }

            var expected = array.Shape.Aggregate((long)ElementBytes(array.Type), static (product, size) => checked(product * size));
            if (ElementBytes(array.Type) == 0 || expected != array.Bytes.Length)
            {
                throw new DistGanException($"Array '{array.Name}' cannot be written to a safetensors file: {array.Type} [{string.Join(", ", array.Shape)}] takes {expected} bytes of a known type, but it has {array.Bytes.Length}.");
            }
        }
    }

    private static byte[] Header(NamedArray[] arrays, IReadOnlyDictionary<string, string>? metadata)
    {
        var json = SafetensorsHeader.Format(arrays, metadata);
        var padded = new byte[(json.Length + LengthBytes - 1) / LengthBytes * LengthBytes];
        padded.AsSpan().Fill((byte)' ');
        json.CopyTo(padded, 0);
        return padded;
    }

    private static byte[] ReadHeader(Stream stream, string source)
    {
        var start = Fill(stream, new byte[LengthBytes], source, "the header's length");
        var length = BinaryPrimitives.ReadUInt64LittleEndian(start);
        if (length is < 2 or > MaxHeaderBytes || (stream.CanSeek && length > (ulong)(stream.Length - stream.Position)))
        {
            throw new DistGanException($"{source} is no safetensors file, or is damaged: expected a header of 2 to {MaxHeaderBytes} bytes that fits the file, found a length of {length}; take another copy.");
        }

        return Fill(stream, new byte[length], source, "the header");
    }

    private static byte[] Fill(Stream stream, byte[] buffer, string source, string what)
    {
        var read = stream.ReadAtLeast(buffer, buffer.Length, throwOnEndOfStream: false);
        return read == buffer.Length
            ? buffer
            : throw new DistGanException($"{source} ends too early, in {what}: expected {buffer.Length} bytes, found {read}; take another copy.");
    }
}
