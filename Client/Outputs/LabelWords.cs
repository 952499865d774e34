using System.Text.Json.Nodes;
using DistGan.Client.CommandLine;
using DistGan.Client.Jobs;
using DistGan.Client.Runs;
using DistGan.Recipes;

namespace DistGan.Client.Outputs;

/// <summary>The labels that <c>--label</c> asks for.</summary>
internal static class LabelWords
{
    /// <summary>Every label.</summary>
    public const string All = "all";

    private const int MostNames = 25;

    /// <summary>Labels in the order in which they are asked for; none where none is.</summary>
    /// <param name="run">Whose labels they are.</param>
    /// <param name="words">Values of the option: names, numbers, several with commas between them, or all. A whole value that is the name of a class is that class.</param>
    /// <exception cref="CommandException">The run has no labels, or not these.</exception>
    public static IReadOnlyList<int> Read(TrainedRun run, IReadOnlyList<string> words)
    {
        if (words.Count == 0)
        {
            return [];
        }

        var written = string.Join(',', words);
        if (run.Layout.Categories == 0)
        {
            throw new CommandException(ExitCodes.Usage, Missing(run, written));
        }

        try
        {
            return [.. words.SelectMany(word => Labels(run, word))];
        }
        catch (DistGanException unknown)
        {
            throw new CommandException(ExitCodes.Usage, $"--label {written}: {unknown.Message}", unknown);
        }
    }

    /// <summary>Labels for a person: "0 t-shirt, 3 dress"; of very many the first and the last.</summary>
    public static string NamesOf(IReadOnlyList<int> labels, DataLabels? known)
        => labels.Count <= MostNames ? string.Join(", ", labels.Select(label => NameOf(label, known))) : $"{NameOf(labels[0], known)} … {NameOf(labels[^1], known)}";

    /// <summary>Adds labels, and the names of all classes where they have any, to a document.</summary>
    public static void AddTo(JsonObject document, IReadOnlyList<int> labels, DataLabels? known)
    {
        document["labels"] = new JsonArray([.. labels.Select(static label => (JsonNode)label)]);
        document["class_names"] = known is { Names.Count: > 0 } ? new JsonArray([.. known.Names.Select(static name => (JsonNode)name)]) : null;
    }

    private static string NameOf(int label, DataLabels? known) => known is { Names.Count: > 0 } ? $"{label} {known.NameOf(label)}" : $"{label}";

    private static IEnumerable<int> Labels(TrainedRun run, string word)
    {
        // Categories of InfoGAN are numbers without names.
        var labels = run.Labels ?? new DataLabels(new long[run.Layout.Categories], []);
        return word == All ? Enumerable.Range(0, labels.Classes)
            : labels.Names.Contains(word, StringComparer.OrdinalIgnoreCase) ? [labels.Find(word)]
            : word.Split(',', StringSplitOptions.TrimEntries).Select(labels.Find);
    }

    private static string Missing(TrainedRun run, string written)
    {
        var shown = CommandForm.PathOf(run.Folder, Environment.CurrentDirectory);
        return run.Recipe.Conditioning.HasCode
            ? $"--label {written}: the run '{shown}' has continuous codes alone, and no categories; leave --label away, or train with conditioning.categories above 0."
            : $"--label {written}: the run '{shown}' was trained without labels (conditioning: {run.Recipe.Conditioning.Kind}), so its generator draws no class on demand; leave --label away, or train with --set conditioning=projection.";
    }
}
