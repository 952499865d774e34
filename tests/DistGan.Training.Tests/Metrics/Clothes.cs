using DistGan.Recipes;
using DistGan.Training.Data;
using static TorchSharp.torch;

namespace DistGan.Training.Tests.Metrics;

/// <summary>A stretch of the shipped images as a data set of its own: small enough to be fast, and with real images beside it.</summary>
internal sealed class Clothes(int from, int count) : IDataSet
{
    private readonly IDataSet _whole = DataCatalog.Open(new DataRecipe(), seed: 1);

    public string Name => _whole.Name;

    public SampleShape Shape => _whole.Shape;

    public long Count => count;

    public int Classes => _whole.Classes;

    public string Fingerprint => $"{_whole.Fingerprint}/{from}/{count}";

    public GaussianModes? Modes => null;

    public void Read(long index, Span<byte> destination) => _whole.Read(from + index, destination);

    public int LabelOf(long index) => _whole.LabelOf(from + index);

    /// <summary>Images [N, 1, 28, 28]; the caller disposes them.</summary>
    public Tensor Images(int count, Func<int, bool>? isWanted = null)
    {
        var items = Enumerable.Range(0, (int)Count).Where(i => isWanted?.Invoke(LabelOf(i)) ?? true).Take(count).ToArray();
        var bytes = new byte[items.Length * Shape.ItemBytes];
        for (var i = 0; i < items.Length; i++)
        {
            Read(items[i], bytes.AsSpan(i * Shape.ItemBytes, Shape.ItemBytes));
        }

        return SampleCodec.Decode(bytes, Shape, items.Length);
    }

    public void Dispose() => _whole.Dispose();
}
