using System.Buffers.Binary;
using System.Text.Json;
using System.Text.Json.Nodes;
using DistGan.Training.Snapshots;

namespace DistGan.Worker.Snapshots;

internal static class Safetensors
{
    public static void Write(Stream stream, IReadOnlyList<NamedArray> arrays)
    {
        var head = new JsonObject();
        long at = 0;
        foreach (var a in arrays)
        {
            head[a.Name] = new JsonObject { ["dtype"] = a.Type, ["shape"] = new JsonArray([.. a.Shape.Select(d => (JsonNode)d)]), ["data_offsets"] = new JsonArray(at, at + a.Bytes.Length) };
            at += a.Bytes.Length;
        }

        var json = JsonSerializer.SerializeToUtf8Bytes(head);
        var length = new byte[8];
        BinaryPrimitives.WriteInt64LittleEndian(length, json.Length);
        stream.Write(length);
        stream.Write(json);
        foreach (var a in arrays)
        {
            stream.Write(a.Bytes.Span);
        }
    }

    public static IReadOnlyList<NamedArray> Read(ReadOnlyMemory<byte> bytes, string name)
    {
        _ = name;
        var n = (int)BinaryPrimitives.ReadInt64LittleEndian(bytes.Span);
        var head = JsonNode.Parse(bytes.Span.Slice(8, n))!.AsObject();
        return [.. head.Select(p => new NamedArray(p.Key, p.Value!["dtype"]!.GetValue<string>(), [.. p.Value!["shape"]!.AsArray().Select(d => d!.GetValue<long>())],
            bytes[(8 + n + p.Value!["data_offsets"]![0]!.GetValue<int>())..(8 + n + p.Value!["data_offsets"]![1]!.GetValue<int>())]))];
    }
}
