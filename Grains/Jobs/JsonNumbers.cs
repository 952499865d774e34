using System.Text.Json;

namespace DistGan.Grains.Jobs;

/// <summary>Numbers as the run folder holds them: JSON has no NaN and no infinity, so they are null.</summary>
internal static class JsonNumbers
{
    public static void WriteFinite(this Utf8JsonWriter writer, string name, double value)
    {
        if (double.IsFinite(value))
        {
            writer.WriteNumber(name, value);
        }
        else
        {
            writer.WriteNull(name);
        }
    }

    public static void WriteValues(this Utf8JsonWriter writer, string name, IEnumerable<KeyValuePair<string, double>> values)
    {
        writer.WriteStartObject(name);
        foreach (var (key, value) in values.OrderBy(static pair => pair.Key, StringComparer.Ordinal))
        {
            writer.WriteFinite(key, value);
        }

        writer.WriteEndObject();
    }
}
