using System.Text.Json;
using System.Text.Json.Nodes;
using DistGan.Client.CommandLine;
using DistGan.Client.Runs;

namespace DistGan.Client.Clusters;

/// <summary>The user's config.json: <c>clusters.NAME</c> are clusters, <c>cluster</c> the one that is meant where none is named. What else is in it is left as it is.</summary>
/// <param name="path">The file; it need not exist.</param>
public sealed class ConfigFile(string path)
{
    private const string Clusters = "clusters";
    private const string Default = "cluster";

    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true };

    public string Path { get; } = path;

    /// <summary>The cluster that is meant where none is named; null where none is chosen.</summary>
    /// <exception cref="CommandException">The file cannot be read.</exception>
    public string? DefaultName => Read()[Default] is JsonValue value && value.TryGetValue<string>(out var name) ? name : null;

    /// <summary>Makes or replaces a cluster.</summary>
    /// <param name="name">What a person calls it.</param>
    /// <param name="settings">Keys with ':' between sections, and their values.</param>
    /// <exception cref="CommandException">The file cannot be read or written, or a key is a section and a value at once.</exception>
    public void Add(string name, IEnumerable<(string Key, string Value)> settings)
    {
        var profile = new JsonObject();
        foreach (var (key, value) in settings)
        {
            Put(profile, key, value);
        }

        Change(root => Section(root)[name] = profile);
    }

    /// <summary>Makes a cluster the one that is meant where none is named; null for none.</summary>
    public void Use(string? name) => Change(root => root[Default] = name);

    /// <summary>Forgets a cluster; false where there is none of that name.</summary>
    public bool Remove(string name)
    {
        var removed = false;
        Change(root =>
        {
            removed = Section(root).Remove(name);
            if (removed && root[Default]?.GetValue<string>() == name)
            {
                root.Remove(Default);
            }
        });
        return removed;
    }

    /// <summary>The names of clusters, in their order.</summary>
    public IReadOnlyList<string> Names() => [.. Section(Read()).Select(static pair => pair.Key)];

    private static void Put(JsonObject profile, string key, string value)
    {
        var parts = key.Split(':');
        var section = profile;
        foreach (var part in parts[..^1])
        {
            section[part] ??= new JsonObject();
            section = section[part] as JsonObject ?? throw new CommandException(ExitCodes.Usage, $"{key}: '{part}' has a value of its own and cannot have keys below it too.");
        }

        if (section[parts[^1]] is JsonObject)
        {
            throw new CommandException(ExitCodes.Usage, $"{key}: there are keys below it, so it cannot have a value of its own.");
        }

        section[parts[^1]] = value;
    }

    private JsonObject Section(JsonObject root)
    {
        root[Clusters] ??= new JsonObject();
        return root[Clusters] as JsonObject ?? throw Unreadable("'clusters' is no object", null);
    }

    private void Change(Action<JsonObject> change)
    {
        var root = Read();
        change(root);
        ReplacedFile.Write(Path, stream => JsonSerializer.Serialize(stream, root, Indented), $"{ClusterProfiles.FileVariable} names another one");
        if (!OperatingSystem.IsWindows())
        {
            // Passwords may be in it.
            File.SetUnixFileMode(Path, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        }
    }

    private JsonObject Read()
    {
        try
        {
            return !File.Exists(Path) ? [] : JsonNode.Parse(File.ReadAllText(Path), documentOptions: new() { CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true }) as JsonObject ?? throw Unreadable("it is no JSON object", null);
        }
        catch (Exception exception) when (exception is JsonException or IOException or UnauthorizedAccessException)
        {
            throw Unreadable(exception.Message, exception);
        }
    }

    private CommandException Unreadable(string why, Exception? exception) => new(ExitCodes.Usage, $"The file {Path} cannot be read: {why}", exception ?? new InvalidDataException(why));
}
