using System.Text;
using System.Text.RegularExpressions;

namespace DistGan.Architecture.Tests.Documents;

/// <summary>A page in Markdown: where its links lead, and what its headings are called by links.</summary>
internal sealed partial class Page
{
    private const string Fence = "```";

    private Page(string file)
    {
        File = file;
        Lines = [.. WithoutCode(Repository.Read(file))];
    }

    /// <summary>The page for readers that come from anywhere, those of the docs, and the two beside it.</summary>
    public static IReadOnlyList<Page> All { get; } = [.. Repository.Files.Where(IsPage).Select(static file => new Page(file))];

    /// <summary>Relative to the root.</summary>
    public string File { get; }

    public string Folder => File.Contains('/', StringComparison.Ordinal) ? File[..File.LastIndexOf('/')] : "";

    /// <summary>Targets of links and pictures as they are written, with their line; addresses of other sites left out.</summary>
    public IEnumerable<(int Line, string Target)> Links
        => from line in Lines
           from match in Link().Matches(line.Text)
           let target = match.Groups["target"].Value
           where !Address().IsMatch(target)
           select (line.Number, target);

    /// <summary>Names of the headings after '#', as GitHub makes them: lower case, hyphens for spaces, other marks left out, repeated ones numbered.</summary>
    public IReadOnlySet<string> Anchors
    {
        get
        {
            var anchors = new HashSet<string>(StringComparer.Ordinal);
            foreach (var (_, text) in Lines.Where(static line => Heading().IsMatch(line.Text)))
            {
                var name = AnchorOf(Heading().Replace(text, ""));
                var (free, number) = (name, 1);
                while (!anchors.Add(free))
                {
                    free = $"{name}-{number++}";
                }
            }

            return anchors;
        }
    }

    private IReadOnlyList<(int Number, string Text)> Lines { get; }

    public static Page? Find(string file) => All.FirstOrDefault(page => page.File == file);

    /// <summary>Where a relative target leads, from the root: without '.', '..' and a slash at the end; null where it leads out of the repository.</summary>
    public string? Resolve(string path)
    {
        var parts = new List<string>(Folder.Split('/', StringSplitOptions.RemoveEmptyEntries));
        foreach (var part in Uri.UnescapeDataString(path).Split('/', StringSplitOptions.RemoveEmptyEntries).Where(static part => part != "."))
        {
            if (part != "..")
            {
                parts.Add(part);
            }
            else if (parts.Count == 0)
            {
                return null;
            }
            else
            {
                parts.RemoveAt(parts.Count - 1);
            }
        }

        return string.Join('/', parts);
    }

    private static bool IsPage(string file)
        => file is "README.md" or "ARCHITECTURE.md" or "CONTRIBUTING.md"
        || (file.StartsWith("docs/", StringComparison.Ordinal) && file.EndsWith(".md", StringComparison.Ordinal));

    /// <summary>Lines outside of fences, without what stands between backticks: there brackets are code.</summary>
    private static IEnumerable<(int Number, string Text)> WithoutCode(string text)
    {
        var isCode = false;
        foreach (var (index, line) in text.Split('\n').Index())
        {
            if (line.TrimStart().StartsWith(Fence, StringComparison.Ordinal))
            {
                isCode = !isCode;
            }
            else if (!isCode)
            {
                yield return (index + 1, Heading().IsMatch(line) ? line : Code().Replace(line, "code"));
            }
        }
    }

    private static string AnchorOf(string heading)
    {
        var name = new StringBuilder();
        foreach (var character in heading.Trim().ToLowerInvariant())
        {
            _ = char.IsLetterOrDigit(character) || character is '-' or '_' ? name.Append(character)
                : character == ' ' ? name.Append('-')
                : name;
        }

        return $"{name}";
    }

    [GeneratedRegex(@"\]\((?<target>[^)\s]+)(?:\s+""[^""]*"")?\)", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Link();

    [GeneratedRegex("^[a-z][a-z0-9+.-]*:", RegexOptions.ExplicitCapture | RegexOptions.IgnoreCase, 1000)]
    private static partial Regex Address();

    [GeneratedRegex("^#{1,6} +", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Heading();

    [GeneratedRegex("`[^`]*`", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Code();
}
