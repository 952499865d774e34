using System.CommandLine;
using System.Globalization;
using System.Text.Json.Nodes;
using DistGan.Client.CommandLine;
using DistGan.Training.Data.Sources;

namespace DistGan.Client.Commands;

/// <summary><c>data list</c>: every named data set.</summary>
internal static class DataListCommand
{
    private const string Schema = "distgan.data-sets/1";

    public static Command Create(CommandConsole console)
    {
        var list = new Command("list", "Lists the named data sets: what is in them, their licence, and where they are on this machine.") { CommonOptions.Output };
        list.SetAction(parsed => Run(console, parsed.GetValue(CommonOptions.Output)));
        return list;
    }

    private static int Run(CommandConsole console, OutputFormat format)
    {
        var places = DataPlaces.OfUser();
        if (format == OutputFormat.Json)
        {
            JsonOutput.Write(console.Out, new JsonObject { ["schema"] = Schema, ["cache"] = places.Cache, ["data_sets"] = new JsonArray([.. DataSetCards.All.Select(card => Document(card, places))]) });
            return ExitCodes.Done;
        }

        var width = DataSetCards.All.Max(static card => card.Name.Length) + 2;
        foreach (var card in DataSetCards.All)
        {
            console.Out.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{card.Name.PadRight(width)}{card.Samples,7}  {card.Shape,-8} {card.Classes,5} classes  {Where(card, places)}"));
            console.Out.WriteLine($"{new string(' ', width)}{card.Description} Licence: {card.Licence}.");
        }

        return ExitCodes.Done;
    }

    private static string Where(DataSetCard card, DataPlaces places)
        => Found(card, places) ?? (card.IsBuiltIn ? "built in" : $"not here: distgan data get {card.Name}");

    private static string? Found(DataSetCard card, DataPlaces places) => card.IsBuiltIn ? null : DataLookup.Find(card, places);

    private static JsonNode Document(DataSetCard card, DataPlaces places) => new JsonObject
    {
        ["name"] = card.Name,
        ["description"] = card.Description,
        ["samples"] = card.Samples,
        ["shape"] = DataDocuments.Shape(card.Shape),
        ["classes"] = card.Classes,
        ["licence"] = card.Licence,
        ["homepage"] = card.Homepage,
        ["is_built_in"] = card.IsBuiltIn,
        ["is_here"] = card.IsBuiltIn || Found(card, places) is not null,
        ["folder"] = Found(card, places),
        ["package"] = card.Package,
        ["files"] = new JsonArray([.. card.Files.Select(DataDocuments.File)]),
    };
}
