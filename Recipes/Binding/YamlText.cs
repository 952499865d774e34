using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace DistGan.Recipes.Binding;

/// <summary>Reads one YAML document, without anchors, aliases and tags, into a tree; JSON is read the same way.</summary>
internal sealed class YamlText
{
    /// <summary>Deeper nesting is no recipe.</summary>
    private const int MaximumDepth = 16;

    private readonly Parser _parser;
    private readonly BindingLog _log;

    private YamlText(string text, BindingLog log)
    {
        _parser = new Parser(new StringReader(text));
        _log = log;
    }

    /// <summary>The tree, or null where the text is empty or broken; what is wrong is in the log under <paramref name="key"/>.</summary>
    public static RecipeNode? Read(string text, BindingLog log, string key = "recipe")
    {
        try
        {
            return new YamlText(text, log).ReadDocument(key);
        }
        catch (YamlException broken)
        {
            var last = text.AsSpan().TrimEnd().Count('\n') + 1;
            var (from, to) = (Math.Min((int)broken.Start.Line, last), Math.Min((int)broken.End.Line, last));
            var reason = (broken.InnerException ?? broken).Message.TrimEnd('.');
            log.Refuse(key, null, $"not valid YAML: {reason}{(to > from ? $" (seen on line {to})" : "")}", from);
            return null;
        }
    }

    private RecipeNode? ReadDocument(string key)
    {
        _parser.Consume<StreamStart>();
        if (_parser.TryConsume<StreamEnd>(out _))
        {
            return null;
        }

        _parser.Consume<DocumentStart>();
        var node = ReadNode(key, 0);
        _parser.Consume<DocumentEnd>();
        if (!_parser.TryConsume<StreamEnd>(out _))
        {
            _log.Refuse(key, null, "must be one document; remove what follows the first", (int)(_parser.Current?.Start.Line ?? 0));
        }

        return node;
    }

    private RecipeNode ReadNode(string path, int depth)
    {
        var line = (int)_parser.Current!.Start.Line;
        if (depth > MaximumDepth)
        {
            throw new YamlException(_parser.Current.Start, _parser.Current.End, $"nested more than {MaximumDepth} deep");
        }

        if (_parser.Current is NodeEvent { Anchor.IsEmpty: false } or NodeEvent { Tag.IsEmpty: false } or AnchorAlias)
        {
            throw new YamlException(_parser.Current.Start, _parser.Current.End, "anchors, aliases and tags have no meaning in a recipe; put such text in quotes");
        }

        if (_parser.TryConsume<MappingStart>(out _))
        {
            return ReadMap(path, line, depth);
        }

        if (_parser.TryConsume<SequenceStart>(out _))
        {
            return ReadList(path, line, depth);
        }

        var scalar = _parser.Consume<Scalar>();
        return new ScalarNode(scalar.Value, scalar.Style != ScalarStyle.Plain, line);
    }

    private MapNode ReadMap(string path, int line, int depth)
    {
        var entries = new List<MapEntry>();
        while (!_parser.TryConsume<MappingEnd>(out _))
        {
            if (_parser.Current is not Scalar { Anchor.IsEmpty: true, Tag.IsEmpty: true })
            {
                throw new YamlException(_parser.Current!.Start, _parser.Current.End, "a key must be a single word");
            }

            var key = _parser.Consume<Scalar>();
            var keyLine = (int)key.Start.Line;
            var keyPath = depth == 0 ? key.Value : $"{path}.{key.Value}";
            var value = ReadNode(keyPath, depth + 1);
            if (entries.Find(entry => entry.Key == key.Value) is { } earlier)
            {
                _log.Refuse(keyPath, null, $"is given twice, first on line {earlier.Line}; remove one", keyLine);
                continue;
            }

            entries.Add(new MapEntry(key.Value, value, keyLine));
        }

        return new MapNode(entries, line);
    }

    private ListNode ReadList(string path, int line, int depth)
    {
        var items = new List<RecipeNode>();
        while (!_parser.TryConsume<SequenceEnd>(out _))
        {
            items.Add(ReadNode(path, depth + 1));
        }

        return new ListNode(items, line);
    }
}
