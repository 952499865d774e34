using System.Security.Cryptography;
using System.Text;
using DistGan.Recipes;
using DistGan.Training.Data.Preparation;
using DistGan.Training.Data.Sources;
using DistGan.Training.Data.Storage;

namespace DistGan.Training.Data;

/// <summary>
/// Opens the five training files of CIFAR-10 in its binary format: records of one label byte (0 to 9) and 3×32×32 bytes, the
/// red, green and blue planes row by row. In memory, or from disk where they are larger than data.memory-bytes.
/// Source: Krizhevsky, Learning Multiple Layers of Features from Tiny Images (2009).
/// </summary>
public static class CifarDataSet
{
    private const int RecordBytes = 1 + 3 * 32 * 32;

    private static readonly SampleShape Stored = new(3, 32, 32);

    /// <summary>The ten classes by label.</summary>
    public static IReadOnlyList<string> ClassNames { get; } = ["airplane", "automobile", "bird", "cat", "deer", "dog", "frog", "horse", "ship", "truck"];

    /// <summary>The training files, in order.</summary>
    public static IReadOnlyList<string> FileNames { get; } = [.. Enumerable.Range(1, 5).Select(static i => $"data_batch_{i}.bin")];

    /// <summary>Whether a folder holds such files.</summary>
    public static bool IsIn(string folder) => File.Exists(Path.Combine(folder, FileNames[0]));

    /// <summary>Opens the training images.</summary>
    /// <param name="name">What the set is called in messages and scores.</param>
    /// <param name="folder">Where the five files are.</param>
    /// <param name="recipe">Size, channels and memory.</param>
    /// <param name="opening">Told how far it is.</param>
    /// <exception cref="DistGanException">A file is missing, cut short, or holds something else.</exception>
    public static StoredImages Open(string name, string folder, DataRecipe recipe, DataOpening opening)
    {
        ArgumentNullException.ThrowIfNull(recipe);
        ArgumentNullException.ThrowIfNull(opening);
        string[] paths = [.. FileNames.Select(file => Path.Combine(folder, file))];
        var perFile = RecordsOfEach(paths);
        var (count, preparation) = (perFile * paths.Length, new ImagePreparation(Stored, recipe.Size, recipe.Channels));
        var labels = new int[count];
        var values = count * Stored.ItemBytes <= Math.Min(recipe.MemoryBytes, Array.MaxLength) ? new byte[count * Stored.ItemBytes] : null;
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(Encoding.UTF8.GetBytes($"cifar-10 binary, {preparation}, {count} images;"));
        for (var f = 0; f < paths.Length; f++)
        {
            opening.Report(new DataProgress("reading images", f * perFile, count));
            ReadFile(paths[f], (int)perFile, labels.AsSpan((int)(f * perFile)), values is null ? default : values.AsSpan((int)(f * perFile) * Stored.ItemBytes), hash);
        }

        ItemStore items = values is null ? new FileItems(paths, new ItemLayout(1, RecordBytes, perFile)) : new MemoryItems(values);
        return new StoredImages(name, count, Stored, items, preparation, labels, Convert.ToHexStringLower(hash.GetHashAndReset())) { Classes = ClassNames.Count };
    }

    private static long RecordsOfEach(string[] paths)
    {
        var missing = paths.Where(static path => !File.Exists(path)).ToArray();
        if (missing.Length > 0)
        {
            throw new MachineException($"Of the five training files of CIFAR-10 (binary version) these are missing: {string.Join(", ", missing)}; unpack the whole archive there.") { IsOfPath = true };
        }

        var lengths = paths.Select(static path => new FileInfo(path).Length).ToArray();
        var longest = Math.Max(RecordBytes, lengths.Max() / RecordBytes * RecordBytes);
        for (var f = 0; f < paths.Length; f++)
        {
            if (lengths[f] != longest)
            {
                throw new DistGanException($"{paths[f]} is not the CIFAR-10 file it should be at byte {Math.Min(lengths[f], longest)}: expected its end after {longest} bytes ({longest / RecordBytes} records, as in the others), found {lengths[f]} bytes; get the file again.");
            }
        }

        return longest / RecordBytes;
    }

    private static void ReadFile(string path, int records, Span<int> labels, Span<byte> values, IncrementalHash hash)
    {
        try
        {
            using var file = File.OpenRead(path);
            var record = new byte[RecordBytes];
            for (var r = 0; r < records; r++)
            {
                file.ReadExactly(record);
                if (record[0] >= ClassNames.Count)
                {
                    throw new DistGanException($"{path} is not the CIFAR-10 file it should be at byte {(long)r * RecordBytes}: expected a label from 0 to 9, found {record[0]}; get the file again.");
                }

                hash.AppendData(record);
                labels[r] = record[0];
                if (!values.IsEmpty)
                {
                    record.AsSpan(1).CopyTo(values[(r * Stored.ItemBytes)..]);
                }
            }
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new MachineException($"The CIFAR-10 file {path} cannot be read: {error.Message}", error) { IsOfPath = true };
        }
    }
}
