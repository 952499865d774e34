using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using DistGan.Recipes;

namespace DistGan.Training.Data;

/// <summary>Grey images of an IDX file, centred on a square of background (value 0), with or without labels; all in memory.</summary>
public sealed class IdxDataSet : IDataSet
{
    private readonly byte[] _images;
    private readonly byte[]? _labels;
    private readonly int _height;
    private readonly int _width;
    private readonly int _top;
    private readonly int _left;

    private IdxDataSet(string name, IdxArray images, byte[]? labels, int size)
    {
        Name = name;
        _images = images.Values;
        _labels = labels;
        (_height, _width) = (images.Dimensions[1], images.Dimensions[2]);
        (_top, _left) = ((size - _height) / 2, (size - _width) / 2);
        Shape = new SampleShape(1, size, size);
        Count = images.Dimensions[0];
        Classes = labels is null ? 0 : labels.Max() + 1;
        Fingerprint = Hash();
    }

    public string Name { get; }

    public SampleShape Shape { get; }

    public long Count { get; }

    public int Classes { get; }

    public string Fingerprint { get; }

    public GaussianModes? Modes => null;

    /// <summary>Opens image and label file.</summary>
    /// <param name="name">What the set is called in messages and scores.</param>
    /// <param name="images">Path of the image file, plain or gzipped.</param>
    /// <param name="labels">Path of the label file, or null.</param>
    /// <param name="size">Height and width of the samples, at least those of the images.</param>
    /// <exception cref="DistGanException">A file is missing or damaged, the files do not belong together, or the images are larger than the size.</exception>
    public static IdxDataSet Open(string name, string images, string? labels, int size)
    {
        var pictures = IdxFile.ReadImages(images);
        var (count, height, width) = (pictures.Dimensions[0], pictures.Dimensions[1], pictures.Dimensions[2]);
        if (Math.Max(height, width) > size)
        {
            throw new DistGanException($"The images of {images} are {height} by {width} pixels, larger than data.size = {size}: images are padded, never shrunk; give data.size = {Math.Max(height, width)} or more.");
        }

        var classes = labels is null ? null : IdxFile.ReadLabels(labels).Values;
        if (classes is not null && classes.Length != count)
        {
            throw new DistGanException($"{labels} holds {classes.Length} labels, but {images} holds {count} images: expected one label an image; give files that belong together.");
        }

        return new IdxDataSet(name, pictures, classes, size);
    }

    public void Read(long index, Span<byte> destination)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(destination.Length, Shape.ItemBytes, nameof(destination));
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((ulong)index, (ulong)Count, nameof(index));
        var image = _images.AsSpan((int)index * _height * _width, _height * _width);
        if (image.Length == destination.Length)
        {
            image.CopyTo(destination);
            return;
        }

        destination.Clear();
        for (var row = 0; row < _height; row++)
        {
            image.Slice(row * _width, _width).CopyTo(destination[((_top + row) * Shape.Width + _left)..]);
        }
    }

    public int LabelOf(long index)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((ulong)index, (ulong)Count, nameof(index));
        return _labels?[index] ?? 0;
    }

    public void Dispose()
    {
        // Arrays only.
    }

    /// <summary>SHA-256 over the preparation, the dimensions, the pixels and the labels.</summary>
    private string Hash()
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(Encoding.UTF8.GetBytes($"idx, centred on {Shape.Height}×{Shape.Width}, background 0;"));
        Span<byte> sizes = stackalloc byte[3 * sizeof(int)];
        BinaryPrimitives.WriteInt32LittleEndian(sizes, (int)Count);
        BinaryPrimitives.WriteInt32LittleEndian(sizes[4..], _height);
        BinaryPrimitives.WriteInt32LittleEndian(sizes[8..], _width);
        hash.AppendData(sizes);
        hash.AppendData(_images);
        hash.AppendData(_labels ?? []);
        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }
}
