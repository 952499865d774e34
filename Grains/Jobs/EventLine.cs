using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using DistGan.Grains.Interfaces.Jobs;

namespace DistGan.Grains.Jobs;

/// <summary>One event as one line of events.jsonl.</summary>
public static class EventLine
{
    private const string Schema = "distgan.event/1";

    private static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>UTF-8 JSON that ends in a line feed.</summary>
    public static byte[] Write(JobEvent entry)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(buffer, Options))
        {
            writer.WriteStartObject();
            writer.WriteString("schema", Schema);
            writer.WriteNumber("sequence", entry.Sequence);
            writer.WriteString("time", entry.Time.UtcDateTime);
            writer.WriteString("kind", entry.Kind);
            WriteNumber(writer, "replica", entry.Replica);
            WriteNumber(writer, "epoch", entry.Epoch);
            writer.WriteString("message", entry.Message);
            writer.WriteValues("data", entry.Data);
            writer.WriteString("file", entry.File);
            writer.WriteEndObject();
        }

        buffer.Write("\n"u8);
        return buffer.WrittenSpan.ToArray();
    }

    /// <summary>Reads one line without its line feed; null where it is not a whole event.</summary>
    public static JobEvent? Read(ReadOnlySpan<byte> line)
    {
        try
        {
            var node = JsonNode.Parse(line)!;
            return new JobEvent
            {
                Sequence = (long)node["sequence"]!,
                Time = (DateTimeOffset)node["time"]!,
                Kind = (string)node["kind"]!,
                Replica = (int?)node["replica"],
                Epoch = (long?)node["epoch"],
                Message = (string)node["message"]!,
                Data = node["data"]!.AsObject().ToDictionary(static pair => pair.Key, static pair => (double?)pair.Value ?? double.NaN),
                File = (string?)node["file"],
            };
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException or FormatException or NullReferenceException or ArgumentNullException)
        {
            return null;
        }
    }

    private static void WriteNumber(Utf8JsonWriter writer, string name, long? value)
    {
        if (value is { } number)
        {
            writer.WriteNumber(name, number);
        }
        else
        {
            writer.WriteNull(name);
        }
    }
}
