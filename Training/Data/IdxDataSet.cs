using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using DistGan.Recipes;
using DistGan.Training.Data.Preparation;
using DistGan.Training.Data.Sources;
using DistGan.Training.Data.Storage;

namespace DistGan.Training.Data;

/// <summary>Opens grey images of an IDX file, with or without labels: in memory, or from disk where they are larger than data.memory-bytes.</summary>
public static class IdxDataSet
{
    private const int ReportEvery = 4096;

    /// <summary>Opens image and label file at a size, in memory.</summary>
    /// <exception cref="DistGanException">A file is missing or damaged, or the files do not belong together.</exception>
    public static StoredImages Open(string name, string images, string? labels, int size)
        => Open(name, images, labels, new DataRecipe { Size = size }, new DataOpening());

    /// <summary>Opens image and label file as a recipe says.</summary>
    /// <param name="name">What the set is called in messages and scores.</param>
    /// <param name="images">Path of the image file, plain or gzipped.</param>
    /// <param name="labels">Path of the label file, or null.</param>
    /// <param name="recipe">Size, channels and memory.</param>
    /// <param name="opening">Where a large gzipped file is unpacked.</param>
    /// <exception cref="DistGanException">A file is missing or damaged, or the files do not belong together.</exception>
    public static StoredImages Open(string name, string images, string? labels, DataRecipe recipe, DataOpening opening)
    {
        ArgumentNullException.ThrowIfNull(recipe);
        ArgumentNullException.ThrowIfNull(opening);
        var header = IdxFile.ReadImagesHeader(images);
        var stored = new SampleShape(1, header.Dimensions[1], header.Dimensions[2]);
        var classes = labels is null ? null : IdxFile.ReadLabels(labels).Values;
        if (classes is not null && classes.Length != header.Dimensions[0])
        {
            throw new DistGanException($"{labels} holds {classes.Length} labels, but {images} holds {header.Dimensions[0]} images: expected one label an image; give files that belong together.");
        }

        var preparation = new ImagePreparation(stored, recipe.Size, recipe.Channels);
        if (header.Elements <= Math.Min(recipe.MemoryBytes, Array.MaxLength))
        {
            var values = IdxFile.ReadImages(images, (done, total) => opening.Report(new DataProgress($"reading {name}, MB", done / 1_000_000, total / 1_000_000))).Values;
            using var hash = Begin(header, preparation);
            hash.AppendData(values);
            return Create(name, header, new MemoryItems(values), preparation, classes, hash);
        }

        var items = OnDisk(images, header, opening);
        try
        {
            using var hash = Begin(header, preparation);
            Append(hash, items, header, opening);
            return Create(name, header, items, preparation, classes, hash);
        }
        catch
        {
            items.Dispose();
            throw;
        }
    }

    private static StoredImages Create(string name, IdxHeader header, ItemStore items, ImagePreparation preparation, byte[]? labels, IncrementalHash hash)
    {
        hash.AppendData(labels ?? []);
        var classes = labels is null ? null : Array.ConvertAll(labels, static label => (int)label);
        var stored = new SampleShape(1, header.Dimensions[1], header.Dimensions[2]);
        return new StoredImages(name, header.Dimensions[0], stored, items, preparation, classes, Convert.ToHexStringLower(hash.GetHashAndReset()));
    }

    private static FileItems OnDisk(string images, IdxHeader header, DataOpening opening)
    {
        var stride = checked((int)header.ItemElements);
        if (!header.IsPacked)
        {
            return new FileItems([images], new ItemLayout(header.Bytes, stride, long.MaxValue));
        }

        var name = NameFor(images);
        var file = UnpackedFile.Find(opening, name) ?? UnpackedFile.Make(opening, name, stream => IdxFile.CopyImages(images, stream));
        return new FileItems([file.Path], new ItemLayout(0, stride, long.MaxValue), file.IsTemporary);
    }

    private static string NameFor(string images)
    {
        var file = new FileInfo(images);
        var key = string.Create(CultureInfo.InvariantCulture, $"idx 1; {file.FullName}; {file.Length}; {file.LastWriteTimeUtc.Ticks}");
        return $"{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(key)))[..32]}.items";
    }

    /// <summary>SHA-256 over the preparation, the dimensions, the pixels and the labels.</summary>
    private static IncrementalHash Begin(IdxHeader header, ImagePreparation preparation)
    {
        var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(Encoding.UTF8.GetBytes($"idx, {preparation};"));
        Span<byte> sizes = stackalloc byte[3 * sizeof(int)];
        for (var i = 0; i < 3; i++)
        {
            BinaryPrimitives.WriteInt32LittleEndian(sizes[(4 * i)..], header.Dimensions[i]);
        }

        hash.AppendData(sizes);
        return hash;
    }

    private static void Append(IncrementalHash hash, FileItems items, IdxHeader header, DataOpening opening)
    {
        var item = new byte[header.ItemElements];
        for (var i = 0L; i < header.Dimensions[0]; i++)
        {
            items.Read(i, item);
            hash.AppendData(item);
            if (i % ReportEvery == 0)
            {
                opening.Report(new DataProgress("looking at images", i, header.Dimensions[0]));
            }
        }
    }
}
