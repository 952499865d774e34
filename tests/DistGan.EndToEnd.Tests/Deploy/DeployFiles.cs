using System.Text.Json;
using System.Text.Json.Nodes;
using YamlDotNet.Core;
using YamlDotNet.Serialization;

namespace DistGan.EndToEnd.Tests.Deploy;

/// <summary>The files of the folder deploy.</summary>
internal static class DeployFiles
{
    public static string Root { get; } = Path.GetFullPath(Path.Combine(AppContext.BaseDirectory, "../../../../.."));

    public static string Read(string name) => File.ReadAllText(Path.Combine(Root, "deploy", name));

    public static IEnumerable<string> Names(string folder, string pattern)
        => Directory.GetFiles(Path.Combine(Root, "deploy", folder), pattern, SearchOption.AllDirectories).Select(static file => Path.GetRelativePath(Path.Combine(Root, "deploy"), file)).Order(StringComparer.Ordinal);

    /// <summary>A YAML file as JSON, anchors and merges resolved.</summary>
    public static JsonNode Json(string name)
    {
        var parser = new MergingParser(new Parser(new StringReader(Read(name))));
        var tree = new DeserializerBuilder().WithAttemptingUnquotedStringTypeDeserialization().Build().Deserialize<object>(parser);
        return JsonNode.Parse(JsonSerializer.Serialize(Plain(tree)))!;
    }

    private static object? Plain(object? value) => value switch
    {
        IDictionary<object, object> map => map.ToDictionary(static pair => pair.Key.ToString()!, static pair => Plain(pair.Value)),
        IList<object> list => list.Select(Plain).ToList(),
        _ => value,
    };
}
