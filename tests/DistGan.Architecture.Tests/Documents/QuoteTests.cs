using System.Text.RegularExpressions;
using DistGan.Architecture.Tests.Sources;

namespace DistGan.Architecture.Tests.Documents;

/// <summary>What docs/troubleshooting.md quotes is what people see: sentences stand in the code, keys and names in the reference.</summary>
public sealed partial class QuoteTests
{
    private const string Troubleshooting = "docs/troubleshooting.md";
    private const string Reference = "docs/recipes.md";

    /// <summary>Words in a row that must be in the code as they are quoted; numbers, names and paths between them differ.</summary>
    private const int WordsInARow = 3;

    /// <summary>Of the runs of words of a sentence, how many are in the code at least: one in so many.</summary>
    private const int OneIn = 5;

    private static string[] Commands { get; } = ["distgan ", "dotnet ", "train ", "openssl "];

    private static string Code { get; } = string.Join('\n', Repository.Sources.Where(static file => !file.StartsWith("tests/", StringComparison.Ordinal)).Select(Repository.Read));

    [Fact]
    public void Sentence_OfTroubleshooting_StandsInTheCode()
    {
        var sentences = Sentences().ToList();

        Assert.True(sentences.Count > 30, $"{Troubleshooting} quotes {sentences.Count} sentences.");
        Offenders.None($"A sentence that {Troubleshooting} quotes is one that the programs say:", sentences.Where(static sentence => !IsSaid(sentence)));
    }

    [Fact]
    public void Name_OfTroubleshooting_IsInTheReference()
    {
        var reference = Repository.Read(Reference) + Repository.Read("docs/diagnosis.md");
        var names = Spans().Select(static span => Key().Match(span) is { Success: true } key ? key.Groups["key"].Value : span)
            .Where(static name => Metric().IsMatch(name) || Key().IsMatch(name)).Distinct(StringComparer.Ordinal).ToList();

        Assert.True(names.Count > 40, $"{Troubleshooting} names {names.Count} keys and metrics.");
        Offenders.None(
            $"A key or a metric that {Troubleshooting} names is in {Reference}:",
            names.Where(name => !IsOfAnotherList(name) && !Regex.IsMatch(reference, $"(?<![a-z_-]){Regex.Escape(name)}(?![a-z_-])", RegexOptions.None, TimeSpan.FromSeconds(10))));
    }

    /// <summary>Block quotes, and what stands between backticks and is no command.</summary>
    private static IEnumerable<string> Sentences()
        => Repository.Read(Troubleshooting).Split('\n').Where(static line => line.StartsWith("> ", StringComparison.Ordinal)).Select(static line => line[2..])
            .Concat(Spans().Where(static span => span.Count(' ') >= WordsInARow && !Commands.Any(command => span.StartsWith(command, StringComparison.Ordinal))));

    private static IEnumerable<string> Spans() => Span().Matches(Repository.Read(Troubleshooting)).Select(static match => match.Groups["span"].Value);

    /// <summary>Names of Prometheus, and of files.</summary>
    private static bool IsOfAnotherList(string name) => name.StartsWith("distgan_", StringComparison.Ordinal) || name.EndsWith(".safetensors", StringComparison.Ordinal);

    private static bool IsSaid(string sentence)
    {
        var words = sentence.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        var runs = Enumerable.Range(0, words.Length - WordsInARow + 1).Select(start => string.Join(' ', words[start..(start + WordsInARow)])).ToList();
        return runs.Count(static run => Code.Contains(run, StringComparison.Ordinal)) * OneIn >= runs.Count;
    }

    [GeneratedRegex("`(?<span>[^`\n]+)`", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Span();

    [GeneratedRegex("^[a-z]+(_[a-z]+)+$", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Metric();

    [GeneratedRegex(@"^(?<key>((techniques|generator|discriminator|balance|data|evaluation|samples|snapshots|topology|budget)\.[a-z0-9-]+(\.[a-z0-9-]+)*)|objective|precision|on-divergence)(=.*)?$", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Key();
}
