using DistGan.Recipes;
using DistGan.Training.Snapshots;

namespace DistGan.Training.Export;

/// <summary>
/// A graph as an ONNX file. Field numbers and enumerations are those of the published schema (onnx.proto); operators those of
/// operator set 17, float32 throughout.
/// </summary>
internal static class OnnxModel
{
    /// <summary>Operator set, and the first file format that carries it.</summary>
    private const int OperatorSet = 17;
    private const int FormatVersion = 8;

    /// <summary>What the dimension of samples is called: it is free.</summary>
    private const string Samples = "N";
    private const long MostBytes = int.MaxValue - (1 << 20);

    /// <summary>Fields of the messages, by message.</summary>
    private static class Model
    {
        public const int FormatVersion = 1, Producer = 2, Graph = 7, OperatorSet = 8, Metadata = 14;
    }

    private static class Graph
    {
        public const int Node = 1, Name = 2, Initializer = 5, Input = 11, Output = 12;
    }

    private static class Node
    {
        public const int Input = 1, Output = 2, Name = 3, Operation = 4, Attribute = 5;
    }

    private static class Attribute
    {
        public const int Name = 1, Number = 2, Integer = 3, Text = 4, Integers = 8, Type = 20;
        public const int NumberType = 1, IntegerType = 2, TextType = 3, IntegersType = 7;
    }

    private static class Tensor
    {
        public const int Dimension = 1, Type = 2, Name = 8, Raw = 9;
        public const int SingleType = 1, Int64Type = 7;
    }

    /// <summary>Writes a model of one input and one output, both with a free number of rows.</summary>
    /// <param name="stream">Where to.</param>
    /// <param name="graph">Its nodes and arrays.</param>
    /// <param name="input">Name and shape, without that number, of the input.</param>
    /// <param name="output">The same of the output.</param>
    /// <param name="metadata">Named texts.</param>
    /// <exception cref="DistGanException">The arrays are larger than a file of this format can be.</exception>
    public static void Write(Stream stream, OnnxGraph graph, (string Name, long[] Shape) input, (string Name, long[] Shape) output, IReadOnlyDictionary<string, string> metadata)
    {
        var bytes = graph.Initializers.Sum(static array => (long)array.Bytes.Length);
        if (bytes > MostBytes)
        {
            throw new DistGanException($"The generator has {bytes >> 20} MiB of weights, more than the 2 GiB that an ONNX file can hold: export with --format safetensors.");
        }

        var model = new ProtobufWriter();
        model.Integer(Model.FormatVersion, FormatVersion);
        model.Text(Model.Producer, "DistGan");
        model.Message(Model.Graph, writer => Write(writer, graph, input, output));
        model.Message(Model.OperatorSet, static writer => writer.Integer(2, OperatorSet));
        foreach (var (key, value) in metadata.OrderBy(static pair => pair.Key, StringComparer.Ordinal))
        {
            model.Message(Model.Metadata, writer =>
            {
                writer.Text(1, key);
                writer.Text(2, value);
            });
        }

        stream.Write(model.Written);
    }

    private static void Write(ProtobufWriter writer, OnnxGraph graph, (string Name, long[] Shape) input, (string Name, long[] Shape) output)
    {
        foreach (var node in graph.Nodes)
        {
            writer.Message(Graph.Node, inner => Write(inner, node));
        }

        writer.Text(Graph.Name, "generator");
        foreach (var array in graph.Initializers)
        {
            writer.Message(Graph.Initializer, inner => Write(inner, array));
        }

        writer.Message(Graph.Input, inner => Write(inner, input));
        writer.Message(Graph.Output, inner => Write(inner, output));
    }

    private static void Write(ProtobufWriter writer, OnnxNode node)
    {
        foreach (var input in node.Inputs)
        {
            writer.Text(Node.Input, input);
        }

        writer.Text(Node.Output, node.Output);
        writer.Text(Node.Name, node.Output);
        writer.Text(Node.Operation, node.Operation);
        foreach (var attribute in node.Attributes)
        {
            writer.Message(Node.Attribute, inner => Write(inner, attribute));
        }
    }

    private static void Write(ProtobufWriter writer, OnnxAttribute attribute)
    {
        writer.Text(Attribute.Name, attribute.Name);
        switch (attribute)
        {
            case { Number: { } number }:
                writer.Single(Attribute.Number, number);
                writer.Integer(Attribute.Type, Attribute.NumberType);
                break;
            case { Integer: { } integer }:
                writer.Integer(Attribute.Integer, integer);
                writer.Integer(Attribute.Type, Attribute.IntegerType);
                break;
            case { Text: { } text }:
                writer.Text(Attribute.Text, text);
                writer.Integer(Attribute.Type, Attribute.TextType);
                break;
            case { Integers: { } integers }:
                foreach (var integer in integers)
                {
                    writer.Integer(Attribute.Integers, integer);
                }

                writer.Integer(Attribute.Type, Attribute.IntegersType);
                break;
        }
    }

    private static void Write(ProtobufWriter writer, NamedArray array)
    {
        foreach (var size in array.Shape)
        {
            writer.Integer(Tensor.Dimension, size);
        }

        writer.Integer(Tensor.Type, array.Type == "I64" ? Tensor.Int64Type : Tensor.SingleType);
        writer.Text(Tensor.Name, array.Name);
        writer.Bytes(Tensor.Raw, array.Bytes.Span);
    }

    /// <summary>A float32 value: name, then type.tensor_type with elem_type and shape.dim, each dim_value or dim_param.</summary>
    private static void Write(ProtobufWriter writer, (string Name, long[] Shape) value)
    {
        writer.Text(1, value.Name);
        writer.Message(2, type => type.Message(1, tensor =>
        {
            tensor.Integer(1, Tensor.SingleType);
            tensor.Message(2, shape =>
            {
                shape.Message(1, static dimension => dimension.Text(2, Samples));
                foreach (var size in value.Shape)
                {
                    shape.Message(1, dimension => dimension.Integer(1, size));
                }
            });
        }));
    }
}
