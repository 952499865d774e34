using System.Text.Json;

namespace DistGan.Worker.Snapshots;

/// <summary>How manifests and states are written: snake_case, indented, no numbers that JSON lacks.</summary>
internal static class SnapshotJson
{
    public static JsonSerializerOptions Options { get; } = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        WriteIndented = true,
        RespectNullableAnnotations = true,
        RespectRequiredConstructorParameters = true,
    };
}
