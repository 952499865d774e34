using System.Buffers;
using DistGan.Training.Data.Preparation;
using DistGan.Training.Data.Sources;
using DistGan.Training.Data.Storage;

namespace DistGan.Training.Data;

/// <summary>Images as a file holds them, in memory or on disk, prepared when they are read.</summary>
public sealed class StoredImages : IDataSet
{
    private readonly ItemStore _items;
    private readonly SampleShape _stored;
    private readonly ImagePreparation? _preparation;
    private readonly IReadOnlyList<int>? _labels;

    internal StoredImages(string name, long count, SampleShape stored, ItemStore items, ImagePreparation? preparation, IReadOnlyList<int>? labels, string fingerprint)
    {
        (Name, Count, _stored, _items, _preparation, _labels, Fingerprint) = (name, count, stored, items, preparation, labels, fingerprint);
        Shape = preparation?.Shape ?? stored;
        Classes = labels is null ? 0 : labels.Max() + 1;
        ClassNames = labels is null ? [] : DataSetCards.Find(name)?.ClassNames ?? [];
    }

    public string Name { get; }

    public SampleShape Shape { get; }

    public long Count { get; }

    public int Classes { get; init; }

    public IReadOnlyList<string> ClassNames { get; init; }

    public string Fingerprint { get; }

    public GaussianModes? Modes => null;

    public void Read(long index, Span<byte> destination)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(destination.Length, Shape.ItemBytes, nameof(destination));
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((ulong)index, (ulong)Count, nameof(index));
        if (_preparation is null || Shape == _stored)
        {
            _items.Read(index, destination);
            return;
        }

        var lent = ArrayPool<byte>.Shared.Rent(_stored.ItemBytes);
        try
        {
            var stored = lent.AsSpan(0, _stored.ItemBytes);
            _items.Read(index, stored);
            _preparation.Apply(stored, destination);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(lent);
        }
    }

    public int LabelOf(long index)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((ulong)index, (ulong)Count, nameof(index));
        return _labels?[(int)index] ?? 0;
    }

    public void Dispose() => _items.Dispose();
}
