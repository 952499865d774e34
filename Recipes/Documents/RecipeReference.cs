using System.Reflection;
using System.Text;

namespace DistGan.Recipes;

/// <summary>The reference of recipes as Markdown, made from the records and the catalogs.</summary>
public static class RecipeReference
{
    private const string Introduction = """
        # Recipes

        A recipe says what to train. It is YAML or JSON; every key has a default, so an empty file is a valid recipe, and
        `distgan presets show fashion` prints a complete one. `distgan validate my.yaml` lists every error at once,
        `distgan explain KEY` says what follows here about one key, and `--set key=value` changes any key from the command line:
        the key is dotted, the value inline YAML.

        - A part that may be off (`techniques.ema`, `evaluation`) is off with `false` or `null`, on with its defaults with `true` or `{}`, and on with changes with a mapping.
        - A part that is one of several kinds (`objective`, `optimizer`, `balance`) is a name, or a mapping with `kind` and the options of that kind.
        - `auto` leaves a value to the program; a run's own `recipe.yaml` has what it became.
        - [recipe.schema.json](recipe.schema.json) is the JSON Schema; `distgan presets schema > recipe.schema.json` beside a recipe lets an editor complete and check it.

        This page is made from the code; do not edit it.
        """;

    /// <summary>The page, with a line feed at its end.</summary>
    public static string ToMarkdown()
    {
        var page = new StringBuilder(Introduction.ReplaceLineEndings("\n")).Append('\n');
        var sections = RecipeKeys.All.Where(static key => !key.Path.Contains('.', StringComparison.Ordinal)).ToList();
        page.Append("\n## The job\n\n");
        Table(page, sections.Where(static key => key.Type is not ("mapping" or "kind")));
        foreach (var section in sections.Where(static key => key.Type is "mapping" or "kind"))
        {
            Section(page, section, "##");
        }

        Names(page, "Metrics", "Values in `metrics.jsonl`, `evaluation.jsonl`, displays and telemetry. A value that does not exist is absent, one that is not finite is null.",
            "| name | unit | meaning |\n|---|---|---|\n", typeof(MetricNames), static name => NameMeanings.OfMetric(name) is var (unit, meaning) ? $"{unit} | {meaning}" : "");
        Names(page, "Events", "Kinds of the lines of `events.jsonl`.", "| kind | tells |\n|---|---|\n", typeof(EventKinds), NameMeanings.OfEvent);
        return page.ToString();
    }

    /// <summary>A part: its own keys as a table, then the parts in it.</summary>
    private static void Section(StringBuilder page, RecipeKey section, string heading)
    {
        var depth = section.Path.Count(static letter => letter == '.') + 1;
        var children = RecipeKeys.Below(section.Path).Where(key => key.Path.Count(static letter => letter == '.') == depth).ToList();
        var parts = children.Where(static key => key.Type is "mapping" or "kind").ToList();
        page.Append($"\n{heading} {section.Path}\n\n{Escape(section.Description)}");
        page.Append(section.Type == "kind" || section.IsOptional ? $" Default: `{section.Default}`.\n" : "\n");
        Kinds(page, section);
        if (children.Count > parts.Count)
        {
            page.Append('\n');
            Table(page, children.Except(parts));
        }

        foreach (var part in parts)
        {
            Section(page, part, heading.Length < 4 ? heading + "#" : heading);
        }
    }

    private static void Kinds(StringBuilder page, RecipeKey section)
    {
        if (section.Kinds.Count == 0)
        {
            return;
        }

        page.Append("\n| kind | is | options |\n|---|---|---|\n");
        foreach (var kind in section.Kinds)
        {
            page.Append($"| `{kind.Name}` | {Escape(kind.Meaning)} | {string.Join(", ", kind.Options.Select(static option => $"`{option}`"))} |\n");
        }
    }

    private static void Table(StringBuilder page, IEnumerable<RecipeKey> keys)
    {
        page.Append("| key | type | default | allowed | meaning |\n|---|---|---|---|---|\n");
        foreach (var key in keys)
        {
            var kind = key.OfKind is null ? "" : $" (kind {key.OfKind})";
            page.Append($"| `{key.Path}`{kind} | {key.Type} | `{key.Default}` | {Escape(key.Allowed)} | {Escape(key.Description)} |\n");
        }
    }

    private static void Names(StringBuilder page, string title, string introduction, string head, Type type, Func<string, string> columns)
    {
        page.Append($"\n## {title}\n\n{introduction}\n\n{head}");
        var names = type.GetFields(BindingFlags.Public | BindingFlags.Static)
            .Where(static field => field.IsLiteral && field.FieldType == typeof(string))
            .Select(static field => (string)field.GetRawConstantValue()!);
        foreach (var name in names)
        {
            page.Append($"| `{name}` | {columns(name)} |\n");
        }
    }

    private static string Escape(string text) => text.Replace("|", "\\|", StringComparison.Ordinal);
}
