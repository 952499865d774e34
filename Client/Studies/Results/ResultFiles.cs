using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using DistGan.Client.Reports;
using DistGan.Client.Runs.Contents;
using DistGan.Client.Studies.Running;

namespace DistGan.Client.Studies.Results;

/// <summary>The results as files of the study's folder: JSON, a table in Markdown, comma-separated values, and a page.</summary>
public static class ResultFiles
{
    public const string Json = "results.json";
    public const string Markdown = "results.md";
    public const string Csv = "results.csv";
    public const string Page = "results.html";

    private static readonly JsonSerializerOptions Options = new() { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Writes all of them, each whole or not at all.</summary>
    public static void Write(StudyFolder folder, StudyResults results, DateTimeOffset now)
    {
        WholeFile.Write(folder[Json], ResultDocument.Of(results).ToJsonString(Options) + "\n");
        WholeFile.Write(folder[Markdown], MarkdownOf(results));
        WholeFile.Write(folder[Csv], CsvOf(results));
        StudyReport.Write(results, folder[Page], now);
    }

    /// <summary>The command, the tables, and what is to be said of it.</summary>
    public static string MarkdownOf(StudyResults results)
    {
        var text = new StringBuilder();
        text.Append($"```\n{results.Plan.Command}\n```\n\n");
        Table(text, ScoreMatrix.Headings(results), ScoreMatrix.Rows(results), ScoreMatrix.Note(results));
        text.Append('\n');
        Table(text, ResultTable.Headings(results), ResultTable.Rows(results), ResultTable.Note(results));
        List(text, "", [.. ResultTable.Changes(results).Select(static change => $"`{change.Name}`: `{change.Changes}`")]);
        List(text, "Failed:\n\n", ResultTable.Failures(results));
        List(text, "Left out:\n\n", [.. results.Plan.Skipped.Select(static skipped => $"{skipped.Name}: {skipped.Reason}")]);
        return text.ToString();
    }

    /// <summary>A row a configuration and score, with full numbers.</summary>
    public static string CsvOf(StudyResults results)
    {
        var text = new StringBuilder("configuration,changes,score,count,final_mean,final_sd,best_mean,best_sd,final_effect,final_effect_se,best_effect,best_effect_se,pairs,seconds_mean\n");
        foreach (var configuration in results.Configurations)
        {
            foreach (var score in configuration.Scores)
            {
                string[] cells =
                [
                    configuration.Configuration.Name, Quoted(string.Join(' ', configuration.Configuration.Overrides)), score.Name, $"{score.Final.Count}",
                    Number(score.Final.Mean), Number(score.Final.Deviation), Number(score.Best.Mean), Number(score.Best.Deviation),
                    Number(score.FinalEffect?.Difference), Number(score.FinalEffect?.StandardError), Number(score.BestEffect?.Difference),
                    Number(score.BestEffect?.StandardError), $"{score.FinalEffect?.Pairs}", Number(configuration.Seconds.Mean),
                ];
                text.Append(string.Join(',', cells)).Append('\n');
            }
        }

        return text.ToString();
    }

    private static void Table(StringBuilder text, IReadOnlyList<string> headings, IReadOnlyList<IReadOnlyList<string>> rows, string note)
    {
        text.Append(Line(headings.Select(static heading => heading.TrimStart('#'))));
        text.Append(Line(headings.Select(static heading => heading.StartsWith('#') ? "---:" : "---")));
        text.AppendJoin("", rows.Select(Line));
        text.Append($"\n{note}\n");
    }

    private static string Line(IEnumerable<string> cells) => $"| {string.Join(" | ", cells.Select(static cell => cell.Replace("|", "\\|", StringComparison.Ordinal)))} |\n";

    private static void List(StringBuilder text, string title, IReadOnlyList<string> lines)
    {
        if (lines.Count > 0)
        {
            text.Append('\n').Append(title).AppendJoin('\n', lines.Select(static line => $"- {line}")).Append('\n');
        }
    }

    private static string Quoted(string text) => text.AsSpan().ContainsAny(',', '"', '\n') ? $"\"{text.Replace("\"", "\"\"", StringComparison.Ordinal)}\"" : text;

    private static string Number(double? value) => value?.ToString("R", CultureInfo.InvariantCulture) ?? "";
}
