using System.Buffers.Binary;
using System.IO.Compression;
using DistGan.Recipes;

namespace DistGan.Training.Data;

/// <summary>
/// Reads a file in IDX format, plain or gzipped: two zero bytes, the element type (0x08, unsigned byte), the number of
/// dimensions, one big-endian uint32 a dimension, then the elements. A file is read whole or refused; offsets in errors count
/// the bytes of the unpacked content.
/// </summary>
public static class IdxFile
{
    private const byte UnsignedByte = 0x08;
    private const int MagicBytes = 4;
    private const int CopyBytes = 1 << 16;
    private const int ReportBytes = 1 << 24;
    private const long MostElements = 1L << 50;

    /// <summary>Reads N images: [N, H, W].</summary>
    /// <exception cref="DistGanException">The file is missing, damaged, cut short or too long, or holds something else.</exception>
    /// <param name="path">The file.</param>
    /// <param name="report">Told of the elements that are read, and of all there are; null for nobody.</param>
    public static IdxArray ReadImages(string path, Action<long, long>? report = null) => Read(path, dimensions: 3, report);

    /// <summary>Reads N labels: [N].</summary>
    /// <exception cref="DistGanException">The file is missing, damaged, cut short or too long, or holds something else.</exception>
    public static IdxArray ReadLabels(string path) => Read(path, dimensions: 1, null);

    /// <summary>Reads what stands before N images; of a plain file the length is checked too.</summary>
    /// <exception cref="DistGanException">The file is missing, damaged, cut short or too long, or holds something else.</exception>
    public static IdxHeader ReadImagesHeader(string path) => Open(path, static (reader, isPacked) => reader.Header(dimensions: 3, isPacked));

    /// <summary>Copies the elements of an image file, unpacked, to a stream: for files that are too large for memory.</summary>
    /// <exception cref="DistGanException">The file is missing, damaged, cut short or too long, or holds something else.</exception>
    public static void CopyImages(string path, Stream destination) => Open(path, (reader, isPacked) => reader.Copy(reader.Header(dimensions: 3, isPacked), destination));

    private static IdxArray Read(string path, int dimensions, Action<long, long>? report) => Open(path, (reader, isPacked) => reader.Read(reader.Header(dimensions, isPacked), report));

    private static T Open<T>(string path, Func<Reader, bool, T> read)
    {
        try
        {
            using var file = File.OpenRead(path);
            var packed = IsGzip(file);
            using Stream content = packed ? new GZipStream(file, CompressionMode.Decompress) : file;
            return read(new Reader(path, content, packed ? null : file.Length), packed);
        }
        catch (Exception error) when (error is FileNotFoundException or DirectoryNotFoundException)
        {
            throw new MachineException($"There is no IDX file at {path}: check the path.", error) { IsOfPath = true };
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new MachineException($"The IDX file {path} cannot be read: {error.Message}", error) { IsOfPath = true };
        }
    }

    private static bool IsGzip(FileStream file)
    {
        Span<byte> start = stackalloc byte[2];
        var read = file.ReadAtLeast(start, start.Length, throwOnEndOfStream: false);
        file.Position = 0;
        return read == start.Length && start is [0x1F, 0x8B];
    }

    /// <summary>One pass over the content that knows how far it has come.</summary>
    private sealed class Reader(string path, Stream content, long? length)
    {
        private long _offset;

        public IdxHeader Header(int dimensions, bool isPacked)
        {
            Span<byte> magic = stackalloc byte[MagicBytes];
            Fill(magic, "the 4 bytes that begin an IDX file");
            var expected = new byte[] { 0, 0, UnsignedByte, (byte)dimensions };
            if (!magic.SequenceEqual(expected))
            {
                throw Damaged(0, $"the bytes {Hex(expected)} ({(dimensions == 1 ? "labels" : "images")})", Hex(magic));
            }

            var sizes = new int[dimensions];
            for (var i = 0; i < dimensions; i++)
            {
                sizes[i] = Size(i);
            }

            // Of three sizes up to 2³¹ the product may not fit.
            if (sizes.Aggregate(1.0, static (product, size) => product * size) > MostElements)
            {
                throw Damaged(MagicBytes, $"at most {MostElements} elements", string.Join("×", sizes));
            }

            var header = new IdxHeader(sizes, (int)_offset, isPacked);
            if (length is { } bytes && bytes != _offset + header.Elements)
            {
                throw Damaged(Math.Min(bytes, _offset + header.Elements), $"the file to end after {_offset + header.Elements} bytes ({string.Join("×", sizes)} elements)", $"{bytes} bytes");
            }

            return header;
        }

        public IdxArray Read(IdxHeader header, Action<long, long>? report)
        {
            if (header.Elements > Array.MaxLength)
            {
                throw Damaged(MagicBytes, $"at most {Array.MaxLength} elements", string.Join("×", header.Dimensions));
            }

            var values = ReadGrowing((int)header.Elements, header, report);
            End(header);
            return new IdxArray(header.Dimensions, values);
        }

        public long Copy(IdxHeader header, Stream destination)
        {
            var buffer = new byte[CopyBytes];
            for (var copied = 0L; copied < header.Elements;)
            {
                var part = buffer.AsSpan(0, (int)Math.Min(buffer.Length, header.Elements - copied));
                Fill(part, $"{string.Join("×", header.Dimensions)} elements");
                destination.Write(part);
                copied += part.Length;
            }

            End(header);
            return header.Elements;
        }

        private void End(IdxHeader header)
        {
            if (content.ReadByte() >= 0)
            {
                throw Damaged(_offset, $"the end of the file after {string.Join("×", header.Dimensions)} elements", "more bytes");
            }
        }

        private int Size(int dimension)
        {
            Span<byte> bytes = stackalloc byte[sizeof(uint)];
            var at = _offset;
            Fill(bytes, $"the size of dimension {dimension}");
            var size = BinaryPrimitives.ReadUInt32BigEndian(bytes);
            return size is > 0 and <= int.MaxValue ? (int)size : throw Damaged(at, $"a size of dimension {dimension} from 1 to {int.MaxValue}", $"{size}");
        }

        /// <summary>Memory grows with what is there, so that a damaged header cannot ask for gigabytes.</summary>
        private byte[] ReadGrowing(int total, IdxHeader header, Action<long, long>? report)
        {
            var values = new byte[Math.Min(total, 1 << 20)];
            for (var filled = 0; ;)
            {
                while (filled < values.Length)
                {
                    var part = values.AsSpan(filled, Math.Min(ReportBytes, values.Length - filled));
                    Fill(part, $"{string.Join("×", header.Dimensions)} elements");
                    filled += part.Length;
                    report?.Invoke(filled, total);
                }

                if (filled == total)
                {
                    return values;
                }

                Array.Resize(ref values, (int)Math.Min(total, 2L * filled));
            }
        }

        private void Fill(Span<byte> destination, string what)
        {
            try
            {
                var read = content.ReadAtLeast(destination, destination.Length, throwOnEndOfStream: false);
                _offset += read;
                if (read < destination.Length)
                {
                    throw Damaged(_offset, what, "the end of the file");
                }
            }
            catch (InvalidDataException error)
            {
                throw new DistGanException($"{path} is damaged after byte {_offset} of its content: expected {what}, found gzip data that does not unpack; get the file again.", error);
            }
        }

        private DistGanException Damaged(long offset, string expected, string actual)
            => new($"{path} is not the IDX file it should be at byte {offset}: expected {expected}, found {actual}; get the file again.");

        private static string Hex(ReadOnlySpan<byte> bytes) => Convert.ToHexString(bytes);
    }
}
