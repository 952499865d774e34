using System.CommandLine;
using System.Text.Json.Nodes;
using DistGan.Client.CommandLine;
using DistGan.Recipes;

namespace DistGan.Client.Commands;

/// <summary><c>explain KEY</c>: the documentation of one recipe key and of the keys below it.</summary>
public static class ExplainCommand
{
    private const string Schema = "distgan.keys/1";

    public static CommandEntry Create(CommandConsole console)
    {
        var key = new Argument<string?>("KEY") { Description = "A dotted recipe key; all keys without it.", Arity = ArgumentArity.ZeroOrOne };
        var command = new Command("explain", "Documents a recipe key: what it means, its default, what is allowed.") { key, CommonOptions.Output };
        command.SetAction(parsed => Run(console, parsed.GetValue(key), parsed.GetValue(CommonOptions.Output)));
        return new(command,
        [
            new("distgan explain generator.optimizer.rate", "one key"),
            new("distgan explain techniques", "a part with everything in it"),
            new("distgan explain", "every key with its default"),
        ]);
    }

    private static int Run(CommandConsole console, string? path, OutputFormat format)
    {
        var keys = Find(path);
        if (format == OutputFormat.Json)
        {
            JsonOutput.Write(console.Out, new JsonObject { ["schema"] = Schema, ["keys"] = new JsonArray([.. keys.Select(Document)]) });
            return ExitCodes.Done;
        }

        var full = path is not null && RecipeKeys.Find(path).Count > 0 && keys.Count <= 2;
        foreach (var key in keys)
        {
            WriteKey(console.Out, key, full);
        }

        return ExitCodes.Done;
    }

    private static IReadOnlyList<RecipeKey> Find(string? path)
    {
        if (path is null)
        {
            return RecipeKeys.All;
        }

        var found = RecipeKeys.All.Where(key => key.Path == path || key.Path.StartsWith(path + ".", StringComparison.Ordinal)).ToList();
        if (found.Count > 0)
        {
            return found;
        }

        var paths = RecipeKeys.All.Select(static key => key.Path).Distinct().ToList();
        var sameEnd = paths.Where(known => known.EndsWith("." + path, StringComparison.Ordinal)).ToList();
        var hint = sameEnd.Count > 0 ? $"did you mean {string.Join(" or ", sameEnd)}?"
            : NearestName.Of(path, paths) is { } nearest ? $"did you mean {nearest}?"
            : "'distgan explain' lists them all.";
        throw new CommandException(ExitCodes.Usage, $"There is no recipe key '{path}'; {hint}");
    }

    private static void WriteKey(TextWriter writer, RecipeKey key, bool full)
    {
        var kind = key.OfKind is null ? "" : $" ({key.OfKind})";
        writer.WriteLine($"{key.Path}{kind} = {key.Default}");
        writer.WriteLine($"    {key.Description}");
        writer.WriteLine($"    {key.Type}: {key.Allowed}");
        if (full)
        {
            writer.WriteLine($"    on the command line: --set {key.Path}=...");
        }
    }

    private static JsonNode Document(RecipeKey key) => new JsonObject
    {
        ["key"] = key.Path,
        ["kind"] = key.OfKind,
        ["type"] = key.Type,
        ["default"] = key.Default,
        ["allowed"] = key.Allowed,
        ["description"] = key.Description,
        ["unit"] = key.Unit,
    };
}
