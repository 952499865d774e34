using System.Text.RegularExpressions;

namespace DistGan.Architecture.Tests.Sources;

public sealed class TextTests
{
    private static readonly string[] TextEndings =
        [".cs", ".csproj", ".props", ".targets", ".json", ".md", ".sh", ".yaml", ".yml", ".txt", ".sln", ".editorconfig", ".gitignore", ".config", "/run"];

    /// <summary>What belongs to one machine or one author, put together here so that this file does not break its own rule.</summary>
    private static readonly (string Pattern, string Why)[] Forbidden =
    [
        ("(?<![A-Za-z0-9_.])/" + "work/", "a path of one machine"),
        ("(?<![A-Za-z0-9_.])/" + "root/", "a path of one machine"),
        ("(?<![A-Za-z0-9_.])/" + "home/[a-z]", "a path of one machine"),
        (@"\b(issue|ticket|PR) " + @"#?\d+", "the number of an issue"),
        (@"\b(Chat" + "GPT|Cla" + "ude|Cop" + @"ilot)\b", "a tool's name"),
        (@"https?://\d+\.\d+\.\d+\.\d+(?<!127\.0\.0\.1)(?<!0\.0\.0\.0)", "an address of one network"),
    ];

    [Fact]
    public void File_OfText_SpeaksOfTheProjectAlone()
        => Offenders.None(
            "A file speaks of the project alone:",
            from file in Repository.Files
            where TextEndings.Any(ending => file.EndsWith(ending, StringComparison.Ordinal))
            let text = Repository.Read(file)
            from rule in Forbidden
            let match = Regex.Match(text, rule.Pattern, RegexOptions.IgnoreCase, TimeSpan.FromSeconds(10))
            where match.Success
            select $"{file}:{text.AsSpan(0, match.Index).Count('\n') + 1} has {rule.Why}: {match.Value}");

    [Fact]
    public void File_OfText_EndsInOneLineFeed()
        => Offenders.None(
            "A source ends in a line feed and has no carriage return:",
            from source in Repository.Sources
            let text = Repository.Read(source)
            where text.Contains('\r') || !text.EndsWith('\n') || text.EndsWith("\n\n", StringComparison.Ordinal)
            select source);
}
