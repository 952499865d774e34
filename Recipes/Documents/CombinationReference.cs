using System.Text;

namespace DistGan.Recipes;

/// <summary>The page on which choices go together, as Markdown, made by asking validation about every pair.</summary>
public static class CombinationReference
{
    private const string Introduction = """
        # Combinations

        Which objectives, techniques, networks, balances, optimisers and topologies go together. Every pair that is not named here is
        allowed as it is, and trained in the tests: its losses and gradients are finite, it leaks nothing, and it resumes bit for bit. Each
        choice is taken with the defaults of its options, over the default recipe; options may refuse more, which `distgan validate` says.
        `data.name: ring` stands for all points, `fashion-10k` for all images.

        A row is read as one choice beside each of the others in it. Why it is made this way:
        [0070](decisions/0070-every-pair-that-is-allowed-is-trained.md). This page is made from the code; do not edit it.
        """;

    /// <summary>The page, with a line feed at its end.</summary>
    public static string ToMarkdown()
    {
        var start = new Recipe();
        var singles = Choices.All.ToDictionary(static choice => choice, choice => Combination.Of(start, choice));
        var pairs = Combination.Pairs(Choices.All).Select(pair => new Pair(Combination.Of(start, pair.First, pair.Second), singles[pair.First], singles[pair.Second])).ToList();
        var page = new StringBuilder(Introduction.ReplaceLineEndings("\n")).Append('\n');
        page.Append($"\n{pairs.Count} pairs: {pairs.Count(static pair => pair.Both.IsAllowed)} allowed, {pairs.Count(static pair => !pair.Both.IsAllowed)} refused.\n");
        page.Append("\n## What a choice asks for by itself\n\n| choice | set too |\n|---|---|\n");
        foreach (var (choice, single) in singles.Where(static single => single.Value.Adjustments.Count > 0 || !single.Value.IsAllowed))
        {
            page.Append($"| `{choice}` | {(single.IsAllowed ? Code(single.Adjustments) : Escape(Why(single.Errors)))} |\n");
        }

        Table(page, "Refused", "why", pairs.Where(static pair => !pair.Both.IsAllowed), static pair => Why(pair.Both.Errors));
        Table(page, "Allowed with another key", "set too", pairs.Where(static pair => pair.Both.IsAllowed && pair.More.Count > 0), static pair => Code(pair.More));
        Table(page, "Allowed with a warning", "warning", pairs.Where(static pair => pair.Both.IsAllowed && pair.Warnings.Count > 0), static pair => Why(pair.Warnings));
        return page.ToString();
    }

    /// <summary>One line for each choice and reason, with all that it goes with.</summary>
    private static void Table(StringBuilder page, string title, string column, IEnumerable<Pair> pairs, Func<Pair, string> reason)
    {
        page.Append($"\n## {title}\n\n| choice | with | {column} |\n|---|---|---|\n");
        foreach (var line in pairs.GroupBy(pair => (pair.Both.Choices[0], Reason: reason(pair))))
        {
            page.Append($"| `{line.Key.Item1}` | {Code(line.Select(static pair => $"{pair.Both.Choices[1]}"))} | {Escape(line.Key.Reason)} |\n");
        }
    }

    private static string Why(IEnumerable<RecipeError> errors) => string.Join("<br>", errors.Select(static error => error.Message));

    private static string Code(IEnumerable<string> texts) => string.Join(", ", texts.Select(static text => $"`{text}`"));

    private static string Escape(string text) => text.Replace("|", "\\|", StringComparison.Ordinal);

    /// <summary>A pair beside what each of its choices is alone.</summary>
    private sealed record Pair(Combination Both, Combination First, Combination Second)
    {
        /// <summary>What neither choice asks for by itself.</summary>
        public IReadOnlyList<string> More { get; } = [.. Both.Adjustments.Except(First.Adjustments).Except(Second.Adjustments)];

        /// <summary>What is warned of for neither choice by itself.</summary>
        public IReadOnlyList<RecipeError> Warnings { get; } =
            [.. RecipeValidator.Warnings(Both.Recipe).Except(RecipeValidator.Warnings(First.Recipe)).Except(RecipeValidator.Warnings(Second.Recipe))];
    }
}
