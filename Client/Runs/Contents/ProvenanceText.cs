using System.Text.Json;

namespace DistGan.Client.Runs.Contents;

/// <summary>What a score depends on, in one line.</summary>
internal static class ProvenanceText
{
    private const int LongestValue = 60;
    private const int ShownOfAHash = 12;

    /// <summary>By metric name; what belongs to no metric stands under an empty name.</summary>
    public static IReadOnlyDictionary<string, string> Of(JsonElement provenance)
    {
        var texts = new Dictionary<string, string>(StringComparer.Ordinal);
        if (provenance.ValueKind != JsonValueKind.Object)
        {
            return texts;
        }

        var common = new List<string>();
        foreach (var property in provenance.EnumerateObject())
        {
            if (property.Value.ValueKind == JsonValueKind.Object)
            {
                texts[property.Name] = string.Join(", ", property.Value.EnumerateObject().Where(IsSaid).Select(Pair));
            }
            else if (IsSaid(property))
            {
                common.Add(Pair(property));
            }
        }

        if (common.Count > 0)
        {
            texts[""] = string.Join(", ", common);
        }

        return texts;
    }

    private static bool IsSaid(JsonProperty property) => property.Value.ToString().Length > 0;

    private static string Pair(JsonProperty property)
    {
        var value = property.Value.ToString();
        var isHash = value.Length > 32 && value.All(char.IsAsciiHexDigit);
        var shown = isHash ? value[..ShownOfAHash] : value.Length > LongestValue ? $"{value[..LongestValue]}…" : value;
        return $"{property.Name.Replace('_', ' ')} {shown}";
    }
}
