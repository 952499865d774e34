using System.CommandLine;
using System.Globalization;
using System.Text.Json.Nodes;
using DistGan.Client.CommandLine;
using DistGan.Client.Data;
using DistGan.Client.Runs;
using DistGan.Training.Data;
using DistGan.Training.Data.Sources;

namespace DistGan.Client.Commands;

/// <summary><c>data info NAME</c>: what a data set is made of.</summary>
internal static class DataInfoCommand
{
    private const string Schema = "distgan.data-set/1";
    private const int MostClassesShown = 40;

    public static Command Create(CommandConsole console)
    {
        var name = new Argument<string?>("NAME") { Description = "A data set; without it, --set data.folder=DIR or data.idx=FILE.", Arity = ArgumentArity.ZeroOrOne };
        var info = new Command("info", "Opens a data set and says what is in it: counts, classes, mean and deviation, fingerprint, licence.") { name, CommonOptions.Set, CommonOptions.Output };
        DataChoice.RefuseContradictions(info, name);
        info.SetAction(parsed => Run(console, parsed.GetValue(name), parsed.GetValue(CommonOptions.Set) ?? [], parsed.GetValue(CommonOptions.Output)));
        return info;
    }

    private static int Run(CommandConsole console, string? name, string[] overrides, OutputFormat format)
    {
        var recipe = DataChoice.Of(name, overrides);
        var notices = new DataNotices(console);
        using var data = DataCheck.Open(recipe, notices.Opening());
        var (card, statistics) = (DataSetCards.Find(data.Name), DataStatistics.Of(data, notices.Report));
        if (format == OutputFormat.Json)
        {
            JsonOutput.Write(console.Out, Document(data, card, statistics));
        }
        else
        {
            WriteText(console.Out, data, card, statistics);
        }

        return ExitCodes.Done;
    }

    private static void WriteText(TextWriter writer, IDataSet data, DataSetCard? card, DataStatistics statistics)
    {
        writer.WriteLine($"{data.Name}: {card?.Description ?? "your own data"}");
        writer.WriteLine($"samples      {data.Count} of shape {data.Shape}");
        writer.WriteLine($"mean         {Numbers(statistics.Means)}");
        writer.WriteLine($"deviation    {Numbers(statistics.Deviations)}");
        writer.WriteLine($"fingerprint  {data.Fingerprint}");
        writer.WriteLine($"licence      {card?.Licence ?? "yours to know"}");
        if (data.Classes > MostClassesShown)
        {
            writer.WriteLine($"classes      {data.Classes}, with {statistics.PerClass.Min()} to {statistics.PerClass.Max()} samples each");
            return;
        }

        for (var label = 0; label < data.Classes; label++)
        {
            writer.WriteLine(string.Create(CultureInfo.InvariantCulture, $"class {label,-6} {statistics.PerClass[label],7}  {NameOf(card, label)}").TrimEnd());
        }
    }

    private static JsonObject Document(IDataSet data, DataSetCard? card, DataStatistics statistics) => new()
    {
        ["schema"] = Schema,
        ["name"] = data.Name,
        ["samples"] = data.Count,
        ["shape"] = DataDocuments.Shape(data.Shape),
        ["means"] = new JsonArray([.. statistics.Means.Select(static value => JsonOutput.Number(value))]),
        ["deviations"] = new JsonArray([.. statistics.Deviations.Select(static value => JsonOutput.Number(value))]),
        ["fingerprint"] = data.Fingerprint,
        ["licence"] = card?.Licence,
        ["classes"] = new JsonArray([.. statistics.PerClass.Select((count, label) => (JsonNode)new JsonObject
        {
            ["label"] = label,
            ["name"] = NameOf(card, label) is { Length: > 0 } name ? name : null,
            ["samples"] = count,
        })]),
    };

    private static string NameOf(DataSetCard? card, int label) => label < card?.ClassNames.Count ? card.ClassNames[label] : "";

    private static string Numbers(IEnumerable<double> values) => string.Join(", ", values.Select(static value => value.ToString("0.0000", CultureInfo.InvariantCulture)));
}
