using System.Runtime.InteropServices;
using DistGan.Training.Snapshots;

namespace DistGan.Training.Export;

/// <summary>A graph under construction: nodes in order, and the arrays that they take.</summary>
/// <param name="arrays">Weights and statistics of the network by the names of its layout.</param>
internal sealed class OnnxGraph(IReadOnlyList<NamedArray> arrays)
{
    private readonly Dictionary<string, NamedArray> _available = arrays.ToDictionary(static array => array.Name);
    private readonly Dictionary<string, NamedArray> _used = [];
    private readonly List<OnnxNode> _nodes = [];

    public IReadOnlyList<OnnxNode> Nodes => _nodes;

    /// <summary>The arrays that nodes take.</summary>
    public IReadOnlyCollection<NamedArray> Initializers => _used.Values;

    /// <summary>The name of an array of the network, which becomes part of the graph.</summary>
    public string Array(string name)
    {
        _used[name] = _available[name];
        return name;
    }

    /// <summary>The name of a constant of integers.</summary>
    public string Constant(string name, params long[] values) => Constant(name, "I64", MemoryMarshal.AsBytes(values.AsSpan()), values.Length);

    /// <summary>The name of a constant of numbers.</summary>
    public string Constant(string name, params float[] values) => Constant(name, "F32", MemoryMarshal.AsBytes(values.AsSpan()), values.Length);

    /// <summary>Adds a node and gives the name of its result.</summary>
    /// <param name="operation">Name in the standard operator set.</param>
    /// <param name="path">Path of the layer that it belongs to, such as <c>2.main.0.</c>; a layer gives each of its operations once.</param>
    /// <param name="inputs">Names of values.</param>
    /// <param name="attributes">Its constants.</param>
    public string Add(string operation, string path, IReadOnlyList<string> inputs, params IReadOnlyList<OnnxAttribute> attributes)
    {
        var output = path + operation;
        _nodes.Add(new OnnxNode(operation, inputs, output, attributes));
        return output;
    }

    /// <summary>Gives the graph's result a name of its own.</summary>
    public void Name(string value, string name) => _nodes.Add(new OnnxNode("Identity", [value], name, []));

    private string Constant(string name, string type, ReadOnlySpan<byte> bytes, int length)
    {
        _used[name] = new NamedArray(name, type, [length], bytes.ToArray());
        return name;
    }
}
