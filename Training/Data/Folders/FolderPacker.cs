using System.Security.Cryptography;
using System.Text;
using DistGan.Training.Data.Sources;

namespace DistGan.Training.Data.Folders;

/// <summary>
/// Decodes the files of a folder into a <see cref="Pack"/>, a few at a time and in their order, so that memory is bounded and
/// the result does not depend on the number of threads.
/// </summary>
internal sealed class FolderPacker(FolderListing listing, int size, int? channels, Action<DataProgress> report)
{
    private const int AtATime = 64;
    private const int MostThreads = 4;
    private const long MostFileBytes = 1L << 30;

    private readonly ParallelOptions _parallel = new() { MaxDegreeOfParallelism = Math.Min(Environment.ProcessorCount, MostThreads) };

    /// <summary>Writes images, labels and description.</summary>
    public void Write(Stream stream)
    {
        var shape = new SampleShape(channels ?? CountChannels(), size, size);
        var (labels, unreadable) = (new List<int>(), new List<UnreadableFile>());
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(Encoding.UTF8.GetBytes($"folder 1, {shape}, classes {string.Join('/', listing.ClassNames)};"));
        for (var start = 0; start < listing.Files.Count; start += AtATime)
        {
            var first = start;
            var decoded = new Decoded[Math.Min(AtATime, listing.Files.Count - start)];
            Parallel.For(0, decoded.Length, _parallel, i => decoded[i] = Decode(listing.Files[first + i], shape));
            for (var i = 0; i < decoded.Length; i++)
            {
                var file = listing.Files[start + i];
                if (decoded[i].Image is not { } image)
                {
                    unreadable.Add(new UnreadableFile(file.Name, decoded[i].Why!));
                    continue;
                }

                stream.Write(image);
                labels.Add(file.Label);
                hash.AppendData(decoded[i].Hash!);
                hash.AppendData(BitConverter.GetBytes(file.Label));
            }

            report(new DataProgress("decoding images", start + decoded.Length, listing.Files.Count));
        }

        new Pack
        {
            Shape = shape,
            Count = labels.Count,
            ClassNames = listing.ClassNames,
            Unreadable = unreadable,
            Fingerprint = Convert.ToHexStringLower(hash.GetHashAndReset()),
        }.WriteEnd(stream, labels.ToArray());
    }

    /// <summary>3 where any file has colours; what cannot be read is named when it is decoded.</summary>
    private int CountChannels()
    {
        for (var i = 0; i < listing.Files.Count; i++)
        {
            try
            {
                if (ImageFile.HasColours(listing.Files[i].Path))
                {
                    return 3;
                }
            }
            catch (UnreadableImageException)
            {
                // Named later, with all others.
            }

            if (i % AtATime == 0)
            {
                report(new DataProgress("looking at images", i, listing.Files.Count));
            }
        }

        return 1;
    }

    private static Decoded Decode(FolderFile file, SampleShape shape)
    {
        try
        {
            if (file.Bytes > MostFileBytes)
            {
                return new Decoded(null, null, $"its {file.Bytes} bytes are too many");
            }

            var content = File.ReadAllBytes(file.Path);
            return new Decoded(ImageFile.Decode(content, shape.Height, shape.Channels), SHA256.HashData(content), null);
        }
        catch (UnreadableImageException error)
        {
            return new Decoded(null, null, error.Message);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return new Decoded(null, null, error.Message.TrimEnd('.'));
        }
    }

    private readonly record struct Decoded(byte[]? Image, byte[]? Hash, string? Why);
}
