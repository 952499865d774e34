using System.Text;
using System.Text.Json;

namespace DistGan.Recipes.Binding;

/// <summary>Reads one JSON document into a tree that knows the line of every key.</summary>
internal ref struct JsonTree
{
    private readonly ReadOnlySpan<byte> _json;
    private readonly BindingLog _log;
    private Utf8JsonReader _reader;
    private long _counted;
    private int _line = 1;

    public JsonTree(ReadOnlySpan<byte> json, BindingLog log)
    {
        _json = json;
        _log = log;
        _reader = new Utf8JsonReader(json, new JsonReaderOptions { MaxDepth = 16 });
    }

    /// <exception cref="JsonException">The text is not JSON.</exception>
    public RecipeNode Read()
    {
        _reader.Read();
        var node = ReadNode("");
        _reader.Read(); // throws where something follows
        return node;
    }

    private RecipeNode ReadNode(string path)
    {
        var line = Line();
        switch (_reader.TokenType)
        {
            case JsonTokenType.StartObject:
                return ReadMap(path, line);
            case JsonTokenType.StartArray:
                var items = new List<RecipeNode>();
                while (_reader.Read() && _reader.TokenType != JsonTokenType.EndArray)
                {
                    items.Add(ReadNode(path));
                }

                return new ListNode(items, line);
            case JsonTokenType.String:
                return new ScalarNode(_reader.GetString()!, IsQuoted: true, line);
            default:
                return new ScalarNode(Encoding.UTF8.GetString(_reader.ValueSpan), IsQuoted: false, line);
        }
    }

    private MapNode ReadMap(string path, int line)
    {
        var entries = new List<MapEntry>();
        while (_reader.Read() && _reader.TokenType != JsonTokenType.EndObject)
        {
            var (key, keyLine) = (_reader.GetString()!, Line());
            var keyPath = path.Length == 0 ? key : $"{path}.{key}";
            _reader.Read();
            var value = ReadNode(keyPath);
            if (entries.Find(entry => entry.Key == key) is { } earlier)
            {
                _log.Refuse(keyPath, null, $"is given twice, first on line {earlier.Line}; remove one", keyLine);
                continue;
            }

            entries.Add(new MapEntry(key, value, keyLine));
        }

        return new MapNode(entries, line);
    }

    /// <summary>The line of the token that was read last.</summary>
    private int Line()
    {
        _line += _json[(int)_counted..(int)_reader.TokenStartIndex].Count((byte)'\n');
        _counted = _reader.TokenStartIndex;
        return _line;
    }
}
