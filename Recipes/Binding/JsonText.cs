using System.Text.Json;

namespace DistGan.Recipes.Binding;

/// <summary>Trees as JSON without white space: the same tree gives the same bytes.</summary>
internal static class JsonText
{
    public static byte[] Write(MapNode tree)
    {
        using var stream = new MemoryStream();
        using (var writer = new Utf8JsonWriter(stream))
        {
            Write(writer, tree);
        }

        return stream.ToArray();
    }

    /// <summary>The tree, or an error in the log.</summary>
    public static RecipeNode? Read(ReadOnlySpan<byte> json, BindingLog log)
    {
        try
        {
            using var document = JsonDocument.Parse(json.ToArray(), new JsonDocumentOptions { MaxDepth = 16, AllowDuplicateProperties = false });
            return Node(document.RootElement);
        }
        catch (JsonException broken)
        {
            log.Refuse("recipe", null, $"not valid JSON: {broken.Message}", (int)(broken.LineNumber ?? -1) + 1);
            return null;
        }
    }

    private static void Write(Utf8JsonWriter writer, RecipeNode node)
    {
        switch (node)
        {
            case MapNode map:
                writer.WriteStartObject();
                foreach (var entry in map.Entries)
                {
                    writer.WritePropertyName(entry.Key);
                    Write(writer, entry.Value);
                }

                writer.WriteEndObject();
                break;
            case ListNode list:
                writer.WriteStartArray();
                foreach (var item in list.Items)
                {
                    Write(writer, item);
                }

                writer.WriteEndArray();
                break;
            case ScalarNode { IsQuoted: true } text:
                writer.WriteStringValue(text.Text);
                break;
            case ScalarNode scalar:
                writer.WriteRawValue(scalar.Text);
                break;
        }
    }

    private static RecipeNode Node(JsonElement element) => element.ValueKind switch
    {
        JsonValueKind.Object => new MapNode([.. element.EnumerateObject().Select(static entry => new MapEntry(entry.Name, Node(entry.Value)))]),
        JsonValueKind.Array => new ListNode([.. element.EnumerateArray().Select(Node)]),
        JsonValueKind.String => new ScalarNode(element.GetString()!, IsQuoted: true),
        _ => new ScalarNode(element.GetRawText(), IsQuoted: false),
    };
}
