using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;

namespace DistGan.Silo.Documents;

/// <summary>How documents are written: snake_case names, null for numbers that are not finite, text as it is.</summary>
public static class DocumentJson
{
    /// <summary>For those who serialise documents themselves.</summary>
    public static JsonSerializerOptions Options { get; } = Configure(new());

    /// <summary>A document as a tree.</summary>
    public static JsonObject Tree<T>(T document) => JsonSerializer.SerializeToNode(document, Options)!.AsObject();

    /// <summary>Gives options what documents need; the same options again.</summary>
    public static JsonSerializerOptions Configure(JsonSerializerOptions options)
    {
        options.PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower;
        options.Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping;
        options.NumberHandling = JsonNumberHandling.Strict;
        options.UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow;
        options.Converters.Add(new FiniteNumber());
        return options;
    }

    private sealed class FiniteNumber : JsonConverter<double>
    {
        public override double Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => reader.GetDouble();

        public override void Write(Utf8JsonWriter writer, double value, JsonSerializerOptions options)
        {
            if (double.IsFinite(value))
            {
                writer.WriteNumberValue(value);
            }
            else
            {
                writer.WriteNullValue();
            }
        }
    }
}
