using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;
using DistGan.Recipes;

namespace DistGan.Training.Snapshots;

/// <summary>The JSON header of a safetensors file.</summary>
internal static class SafetensorsHeader
{
    public const string MetadataKey = "__metadata__";

    private static readonly JsonWriterOptions Plain = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>One array: where its bytes lie after the header.</summary>
    public sealed record Entry(string Name, string Type, long[] Shape, long Begin, long End);

    public static byte[] Format(IEnumerable<NamedArray> arrays, IReadOnlyDictionary<string, string>? metadata)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer, Plain))
        {
            json.WriteStartObject();
            if (metadata is { Count: > 0 })
            {
                json.WriteStartObject(MetadataKey);
                foreach (var (key, value) in metadata.OrderBy(static pair => pair.Key, StringComparer.Ordinal))
                {
                    json.WriteString(key, value);
                }

                json.WriteEndObject();
            }

            WriteArrays(json, arrays);
            json.WriteEndObject();
        }

        return buffer.WrittenSpan.ToArray();
    }

    /// <summary>The entries by position; they follow each other from 0 without gaps.</summary>
    public static IReadOnlyList<Entry> Parse(byte[] header, string source, Func<string, int> elementBytes, out IReadOnlyDictionary<string, string> metadata)
    {
        try
        {
            using var json = JsonDocument.Parse(header, new JsonDocumentOptions { AllowDuplicateProperties = false });
            var root = json.RootElement;
            metadata = root.TryGetProperty(MetadataKey, out var texts)
                ? texts.EnumerateObject().ToDictionary(static text => text.Name, static text => text.Value.GetString() ?? "")
                : new Dictionary<string, string>();
            var entries = root.EnumerateObject().Where(static property => property.Name != MetadataKey).Select(Read)
                .OrderBy(static entry => entry.Begin).ThenBy(static entry => entry.End).ToArray();
            Check(entries, source, elementBytes);
            return entries;
        }
        catch (Exception error) when (error is JsonException or InvalidOperationException or KeyNotFoundException or FormatException)
        {
            throw new DistGanException($"{source} is no safetensors file, or is damaged: its header is not the expected JSON ({error.Message}); take another copy.", error);
        }
    }

    private static void WriteArrays(Utf8JsonWriter json, IEnumerable<NamedArray> arrays)
    {
        var offset = 0L;
        foreach (var array in arrays)
        {
            json.WriteStartObject(array.Name);
            json.WriteString("dtype", array.Type);
            Numbers(json, "shape", array.Shape);
            Numbers(json, "data_offsets", [offset, offset += array.Bytes.Length]);
            json.WriteEndObject();
        }
    }

    private static void Numbers(Utf8JsonWriter json, string name, IEnumerable<long> numbers)
    {
        json.WriteStartArray(name);
        foreach (var number in numbers)
        {
            json.WriteNumberValue(number);
        }

        json.WriteEndArray();
    }

    private static Entry Read(JsonProperty property)
    {
        var offsets = Numbers(property.Value.GetProperty("data_offsets"));
        return offsets.Length == 2
            ? new Entry(property.Name, property.Value.GetProperty("dtype").GetString() ?? "", Numbers(property.Value.GetProperty("shape")), offsets[0], offsets[1])
            : throw new FormatException($"data_offsets of '{property.Name}' are not two numbers");
    }

    private static long[] Numbers(JsonElement array) => [.. array.EnumerateArray().Select(static number => number.GetInt64())];

    private static void Check(Entry[] entries, string source, Func<string, int> elementBytes)
    {
        var end = 0L;
        foreach (var entry in entries)
        {
            var size = elementBytes(entry.Type);
            if (size == 0)
            {
                throw new DistGanException($"{source} holds array '{entry.Name}' of type '{entry.Type}', which is not known: expected one such as F32.");
            }

            var expected = entry.Shape.Aggregate((Int128)size, static (product, length) => length < 0 || product > Array.MaxLength ? Int128.MaxValue >> 64 : product * length);
            if (entry.Begin != end || entry.End - entry.Begin != expected || expected > Array.MaxLength)
            {
                throw new DistGanException($"{source} is damaged: array '{entry.Name}', {entry.Type} [{string.Join(", ", entry.Shape)}], should start at byte {end} and fit its shape, but lies at {entry.Begin} to {entry.End}; take another copy.");
            }

            end = entry.End;
        }
    }
}
