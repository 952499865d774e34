using System.Text.Json;

namespace DistGan.Client.Runs.Contents;

/// <summary>Values of an object, or null where they are not there or of another kind.</summary>
internal static class JsonValues
{
    public static string? Text(this JsonElement json, string name)
        => json.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    public static double? Number(this JsonElement json, string name)
        => json.TryGetProperty(name, out var value) ? Number(value) : null;

    public static long? Whole(this JsonElement json, string name)
        => json.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.Number && value.TryGetInt64(out var number) ? number : null;

    public static DateTimeOffset? Time(this JsonElement json, string name)
        => json.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String && value.TryGetDateTimeOffset(out var time) ? time : null;

    /// <summary>An object's numbers by name; null stands for one that is not finite.</summary>
    public static IReadOnlyDictionary<string, double?> Numbers(this JsonElement json, Func<string, bool> isWanted)
        => json.EnumerateObject()
            .Where(property => isWanted(property.Name) && property.Value.ValueKind is (JsonValueKind.Number or JsonValueKind.Null))
            .GroupBy(static property => property.Name, StringComparer.Ordinal)
            .ToDictionary(static group => group.Key, static group => Number(group.Last().Value), StringComparer.Ordinal);

    private static double? Number(JsonElement value)
        => value.ValueKind == JsonValueKind.Number && value.TryGetDouble(out var number) && double.IsFinite(number) ? number : null;
}
