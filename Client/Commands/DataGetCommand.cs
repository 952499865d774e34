using System.CommandLine;
using System.Text.Json.Nodes;
using DistGan.Client.CommandLine;
using DistGan.Client.Data;
using DistGan.Client.Jobs;
using DistGan.Training.Data.Sources;

namespace DistGan.Client.Commands;

/// <summary><c>data get NAME</c>: brings a data set onto this machine.</summary>
internal static class DataGetCommand
{
    private const string Schema = "distgan.data-get/1";

    public static Command Create(CommandConsole console)
    {
        var name = new Argument<string>("NAME") { Description = "A data set; 'distgan data list' names them." };
        var from = new Option<Uri?>("--from")
        {
            Description = "Fetch the files by their names, gzipped or plain, from this address or folder instead of from their makers.",
            HelpName = "URL|DIR",
            CustomParser = static result => ParseAddress(result),
        };
        var get = new Command("get", $"Fetches a data set into the user's data folder ({DataPlaces.Variable} names another), unless it is on this machine already; hashes are checked, and a broken download goes on where it stopped.")
        {
            name, from, CommonOptions.Quiet, CommonOptions.Output,
        };
        get.SetAction((parsed, cancellation) => RunAsync(
            console, parsed.GetRequiredValue(name), parsed.GetValue(from), parsed.GetValue(CommonOptions.Quiet), parsed.GetValue(CommonOptions.Output), cancellation));
        return get;
    }

    private static async Task<int> RunAsync(CommandConsole console, string name, Uri? mirror, bool quiet, OutputFormat format, CancellationToken cancellationToken)
    {
        // A person asks for the set, not for what it is made of.
        var asked = DataChoice.CardOf(name);
        var card = asked.MadeOf is { } part ? DataChoice.CardOf(part) : asked;
        if (card.IsBuiltIn)
        {
            Say(console, format, card, folder: null, isNew: false, $"{name} comes with the program; nothing has to be fetched.");
            return ExitCodes.Done;
        }

        var notices = new DataNotices(console);
        using var client = Downloader.CreateClient();
        var getter = new DataGetter(new Downloader(client, console.Time, quiet ? static _ => { } : notices.Report), DataPlaces.OfUser());
        var (folder, isNew) = await getter.GetAsync(card, mirror, cancellationToken);
        var shown = CommandForm.PathOf(folder, Environment.CurrentDirectory);
        Say(console, format, card, folder, isNew, isNew ? $"{card.Name} is in {shown}; train with: {CommandForm.Of("train", "--set", $"data.name={name}")}" : $"{card.Name} is here already, in {shown}.");
        return ExitCodes.Done;
    }

    private static void Say(CommandConsole console, OutputFormat format, DataSetCard card, string? folder, bool isNew, string message)
    {
        if (format != OutputFormat.Json)
        {
            console.Out.WriteLine(message);
            return;
        }

        JsonOutput.Write(console.Out, new JsonObject
        {
            ["schema"] = Schema,
            ["name"] = card.Name,
            ["is_built_in"] = card.IsBuiltIn,
            ["folder"] = folder,
            ["is_new"] = isNew,
            ["licence"] = card.Licence,
        });
    }

    private static Uri? ParseAddress(System.CommandLine.Parsing.ArgumentResult result)
    {
        var token = result.Tokens.Count > 0 ? result.Tokens[0].Value : "";
        if (Uri.TryCreate(token, UriKind.Absolute, out var address) && address.Scheme is ("http" or "https"))
        {
            return address;
        }

        if (Directory.Exists(token))
        {
            return new Uri(Path.GetFullPath(token));
        }

        result.AddError($"--from {token}: an address that begins with http:// or https:// is needed, or a folder that exists.");
        return null;
    }
}
