using System.Text.Json;
using Orleans.Storage;

namespace DistGan.Hosting.GrainStorage;

/// <summary>
/// Grain state as indented JSON with snake_case names, in every storage: a stored state outlives the build that wrote it, may be read by
/// a person, and can be moved from one storage to another.
/// </summary>
public sealed class StateSerializer : IGrainStorageSerializer
{
    private static readonly JsonSerializerOptions Json = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        WriteIndented = true,
    };

    public BinaryData Serialize<T>(T? input) => BinaryData.FromBytes(JsonSerializer.SerializeToUtf8Bytes(input, Json));

    public T? Deserialize<T>(BinaryData input) => JsonSerializer.Deserialize<T>(input.ToMemory().Span, Json);
}
