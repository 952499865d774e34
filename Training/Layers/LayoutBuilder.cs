using DistGan.Training.Vectors;

namespace DistGan.Training.Layers;

/// <summary>Collects the weights and buffers that layers declare; names get the layer's path as prefix.</summary>
public sealed class LayoutBuilder
{
    private readonly List<VectorEntry> _weights;
    private readonly List<VectorEntry> _buffers;
    private readonly string _path;

    public LayoutBuilder()
        : this([], [], "")
    {
    }

    private LayoutBuilder(List<VectorEntry> weights, List<VectorEntry> buffers, string path)
    {
        _weights = weights;
        _buffers = buffers;
        _path = path;
    }

    /// <summary>Weights declared so far, under any path.</summary>
    public int WeightCount => _weights.Count;

    /// <summary>The same builder under a longer path.</summary>
    public LayoutBuilder At(string part) => new(_weights, _buffers, $"{_path}{part}.");

    public WeightHandle Weight(string name, long[] shape, Initializer initial) => new(Add(_weights, name, shape, initial));

    public BufferHandle Buffer(string name, long[] shape, Initializer initial) => new(Add(_buffers, name, shape, initial));

    public VectorLayout Parameters() => new([.. _weights]);

    public VectorLayout Buffers() => new([.. _buffers]);

    private int Add(List<VectorEntry> entries, string name, long[] shape, Initializer initial)
    {
        var offset = entries.Count == 0 ? 0 : entries[^1].Offset + entries[^1].Length;
        entries.Add(new VectorEntry(_path + name, shape, offset, initial));
        return entries.Count - 1;
    }
}
