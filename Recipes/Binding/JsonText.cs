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

    /// <summary>The tree with the lines of its keys, or an error in the log.</summary>
    public static RecipeNode? Read(ReadOnlySpan<byte> json, BindingLog log)
    {
        try
        {
            return new JsonTree(json, log).Read();
        }
        catch (JsonException broken)
        {
            // The reader's own sentence ends with its place, which the error has already.
            var reason = broken.Message.Split(" LineNumber:", 2)[0].TrimEnd('.');
            log.Refuse("recipe", null, $"not valid JSON: {reason}", (int)(broken.LineNumber ?? -1) + 1);
            return null;
        }
        catch (InvalidOperationException broken)
        {
            log.Refuse("recipe", null, $"not valid JSON: {broken.Message.TrimEnd('.')}", 0); // half of a surrogate pair
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
}
